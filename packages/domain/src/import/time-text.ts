import type { Zone } from './zone.ts'

/**
 * How a column writes instants. `iso`: year-month-day, or with slashes, with or without a clock time
 * and a zone. `compact`: 19970101 or 19970101143000. The epochs may carry a fraction.
 */
export const TIME_FORMATS = [
  'iso',
  'compact',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'day-month-year',
  'month-day-year',
] as const

export type TimeFormat = (typeof TIME_FORMATS)[number]

/** What a time of each format looks like, for refusals. */
export const TIME_EXAMPLES: Readonly<Record<TimeFormat, string>> = {
  iso: 'a time such as 2026-01-31 12:00:00',
  compact: 'a date such as 20260131',
  'epoch-s': 'seconds since 1970',
  'epoch-ms': 'milliseconds since 1970',
  'epoch-us': 'microseconds since 1970',
  'epoch-ns': 'nanoseconds since 1970',
  'day-month-year': 'a date such as 31/01/2026',
  'month-day-year': 'a date such as 01/31/2026',
}

/**
 * @param zone where a text without a zone of its own was written
 * @returns epoch milliseconds, finer parts cut off; null: the text is no such time
 */
export function readTime(text: string, format: TimeFormat, zone: Zone): number | null {
  switch (format) {
    case 'iso':
      return readIso(text, zone)
    case 'compact':
      return readCompact(text, zone)
    case 'epoch-s':
      return readEpoch(text, 1000)
    case 'epoch-ms':
      return readEpoch(text, 1)
    case 'epoch-us':
      return readEpoch(text, 1e-3)
    case 'epoch-ns':
      return readEpoch(text, 1e-6)
    case 'day-month-year':
      return readDayFirst(text, zone, false)
    case 'month-day-year':
      return readDayFirst(text, zone, true)
  }
}

/** The days from 1970-01-01; proleptic Gregorian. @see H. Hinnant, chrono-compatible date algorithms */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day <= (MONTH_DAYS[month - 1] ?? 0) + (leap ? 1 : 0)
}

/** The number of `count` digits at `at`; NaN when one of them is none. */
function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48
    // A missing character is NaN and fails here too.
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

// By hand rather than by a regular expression or Date.parse: 4 times as fast, and Date.parse reads
// texts without a zone in the machine's own.
function readIso(text: string, zone: Zone): number | null {
  const year = digits(text, 0, 4)
  const separator = text.charCodeAt(4)
  if (separator !== 45 /* - */ && separator !== 47 /* / */) return null
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  if (text.charCodeAt(7) !== separator || !isDate(year, month, day)) return null
  const dayMs = daysFromCivil(year, month, day) * 86_400_000
  if (text.length === 10) return zone.toUtc(dayMs)
  const gap = text.charCodeAt(10)
  if (gap !== 84 /* T */ && gap !== 32 && gap !== 116 /* t */) return null
  return readClock(text, 11, dayMs, zone)
}

/** `hh:mm[:ss[.fraction]][zone]` from `at` to the end. */
function readClock(text: string, from: number, dayMs: number, zone: Zone): number | null {
  let at = from
  // A clock time of one digit, as spreadsheets write it: 8:26.
  const short = text.charCodeAt(at + 1) === 58
  const hour = digits(text, at, short ? 1 : 2)
  at += short ? 1 : 2
  const minute = digits(text, at + 1, 2)
  if (text.charCodeAt(at) !== 58 || !(hour <= 23 && minute <= 59)) return null
  at += 3
  let second = 0
  let ms = 0
  if (text.charCodeAt(at) === 58) {
    second = digits(text, at + 1, 2)
    // A leap second is the last instant of its minute: the store knows none.
    if (!(second <= 60)) return null
    if (second === 60) second = 59
    at += 3
    const point = text.charCodeAt(at)
    if (point === 46 /* . */ || point === 44 /* , */) {
      at++
      let scale = 100
      const first = at
      for (; at < text.length; at++) {
        const digit = text.charCodeAt(at) - 48
        if (!(digit >= 0 && digit <= 9)) break
        ms += digit * scale
        scale = scale === 1 ? 0 : scale / 10
      }
      if (at === first) return null
    }
  }
  const wallMs = dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms
  if (at === text.length) return zone.toUtc(wallMs)
  const offsetMs = readOffset(text, at)
  return offsetMs === null ? null : wallMs - offsetMs
}

/** `Z`, ` UTC`, ` GMT`, `+02:00`, `+0200`, `+02`, each also after a blank. */
function readOffset(text: string, from: number): number | null {
  const at = text.charCodeAt(from) === 32 ? from + 1 : from
  const sign = text.charCodeAt(at)
  if (sign === 43 /* + */ || sign === 45 /* - */) {
    const hours = digits(text, at + 1, 2)
    const length = text.length - at
    const minutes =
      length === 3
        ? 0
        : length === 5
          ? digits(text, at + 3, 2)
          : length === 6 && text.charCodeAt(at + 3) === 58
            ? digits(text, at + 4, 2)
            : Number.NaN
    if (!(hours <= 18 && minutes <= 59)) return null
    return (sign === 45 ? -1 : 1) * (hours * 60 + minutes) * 60_000
  }
  const name = text.slice(at).toUpperCase()
  return name === 'Z' || name === 'UTC' || name === 'GMT' ? 0 : null
}

function readCompact(text: string, zone: Zone): number | null {
  if (text.length !== 8 && text.length !== 14) return null
  const year = digits(text, 0, 4)
  const month = digits(text, 4, 2)
  const day = digits(text, 6, 2)
  if (!isDate(year, month, day)) return null
  const dayMs = daysFromCivil(year, month, day) * 86_400_000
  if (text.length === 8) return zone.toUtc(dayMs)
  const hour = digits(text, 8, 2)
  const minute = digits(text, 10, 2)
  const second = digits(text, 12, 2)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return null
  return zone.toUtc(dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000)
}

const EPOCH = /^-?\d{1,19}(\.\d+)?$/

function readEpoch(text: string, toMs: number): number | null {
  if (!EPOCH.test(text)) return null
  // Microseconds of today need 51 bits; nanoseconds lose their last digits, which are cut off anyway.
  return Math.floor(Number(text) * toMs + 1e-6)
}

/** `12/1/2010 8:26`, `01.12.2010`, `1-12-2010 08:26:00`. */
function readDayFirst(text: string, zone: Zone, monthFirst: boolean): number | null {
  const parts = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[T ,]+)?/.exec(text)
  if (parts === null) return null
  const first = Number(parts[1])
  const second = Number(parts[3])
  const year = Number(parts[4])
  const month = monthFirst ? first : second
  const day = monthFirst ? second : first
  if (!isDate(year, month, day)) return null
  const dayMs = daysFromCivil(year, month, day) * 86_400_000
  const at = parts[0].length
  return at === text.length ? zone.toUtc(dayMs) : readClock(text, at, dayMs, zone)
}
