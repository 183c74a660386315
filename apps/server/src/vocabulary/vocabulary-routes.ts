import { setImmediate } from 'node:timers/promises'
import { propertiesQuery, traitsQuery, type WordRow } from '@parcurs/analytics'
import { vocabularyRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import { mostFrequent } from './most-frequent.ts'
import type { CountingNeeds } from '../touchpoints/count-touchpoints.ts'

const MAX_SECONDS = 30
const MOST_NAMES = 5_000
const MOST_PATHS = 1000
const LOOKED_AT_ONCE = 4_000
/** With more values than this a list of the most frequent ones would mislead. */
const MOST_DISTINCT = 200

/** The words that events use, for choosing from. */
export function serveVocabulary(handle: Handle, needs: CountingNeeds): void {
  const { stores, readings } = needs
  handle(vocabularyRoutes.pruneVocabulary, async ({ workspace, body }) => {
    const names = new Set(body.names)
    const before = (await needs.kinds.merged(workspace.id)).size
    // A kind that has a path goes into its name's first, then with the name into "other".
    for (let times = 0; times < 2; times++) {
      const named = (await needs.kinds.all(workspace.id)).filter(({ name }) => names.has(name))
      await needs.kinds.prune(
        workspace.id,
        named.map(({ code }) => code),
      )
    }
    return { pruned: (await needs.kinds.merged(workspace.id)).size - before }
  })
  handle(vocabularyRoutes.vocabulary, async ({ workspace, signal }) => {
    const reading = await readings.of(workspace.id)
    const limits = { signal, maxSeconds: MAX_SECONDS }
    const [kinds, merged, times, properties, traits] = await Promise.all([
      needs.kinds.all(workspace.id),
      needs.kinds.merged(workspace.id),
      readings.kindTimes(reading, limits),
      stores.clickhouse.rows<WordRow>(propertiesQuery(reading), limits),
      stores.clickhouse.rows<WordRow>(traitsQuery(reading), limits),
    ])
    const names = new Map<string, number>()
    const channels = new Map<string, number>()
    const paths = new Map<string, number>()
    const firstOf = new Map<string, number>()
    const lastOf = new Map<string, number>()
    let looked = 0
    for (const { code, coarseName, name, channel, path } of kinds) {
      // A vocabulary may hold 45,000 kinds: others are answered in between.
      if (++looked % LOOKED_AT_ONCE === 0) await setImmediate()
      // What stands for many names is no word to choose, nor what was pruned.
      if (coarseName === true || merged.has(code)) continue
      const events = times.events.get(code) ?? 0
      names.set(name, (names.get(name) ?? 0) + events)
      channels.set(channel, (channels.get(channel) ?? 0) + events)
      if (path !== '') paths.set(path, (paths.get(path) ?? 0) + events)
      const firstMs = times.firstMs.get(code) ?? Infinity
      if (firstMs < (firstOf.get(name) ?? Infinity)) firstOf.set(name, firstMs)
      const lastMs = times.lastMs.get(code) ?? 0
      if (lastMs > (lastOf.get(name) ?? 0)) lastOf.set(name, lastMs)
    }
    await setImmediate()
    const events = mostFrequent(names, MOST_NAMES)
    await setImmediate()
    return {
      events: events.map(({ value, events: many }) => ({
        name: value,
        events: many,
        firstMs: firstOf.get(value) ?? null,
        lastMs: lastOf.get(value) ?? null,
      })),
      channels: [...mostFrequent(channels, MOST_PATHS)],
      paths: [...mostFrequent(paths, MOST_PATHS)],
      properties: properties.map((row) => ({
        name: row.name,
        events: Number(row.count),
        values: valuesOf(row),
      })),
      traits: traits.map((row) => ({
        name: row.name,
        customers: Number(row.count),
        values: valuesOf(row),
      })),
    }
  })
}

function valuesOf({ distinct, values }: WordRow): readonly string[] {
  return Number(distinct) > MOST_DISTINCT ? [] : values
}
