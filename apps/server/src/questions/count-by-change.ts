import { Readable } from 'node:stream'
import {
  countedAs,
  type MapByChange,
  type MapCounted,
  type KeptMap,
  type TouchedOfMapRow,
} from '@parcurs/analytics'
import type { AskOptions, ClickHouse } from '../clickhouse/clickhouse.ts'
import type { CountingThreads } from '../counting/counting-threads.ts'
import type { KeptMaps } from '../counting/kept-maps.ts'

export interface ByChangeNeeds {
  readonly clickhouse: Pick<ClickHouse, 'rows' | 'bytes'>
  readonly threads: Pick<CountingThreads, 'countChange'>
  readonly keptMaps: KeptMaps
}

/**
 * What a map comes to, by correcting what was counted before; where that is not possible it is counted anew. What
 * is kept is never changed, so questions at once do not disturb each other.
 *
 * @param anew counts everything
 */
export async function countByChange(
  needs: ByChangeNeeds,
  byChange: MapByChange,
  options: AskOptions,
  anew: () => Promise<MapCounted>,
): Promise<MapCounted> {
  const { keptMaps } = needs
  const kept = keptMaps.get(byChange.key)
  const change = kept === null ? null : await corrected(needs, byChange, kept, options)
  const counted = change?.counted ?? (await anew())
  const touched = change?.touched ?? null
  if (counted.kept !== null)
    keptMaps.keep(byChange.key, byChange.keep(counted.kept, counted.counts), touched)
  return counted
}

interface Corrected {
  readonly counted: MapCounted
  readonly touched: ReadonlySet<string>
}

/** null: it must be counted anew. */
async function corrected(
  { clickhouse, threads }: ByChangeNeeds,
  byChange: MapByChange,
  kept: KeptMap,
  options: AskOptions,
): Promise<Corrected | null> {
  const since = byChange.since(kept)
  if (since === null) return null
  const { touched, due, most } = since
  const rows = touched === null ? [] : await clickhouse.rows<TouchedOfMapRow>(touched, options)
  const named = new Set(rows.map(({ customer }) => customer))
  const customers = [...new Set([...[...named].map(BigInt), ...due])]
  if (customers.length > most) return null
  if (customers.length === 0 && since.still) {
    const counted: MapCounted = { kind: 'map', counts: kept.counts, kept: kept.tally }
    return { counted, touched: named }
  }
  const { before, after } = since.counts(customers)
  const open = (query: typeof before.query) => async () =>
    customers.length === 0 ? Readable.from([]) : await clickhouse.bytes(query, 'Native', options)
  const counted = await threads.countChange(
    { counting: before.counting, open: open(before.query) },
    { counting: after.counting, open: open(after.query) },
    options.signal,
  )
  const change = countedAs(counted, 'map-change').counted
  return change === null ? null : { counted: change, touched: named }
}
