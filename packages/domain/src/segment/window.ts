import {
  intervalLater,
  type IntervalUnit,
  startOfInterval,
  wallDayOf,
  wallOfDate,
  type WeekStart,
} from '../calendar/local-days.ts'
import type { Period } from '../calendar/period.ts'
import type { Zone } from '../import/zone.ts'

/**
 * When something has to have happened. Days, weeks and months are those of the workspace's clock, the one that
 * holds `now` included; hours are elapsed hours. Dates are local, and both dates of `between` count.
 */
export type Window =
  | { readonly kind: 'ever' }
  /** The last n × 60 minutes, up to and with now. */
  | { readonly kind: 'hours'; readonly n: number }
  | { readonly kind: 'last' | 'next'; readonly n: number; readonly unit: WindowUnit }
  | { readonly kind: 'between'; readonly from: string; readonly to: string }
  | { readonly kind: 'before' | 'after'; readonly date: string }
  /** The period of the question that asks; ever, where there is none. */
  | { readonly kind: 'question' }

export const WINDOW_UNITS = ['days', 'weeks', 'months'] as const
export type WindowUnit = (typeof WINDOW_UNITS)[number]

/** What windows are told by. */
export interface WindowClock {
  readonly nowMs: number
  readonly zone: Zone
  readonly weekStart: WeekStart
  /** Of the question that asks; null: it has none. */
  readonly period: Period | null
}

const HOUR_MS = 3_600_000
const ALWAYS: Period = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

const INTERVALS: Readonly<Record<WindowUnit, IntervalUnit>> = {
  days: 'day',
  weeks: 'week',
  months: 'month',
}

/** The instants that lie in a window at `now`. */
export function windowPeriod(window: Window, clock: WindowClock): Period {
  const { nowMs, zone } = clock
  switch (window.kind) {
    case 'ever':
      return ALWAYS
    case 'question':
      return clock.period ?? ALWAYS
    case 'hours':
      return { fromMs: nowMs - window.n * HOUR_MS + 1, toMs: nowMs + 1 }
    case 'before':
      return { ...ALWAYS, toMs: midnightOf(window.date, zone) }
    case 'after':
      return { ...ALWAYS, fromMs: midnightOf(window.date, zone, 1) }
    case 'between':
      return { fromMs: midnightOf(window.from, zone), toMs: midnightOf(window.to, zone, 1) }
    case 'last':
    case 'next': {
      const { n, unit } = window
      const start = startOfInterval(wallDayOf(nowMs, zone), INTERVALS[unit], clock.weekStart)
      const at = (later: number) => zone.toUtc(intervalLater(start, INTERVALS[unit], later))
      return window.kind === 'last'
        ? { fromMs: at(1 - n), toMs: at(1) }
        : { fromMs: at(0), toMs: at(n) }
    }
  }
}

/**
 * The other way round: the `now`s at which an instant lies in a window. Both ends rise with the instant.
 *
 * Law: `atMs` is in `windowPeriod(window, now)` exactly when `now` is in `windowSpan(window, atMs)`.
 */
export function windowSpan(
  window: Window,
  atMs: number,
  clock: Omit<WindowClock, 'nowMs'>,
): Period {
  switch (window.kind) {
    case 'hours':
      return { fromMs: atMs, toMs: atMs + window.n * HOUR_MS }
    case 'last':
    case 'next': {
      const { n, unit } = window
      const { zone } = clock
      const start = startOfInterval(wallDayOf(atMs, zone), INTERVALS[unit], clock.weekStart)
      const at = (later: number) => zone.toUtc(intervalLater(start, INTERVALS[unit], later))
      return window.kind === 'last'
        ? { fromMs: at(0), toMs: at(n) }
        : { fromMs: at(1 - n), toMs: at(1) }
    }
    default: {
      const { fromMs, toMs } = windowPeriod(window, { ...clock, nowMs: 0 })
      return atMs >= fromMs && atMs < toMs ? ALWAYS : NEVER
    }
  }
}

const NEVER: Period = { fromMs: Number.POSITIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

/** Local midnight of a date, or of so many days later. Throws for what is no date: rules are checked before. */
function midnightOf(date: string, zone: Zone, later = 0): number {
  const wallMs = wallOfDate(date)
  if (wallMs === null) throw new Error(`no date: '${date}'`)
  return zone.toUtc(intervalLater(wallMs, 'day', later))
}
