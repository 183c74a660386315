import { readTime, type TimeFormat } from './time-text.ts'
import { UTC } from './zone.ts'

export interface TimeFormatFound {
  readonly format: TimeFormat
  /** Of the texts that are not empty, 0–1. */
  readonly share: number
  /** Another format reads them as well: 03/04/2020 is a day in March and one in April. */
  readonly rival: TimeFormat | null
}

// Written dates before bare numbers: eight digits that are a date are one, though they are seconds too.
const TRIED: readonly TimeFormat[] = [
  'iso',
  'compact',
  'epoch-s',
  'epoch-ms',
  'epoch-us',
  'epoch-ns',
  'month-day-year',
  'day-month-year',
  'month-name',
]

// Bare numbers are times only if they lie where events lie; else every number would be one. A written date is one whatever
// its year: rows that lie too far are refused one by one.
const EARLIEST_COMPACT_MS = -2_208_988_800_000 // 1900-01-01
const EARLIEST_EPOCH_MS = 157_766_400_000 // 1975-01-01: smaller numbers are counts and prices
const LATEST_MS = 4_102_444_800_000 // 2100-01-01

/**
 * Finds the one format that reads most of the texts; empty ones are passed over.
 * @param called the column's name says that it holds times: then the day numbers of spreadsheets, which look like any other
 *   number, are tried too
 * @returns null when none reads at least half of them
 */
export function findTimeFormat(texts: readonly string[], called = false): TimeFormatFound | null {
  const given = texts.filter((text) => text !== '')
  if (given.length === 0) return null
  const tried: readonly TimeFormat[] = called ? [...TRIED, 'excel-serial'] : TRIED
  const shares = tried.map((format) => ({
    format,
    share: given.filter((text) => isPlausible(text, format)).length / given.length,
  }))
  const found = shares.reduce((a, b) => (b.share > a.share ? b : a))
  // A text that is no date at all says nothing about how dates are written.
  const written = given.filter((text) => isPlausible(text, found.format))
  const dotted = found.format === 'month-day-year' && written.every((text) => DOTTED.test(text))
  const best = dotted ? (shares.find(({ format }) => format === 'day-month-year') ?? found) : found
  if (best.share < 0.5) return null
  if (dotted) return { ...best, rival: null }
  const rival = shares.find((other) => isRival(best, other))
  return { ...best, rival: rival?.format ?? null }
}

// With dots the day is first, everywhere that writes dates so.
const DOTTED = /^\d{1,2}\.\d{1,2}\.\d{4}/

interface Share {
  readonly format: TimeFormat
  readonly share: number
}

function isRival(best: Share, other: Share): boolean {
  const slashed: readonly TimeFormat[] = ['day-month-year', 'month-day-year']
  return (
    other.format !== best.format &&
    slashed.includes(best.format) &&
    slashed.includes(other.format) &&
    other.share === best.share
  )
}

function isPlausible(text: string, format: TimeFormat): boolean {
  const ms = readTime(text, format, UTC)
  if (ms === null) return false
  if (format === 'compact') return ms >= EARLIEST_COMPACT_MS && ms < LATEST_MS
  const bare = format.startsWith('epoch') || format === 'excel-serial'
  return !bare || (ms >= EARLIEST_EPOCH_MS && ms < LATEST_MS)
}
