import { concerns, type Touch } from '@parcurs/analytics'
import { keptAt, type KeptRows } from './member-rows.ts'
import type { WatchedSegment } from './watched-segments.ts'

/** Customers, by decimal key, with the segments that have to be decided for them. */
export type DecidedAnew = ReadonlyMap<string, readonly WatchedSegment[]>

/**
 * A segment keeps its word of a customer where nothing that its rule looks at is new and no time has come. Of whom
 * nothing is written down, they were never seen or they are not in it for ever: where whoever has nothing is not in
 * it, both mean the same.
 */
export function decidedAnew(
  watched: readonly WatchedSegment[],
  customers: readonly string[],
  kept: KeptRows,
  touchOf: (customer: string) => Touch,
  nowMs: number,
): DecidedAnew {
  const anew = new Map<string, readonly WatchedSegment[]>()
  for (const customer of customers) {
    const touch = touchOf(customer)
    const segments = watched.filter((segment) => {
      if (segment.filled !== null || concerns(segment.needed, touch)) return true
      const before = kept.get(keptAt(segment.id, customer))
      if (before === undefined) return segment.holdsOfNothing
      return before.epoch !== segment.epoch || (before.untilMs !== null && before.untilMs <= nowMs)
    })
    if (segments.length > 0) anew.set(customer, segments)
  }
  return anew
}
