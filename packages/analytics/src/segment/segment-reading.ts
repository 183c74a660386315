import {
  type EventKind,
  type EventRule,
  type MatchRule,
  type Period,
  resolveEvents,
  rulesOf,
  type SegmentScope,
  type Window,
  windowPeriod,
} from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import type { Sql } from '../sql.ts'

/** What a segment is counted in. */
export interface SegmentReading {
  readonly reading: Reading
  readonly kinds: readonly EventKind[]
  readonly scope: SegmentScope
  readonly nowMs: number
  /** Only what had happened by then counts, with today's identities; null: everything that is known. */
  readonly asOfMs: number | null
  /** A subquery of one column: who is on a list. */
  readonly listed: (list: string) => Sql
}

export function resolvedRule(at: SegmentReading, event: EventRule): MatchRule {
  return resolveEvents(event, rulesOf(at.scope))
}

// What DateTime64 holds; nothing that happened lies outside.
const EARLIEST = Date.UTC(1900, 0, 1)
const LATEST = Date.UTC(2299, 11, 31)

/**
 * The instants of a window by now, and by the instant as of which is counted.
 *
 * @param afterMs so much more is read after the window's end
 * @returns null: all there are
 */
export function periodOfWindow(at: SegmentReading, window: Window, afterMs = 0): Period | null {
  const { fromMs, toMs } = windowPeriod(window, { ...at.scope, nowMs: at.nowMs })
  const endMs = at.asOfMs === null ? toMs + afterMs : Math.min(toMs + afterMs, at.asOfMs + 1)
  if (fromMs === Number.NEGATIVE_INFINITY && endMs === Number.POSITIVE_INFINITY) return null
  return { fromMs: clamped(fromMs), toMs: clamped(endMs) }
}

export function clamped(atMs: number): number {
  return Math.min(LATEST, Math.max(EARLIEST, atMs))
}
