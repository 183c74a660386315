import { propertiesQuery, traitsQuery, type WordRow } from '@parcurs/analytics'
import { vocabularyRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import type { CountingNeeds } from '../touchpoints/count-touchpoints.ts'

const MAX_SECONDS = 30
const MOST_PATHS = 1000
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
    // What stands for many names is no word to choose, nor what was pruned.
    const used = kinds
      .filter(({ code, coarseName }) => coarseName !== true && !merged.has(code))
      .map((kind) => ({
        ...kind,
        events: times.events.get(kind.code) ?? 0,
        lastMs: times.lastMs.get(kind.code) ?? null,
      }))
    const counted = (of: 'name' | 'channel' | 'path') => {
      const sums = new Map<string, number>()
      for (const kind of used) sums.set(kind[of], (sums.get(kind[of]) ?? 0) + kind.events)
      return [...sums]
        .map(([value, events]) => ({ value, events }))
        .toSorted((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
    }
    const lastOf = new Map<string, number>()
    for (const { name, lastMs } of used) {
      if (lastMs !== null && lastMs > (lastOf.get(name) ?? 0)) lastOf.set(name, lastMs)
    }
    return {
      events: counted('name').map(({ value, events }) => ({
        name: value,
        events,
        lastMs: lastOf.get(value) ?? null,
      })),
      channels: counted('channel'),
      paths: counted('path')
        .filter(({ value }) => value !== '')
        .slice(0, MOST_PATHS),
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
