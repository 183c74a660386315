import { dayOfText, localDay } from '../calendar/date-text.ts'
import { DAY_MS, wallOfDate } from '../calendar/local-days.ts'
import type { DayComparison } from '../condition/comparison.ts'
import type { WindowClock } from './window.ts'

/** Whether a trait that is a date passes; a missing one, and a text that is no date, fail. */
export function comparesDay(
  comparison: DayComparison,
  held: string | undefined,
  { nowMs, zone }: WindowClock,
): boolean {
  const day = held === undefined ? null : dayOfText(held, zone)
  return day !== null && dayPasses(comparison, day, localDay(nowMs, zone))
}

/** When the answer to `comparesDay` changes next, without another trait; null: never. */
export function dayChangesMs(
  comparison: DayComparison,
  held: string | undefined,
  { nowMs, zone }: WindowClock,
): number | null {
  const day = held === undefined ? null : dayOfText(held, zone)
  if (day === null) return null
  const today = localDay(nowMs, zone)
  const passes = dayPasses(comparison, day, today)
  for (const next of turningDays(comparison, day, today)) {
    if (next > today && dayPasses(comparison, day, next) !== passes) {
      return zone.toUtc(next * DAY_MS)
    }
  }
  return null
}

function dayPasses(comparison: DayComparison, day: number, today: number): boolean {
  switch (comparison.op) {
    case 'before':
      return day < dayOfDate(comparison.value)
    case 'after':
      return day > dayOfDate(comparison.value)
    case 'in-last':
      return day > today - comparison.days && day <= today
    case 'in-next':
      return day >= today && day < today + comparison.days
    case 'anniversary': {
      const next = anniversaryFrom(day, today)
      return next < today + comparison.days
    }
  }
}

/** Days on which the answer may change, ascending. */
function turningDays(comparison: DayComparison, day: number, today: number): readonly number[] {
  switch (comparison.op) {
    case 'before':
    case 'after':
      return []
    case 'in-last':
      return [day, day + comparison.days]
    case 'in-next':
      return [day - comparison.days + 1, day + 1]
    case 'anniversary': {
      const first = anniversaryFrom(day, today)
      const second = anniversaryFrom(day, first + 1)
      return [first, second]
        .flatMap((held) => [held - comparison.days + 1, held + 1])
        .toSorted((a, b) => a - b)
    }
  }
}

/** The first day from `fromDay` on with the day and month of `day`; 29 February is the 28th in other years. */
function anniversaryFrom(day: number, fromDay: number): number {
  const month = new Date(day * DAY_MS).getUTCMonth()
  const date = new Date(day * DAY_MS).getUTCDate()
  const year = new Date(fromDay * DAY_MS).getUTCFullYear()
  for (const held of [year, year + 1]) {
    const last = new Date(Date.UTC(held, month + 1, 0)).getUTCDate()
    const anniversary = Date.UTC(held, month, Math.min(date, last)) / DAY_MS
    if (anniversary >= fromDay) return anniversary
  }
  throw new Error('every day comes again within a year')
}

function dayOfDate(date: string): number {
  const wallMs = wallOfDate(date)
  if (wallMs === null) throw new Error(`no date: '${date}'`)
  return wallMs / DAY_MS
}
