import { dateMs } from './civil-date.ts'
import { readClockText } from './clock-text.ts'
import { readMonthName, readNumbers, readYearFirst, type WrittenTime } from './written-date.ts'
import { readOffset } from './zone-text.ts'
import { UTC, type Zone } from './zone.ts'

/**
 * How a column writes instants. `iso`: year, month, day, with or without a clock time and a zone. `compact`: 19970101,
 * 19970101143000, 19970101T1430. `month-name`: 1 Nov 2026, November 1 2026. `excel-serial`: days since 1899-12-30. The
 * epochs may carry a fraction.
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
  'month-name',
  'excel-serial',
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
  'month-name': 'a date such as 31 Jan 2026',
  'excel-serial': 'a day number of a spreadsheet such as 46053.5',
}

/**
 * @param zone where a text without a zone of its own was written
 * @returns epoch milliseconds, finer parts cut off; null: the text is no such time
 */
export function readTime(text: string, format: TimeFormat, zone: Zone): number | null {
  switch (format) {
    case 'iso':
      return readIso(text, zone) ?? instantOf(readYearFirst(text), zone)
    case 'compact':
      return instantOf(readCompact(text), zone)
    case 'epoch-s':
      return readEpoch(text, 1000)
    case 'epoch-ms':
      return readEpoch(text, 1)
    case 'epoch-us':
      return readEpoch(text, 1e-3)
    case 'epoch-ns':
      return readEpoch(text, 1e-6)
    case 'day-month-year':
      return instantOf(readNumbers(text, false), zone)
    case 'month-day-year':
      return instantOf(readNumbers(text, true), zone)
    case 'month-name':
      return instantOf(readMonthName(text), zone)
    case 'excel-serial':
      return readSerial(text, zone)
  }
}

/** Whether a text names its own zone, and so is the same instant everywhere. What is no time names none. */
export function saysZone(text: string, format: TimeFormat): boolean {
  const ms = readTime(text, format, UTC)
  return ms !== null && ms === readTime(text, format, ELSEWHERE)
}

const ELSEWHERE: Zone = { name: 'elsewhere', toUtc: (wallMs) => wallMs + 1 }

/**
 * The name of the zone that keeps a text from being read; null: something else does.
 * @returns 'IST' of `2026-03-01 10:00 IST`: India, Israel and Ireland
 */
export function unknownZone(text: string, format: TimeFormat): string | null {
  const found = /(?<=[\d\s.])\s*(\p{L}[\p{L}/_]{1,30})$/u.exec(text.trim())
  const name = found?.[1]
  if (found === null || name === undefined || readOffset(name) !== null) return null
  return readTime(text.trim().slice(0, found.index).trimEnd(), format, UTC) === null ? null : name
}

function instantOf(written: WrittenTime | null, zone: Zone): number | null {
  if (written === null) return null
  const { dayMs, clock } = written
  if (clock === null) return zone.toUtc(dayMs)
  const wallMs = dayMs + clock.ms
  return clock.offsetMs === null ? zone.toUtc(wallMs) : wallMs - clock.offsetMs
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

// What nearly all files write, by hand rather than by a regular expression or Date.parse: 4 times as fast, and Date.parse
// reads texts without a zone in the machine's own. What it does not read, `readYearFirst` may.
function readIso(text: string, zone: Zone): number | null {
  const separator = text.charCodeAt(4)
  if (separator !== 45 /* - */ && separator !== 47 /* / */) return null
  if (text.charCodeAt(7) !== separator) return null
  const dayMs = dateMs(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))
  if (dayMs === null) return null
  if (text.length === 10) return zone.toUtc(dayMs)
  const gap = text.charCodeAt(10)
  if (gap !== 84 /* T */ && gap !== 32 && gap !== 116 /* t */) return null
  return readClock(text, 11, dayMs, zone)
}

