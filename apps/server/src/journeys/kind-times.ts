import { type KindCountRow, kindCountsQuery, type Reading } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** How often each kind happened, and when last, over all time. */
export interface KindTimes {
  readonly events: ReadonlyMap<number, number>
  readonly lastMs: ReadonlyMap<number, number>
}

/** All events are read for it, so an answer is good for this long, or until the log moved on. */
const KEPT_MS = 60_000

/** @param clock epoch milliseconds */
export function kindTimes(clickhouse: ClickHouse, clock: () => number) {
  const held = new Map<
    number,
    { readonly times: KindTimes; readonly atMs: number; readonly upTo: bigint }
  >()
  return async (reading: Reading, signal?: AbortSignal): Promise<KindTimes> => {
    const known = held.get(reading.workspace)
    const nowMs = clock()
    if (known !== undefined && (known.upTo === reading.upTo || nowMs - known.atMs < KEPT_MS)) {
      return known.times
    }
    const rows = await clickhouse.rows<KindCountRow>(
      kindCountsQuery(reading),
      signal === undefined ? {} : { signal },
    )
    const times = {
      events: new Map(rows.map((row) => [row.kind, Number(row.events)])),
      lastMs: new Map(rows.map((row) => [row.kind, Number(row.last_ms)])),
    }
    held.set(reading.workspace, { times, atMs: nowMs, upTo: reading.upTo })
    return times
  }
}
