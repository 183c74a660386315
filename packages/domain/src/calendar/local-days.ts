import type { Zone } from '../import/zone.ts'

export const DAY_MS = 86_400_000

/** A date and hour as on a local clock, `2026-01-31` or `2026-01-31T06:00`, written in UTC; null: no such time. */
export function wallOfTime(time: string): number | null {
  const [date = '', hour = '00:00'] = time.split('T')
  const wallMs = wallOfDate(date)
  const hours = /^([01]\d|2[0-3]):00$/.exec(hour)?.[1]
  return wallMs === null || hours === undefined ? null : wallMs + Number(hours) * 3_600_000
}

/** A date as it stands on a calendar, `2026-01-31`, as its midnight written in UTC; null: no such date. */
export function wallOfDate(date: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (parts === null) return null
  const [year, month, day] = parts.slice(1).map(Number)
  const wallMs = Date.UTC(year ?? 0, (month ?? 1) - 1, day)
  return new Date(wallMs).toISOString().slice(0, 10) === date ? wallMs : null
}

/** The midnight (written in UTC) of the local day that holds the instant. */
export function wallDayOf(atMs: number, zone: Zone): number {
  let wallMs = (Math.floor(atMs / DAY_MS) + 1) * DAY_MS
  while (zone.toUtc(wallMs) > atMs) wallMs -= DAY_MS
  return wallMs
}

/** Every local midnight from the day of `fromMs` to the first after `toMs`, ascending. */
export function midnights(fromMs: number, toMs: number, zone: Zone): Float64Array {
  const found: number[] = []
  for (let wallMs = wallDayOf(fromMs, zone); ; wallMs += DAY_MS) {
    const at = zone.toUtc(wallMs)
    found.push(at)
    if (at > toMs) return Float64Array.from(found)
  }
}

export type WeekStart = 'monday' | 'sunday'

export type IntervalUnit = 'hour' | 'day' | 'week' | 'month'

/** The start (written in UTC) of the interval that holds a local time. */
export function startOfInterval(wallMs: number, unit: IntervalUnit, weekStart: WeekStart): number {
  if (unit === 'hour') return Math.floor(wallMs / 3_600_000) * 3_600_000
  const day = Math.floor(wallMs / DAY_MS) * DAY_MS
  const date = new Date(day)
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  if (unit === 'day') return day
  const back = (date.getUTCDay() - (weekStart === 'monday' ? 1 : 0) + 7) % 7
  return day - back * DAY_MS
}

/** The start (written in UTC) of the interval `n` later. */
export function intervalLater(wallMs: number, unit: IntervalUnit, n: number): number {
  if (unit === 'month') {
    const date = new Date(wallMs)
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n, 1)
  }
  return wallMs + n * (unit === 'hour' ? 3_600_000 : unit === 'day' ? DAY_MS : 7 * DAY_MS)
}

/**
 * Starts of `count` intervals and the end of the last, as instants. Hours are elapsed hours; days,
 * weeks and months are cut by the local clock, so a day may have 23 or 25 hours.
 */
export function intervalBounds(
  startWallMs: number,
  unit: IntervalUnit,
  count: number,
  zone: Zone,
): Float64Array {
  const startMs = zone.toUtc(startWallMs)
  return Float64Array.from({ length: count + 1 }, (_, i) =>
    unit === 'hour' ? startMs + i * 3_600_000 : zone.toUtc(intervalLater(startWallMs, unit, i)),
  )
}