/** `hh:mm[:ss[.fraction]][zone]` from `at` to the end. */
function readClock(text: string, from: number, dayMs: number, zone: Zone): number | null {
  let at = from
  const hour = digits(text, at, 2)
  at += 2
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
  const offsetMs = readShortOffset(text, at)
  return offsetMs === null ? null : wallMs - offsetMs
}

/** `Z`, ` UTC`, ` GMT`, `+02:00`, `+0200`, `+02`, each also after a blank: what needs no looking up. */
function readShortOffset(text: string, from: number): number | null {
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

const COMPACT =
  /^(\d{4})(\d{2})(\d{2})(?:[T _:-]?(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d+))?)?(.*)|[T _:-]+(.+))?$/i

/** `19970101`, `19970101143000`, `19970101T1430Z`, `19970101 14:30`. */
function readCompact(text: string): WrittenTime | null {
  const found = COMPACT.exec(text)
  if (found === null) return null
  const [, year, month, day, hour, minute, second, fraction, zone = '', clockText] = found
  const dayMs = dateMs(Number(year), Number(month), Number(day))
  if (dayMs === null) return null
  if (hour === undefined && clockText === undefined) return { dayMs, clock: null }
  // Twelve digits in a row are rather a number.
  if (/^\d{12}$/.test(text)) return null
  const written =
    clockText ??
    `${hour}:${minute}${second === undefined ? '' : `:${second}`}${fraction === undefined ? '' : `.${fraction}`}${zone}`
  const clock = readClockText(written)
  return clock === null ? null : { dayMs, clock }
}

const EPOCH = /^-?\d{1,19}(\.\d+)?$/

function readEpoch(text: string, toMs: number): number | null {
  if (!EPOCH.test(text)) return null
  // Microseconds of today need 51 bits; nanoseconds lose their last digits, which are cut off anyway.
  return Math.floor(Number(text) * toMs + 1e-6)
}

const SERIAL = /^(\d{1,6})(?:[.,](\d+))?$/
/** Day 0 of spreadsheets, which take 1900 for a leap year, is 1899-12-30. */
const SERIAL_EPOCH_DAYS = 25_569

/** Days with a fraction of the day. Few digits do not hold a whole second: the one that they mean is taken. */
function readSerial(text: string, zone: Zone): number | null {
  const found = SERIAL.exec(text)
  if (found === null) return null
  const [, days, fraction = ''] = found
  const ofDayMs = Number(`0.${fraction}`) * 86_400_000
  const meantMs = Math.round(ofDayMs / 1000) * 1000
  const exactToMs = 86_400_000 / 10 ** fraction.length
  const ms = Math.abs(ofDayMs - meantMs) <= exactToMs ? meantMs : Math.round(ofDayMs)
  return zone.toUtc((Number(days) - SERIAL_EPOCH_DAYS) * 86_400_000 + ms)
}

/**
 * A date and a time of day that stand in two columns, as one text; of spreadsheets' day numbers the sum.
 * @returns the date alone where the time is empty
 */
export function joined(dateText: string, timeText: string): string {
  const date = dateText.trim()
  // Spreadsheets write the midnight of a date, and the day 0 of a time.
  const time = timeText
    .trim()
    .replace(/^T/i, '')
    .replace(
      /^(?:1899-12-(?:30|31)|1900-01-0[01]|(?:30|31)[./]12[./]1899|12\/(?:30|31)\/1899)[T ]/,
      '',
    )
  if (time === '' || date === '') return date
  const fraction = /^(?:0|1(?=\.0*$))?[.,](\d+)$/.exec(time)?.[1]
  if (fraction !== undefined && /^\d{5}(?:[.,]0+)?$/.test(date)) {
    return `${date.slice(0, 5)}.${fraction}`
  }
  const day = date.replace(/[T ]0?0:00(?::00(?:[.,]0+)?)?(?: ?AM)?(?=Z?$)/, '').replace(/Z$/, '')
  if (/^\d{8}$/.test(day) && /^\d{3,6}$/.test(time)) {
    return `${day}T${time.padStart(time.length <= 4 ? 4 : 6, '0')}`
  }
  return `${day} ${time}`
}
