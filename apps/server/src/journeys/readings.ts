import {
  type KindCountRow,
  kindCountsQuery,
  type KindTimes,
  type Reading,
} from '@parcurs/analytics'
import type { AskOptions } from '../clickhouse/clickhouse.ts'
import type { Stores } from '../stores/stores.ts'
import { beyondOf, type LookedBeyond, readingAt, standingOf } from './reading.ts'

/** What the workspaces' questions read, and what is already known of it: one of it a process. */
export interface Readings {
  readonly of: (workspace: number) => Promise<Reading>
  /** All events are read for it, and then those of new commits, until something is taken away. */
  readonly kindTimes: (reading: Reading, options?: AskOptions) => Promise<KindTimes>
}

/** So many workspaces are remembered: those asked about last. */
const MOST_WORKSPACES = 1000

/**
 * Up to a commit of a workspace its log never changes, so what is known of it holds until the next one: a
 * question without anything new before it spares a trip to the store. Other workspaces make no difference.
 */
export function openReadings(stores: Pick<Stores, 'clickhouse' | 'database'>): Readings {
  const { clickhouse } = stores
  const beyond = remembered<LookedBeyond>()
  const times = remembered<TimesUpTo>()
  return {
    async of(workspace) {
      const standing = await standingOf(stores.database, workspace)
      const { mark, upTo } = standing
      const { found } = await beyond(workspace, `${mark} ${upTo}`, async (before) => ({
        mark,
        upTo,
        found: await beyondOf(clickhouse, workspace, standing, before),
      }))
      return readingAt(workspace, standing, found)
    },
    async kindTimes(reading, options = {}) {
      const { workspace, upTo, mark, removals } = reading
      const taken = removals.map(({ commit }) => commit).join()
      const { found } = await times(workspace, `${upTo} ${taken}`, async (before) => {
        // A removal that a fold took in may be over and forgotten by now; one beyond its mark is among those taken.
        const known = before !== null && before.upTo >= mark && before.upTo < upTo
        const goesOn = known && before.taken === taken
        const query = kindCountsQuery(reading, goesOn ? before.upTo : null)
        const fresh = timesOf(await clickhouse.rows<KindCountRow>(query, options))
        return { upTo, taken, found: goesOn ? timesOfBoth(before.found, fresh) : fresh }
      })
      return found
    },
  }
}

interface TimesUpTo {
  readonly upTo: bigint
  /** What was taken away then: when more is, all events are read again. */
  readonly taken: string
  readonly found: KindTimes
}

function timesOf(rows: readonly KindCountRow[]): KindTimes {
  return {
    events: new Map(rows.map((row) => [row.kind, Number(row.events)])),
    firstMs: new Map(rows.map((row) => [row.kind, Number(row.first_ms)])),
    lastMs: new Map(rows.map((row) => [row.kind, Number(row.last_ms)])),
  }
}

function timesOfBoth(one: KindTimes, other: KindTimes): KindTimes {
  return {
    events: ofBoth(one.events, other.events, (a, b) => a + b),
    firstMs: ofBoth(one.firstMs, other.firstMs, Math.min),
    lastMs: ofBoth(one.lastMs, other.lastMs, Math.max),
  }
}

function ofBoth(
  one: ReadonlyMap<number, number>,
  other: ReadonlyMap<number, number>,
  join: (a: number, b: number) => number,
): ReadonlyMap<number, number> {
  const all = new Map(one)
  for (const [kind, value] of other) {
    const known = all.get(kind)
    all.set(kind, known === undefined ? value : join(known, value))
  }
  return all
}

/** One fact a workspace, kept as long as its key is the same; the one before helps to find the next. */
function remembered<Fact>() {
  const held = new Map<number, { readonly key: string; readonly fact: Fact }>()
  return async (
    workspace: number,
    key: string,
    find: (before: Fact | null) => Promise<Fact>,
  ): Promise<Fact> => {
    const known = held.get(workspace)
    const fact = known?.key === key ? known.fact : await find(known?.fact ?? null)
    // The last one asked about stands last.
    held.delete(workspace)
    held.set(workspace, { key, fact })
    const [oldest] = held.keys()
    if (held.size > MOST_WORKSPACES && oldest !== undefined) held.delete(oldest)
    return fact
  }
}
