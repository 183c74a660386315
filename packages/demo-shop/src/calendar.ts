import type { Random } from './random.ts'

export const DAY_MS = 86_400_000

/** Sunday first. Evenings and weekends are when people shop. */
const WEEKDAYS = [1.35, 0.9, 0.85, 0.88, 0.95, 1.05, 1.2]
const HOURS_ONLINE = [
  1.2, 0.6, 0.3, 0.2, 0.2, 0.4, 1, 2, 3, 3.6, 4, 4.4, 5.2, 5, 4.4, 4.2, 4.4, 5, 6, 7.4, 8.6, 8.2,
  5.6, 3,
]
const HOURS_STORE = [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 6, 5, 5, 5.5, 6.5, 8, 8, 6, 3, 0, 0, 0]

/** Half-open [startMs, endMs) in whole days, with the rhythm of a shop. */
export interface Calendar {
  readonly startMs: number
  readonly endMs: number
  readonly days: number
  /** Cumulative share of first visits by day; the last is 1. */
  readonly arrivals: Float64Array
}

/**
 * @param endMs the midnight that ends the last day, in the shop's own zone; days are 24 h back from it
 * @param growth share by which daily arrivals rise from the first to the last day
 */
export function calendarEndingAt(endMs: number, days: number, growth: number): Calendar {
  const startMs = endMs - days * DAY_MS
  const arrivals = new Float64Array(days)
  let total = 0
  for (let day = 0; day < days; day++) {
    total += weekdayWeight(startMs, day) * (1 + (growth * day) / days)
    arrivals[day] = total
  }
  for (let day = 0; day < days; day++) arrivals[day] = (arrivals[day] ?? 0) / total
  return { startMs, endMs, days, arrivals }
}

/** Day of a first visit, counted from 0. */
export function arrivalDay(calendar: Calendar, random: Random): number {
  const at = random.unit()
  return Math.max(
    0,
    calendar.arrivals.findIndex((share) => at < share),
  )
}

/** A time of day on this day or, one time in four on a weak weekday, on the weekend after it. */
export function onlineTime(calendar: Calendar, day: number, random: Random): number {
  const quiet = weekdayWeight(calendar.startMs, day) < 1
  const weekend = day + ((13 - weekdayOf(calendar.startMs, day)) % 7) + random.below(2)
  const shifted = random.chance(quiet ? 0.25 : 0) ? weekend : day
  return timeOn(calendar.startMs, shifted, HOURS_ONLINE, random)
}

/** A time at which shops are open on this day. */
export function storeTime(calendar: Calendar, day: number, random: Random): number {
  return timeOn(calendar.startMs, day, HOURS_STORE, random)
}

/** Days since the start, fraction dropped. */
export function dayOf(calendar: Calendar, timeMs: number): number {
  return Math.floor((timeMs - calendar.startMs) / DAY_MS)
}

function timeOn(startMs: number, day: number, hours: readonly number[], random: Random): number {
  const hour = random.weighted(hours) + random.unit()
  return startMs + day * DAY_MS + Math.floor(hour * 3_600_000)
}

function weekdayWeight(startMs: number, day: number): number {
  return WEEKDAYS[weekdayOf(startMs, day)] ?? 1
}

/** 0 is Sunday. */
function weekdayOf(startMs: number, day: number): number {
  // Noon, so that a zone a few hours off UTC still falls on its own weekday. 1970-01-01 was a Thursday.
  return (Math.floor(startMs / DAY_MS + 0.5) + day + 4) % 7
}
