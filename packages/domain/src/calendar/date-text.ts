import type { Zone } from '../import/zone.ts'
import { DAY_MS, wallDayOf } from './local-days.ts'

/**
 * A date (`1990-02-28`), a time (`2026-01-31T06:00:00.5+02:00`, `2026-01-31 06:00`) or an epoch (10 digits of seconds,
 * 13 of milliseconds), as tools write traits. A time without an offset is a local clock's.
 */
export const DATE_TEXT = String.raw`^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$`
export const EPOCH_TEXT = String.raw`^(\d{10})(\d{3})?$`

/** The store holds dates of these years, and a day of room for zones. */
const FIRST_YEAR = 1901
const LAST_YEAR = 2298

const DATE = new RegExp(DATE_TEXT)
const EPOCH = new RegExp(EPOCH_TEXT)

/** The local day that a text means, in days since 1970-01-01; null: it is no date or time. */
export function dayOfText(text: string, zone: Zone): number | null {
  const epoch = EPOCH.exec(text)
  if (epoch !== null) return localDay(Number(`${epoch[1]}${epoch[2] ?? '000'}`), zone)
  const parts = DATE.exec(text)
  if (parts === null) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset] = parts
  const dayMs = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const date = `${year}-${month}-${day}`
  const real = Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR
  if (!real || new Date(dayMs).toISOString().slice(0, 10) !== date) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  if (offset === undefined) return dayMs / DAY_MS
  const offsetMinutes = minutesOf(offset)
  if (offsetMinutes === null) return null
  const ofDayMs = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
  return localDay(dayMs + ofDayMs + ms - offsetMinutes * 60_000, zone)
}

export function localDay(atMs: number, zone: Zone): number {
  return wallDayOf(atMs, zone) / DAY_MS
}

function minutesOf(offset: string): number | null {
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  if (minutes > 18 * 60 || Number(offset.slice(-2)) > 59) return null
  return offset.startsWith('-') ? -minutes : minutes
}
