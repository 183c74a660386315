import { dateMs } from './civil-date.ts'
import { type ClockRead, readClockText } from './clock-text.ts'
import { foldedWords, monthNamed, withoutWeekday } from './month-names.ts'

/** A date with or without a time of day. */
export interface WrittenTime {
  /** The date's midnight as if it were UTC, epoch milliseconds. */
  readonly dayMs: number
  /** Null: the text is a date alone. */
  readonly clock: ClockRead | null
}

const YEAR_FIRST =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|^(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号號]/

/** `2026-04-01`, `2026/4/1`, `2026.04.01`, `2026年4月1日`. */
export function readYearFirst(text: string): WrittenTime | null {
  const found = YEAR_FIRST.exec(text)
  if (found === null) return null
  const [whole, year, , month, day, year2, month2, day2] = found
  const dayMs = dateMs(Number(year ?? year2), Number(month ?? month2), Number(day ?? day2))
  const rest = text.slice(whole.length).replace(/^\s*(?:星期|周|週|礼拜)[一二三四五六日天]/, '')
  // Behind 日 no gap is needed.
  return withClock(dayMs, year === undefined && rest !== '' ? ` ${rest}` : rest)
}

const NUMBERS = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/

/** `31/01/2026`, `31.1.2026`, `1-31-2026`, after the day of the week or not. */
export function readNumbers(text: string, monthFirst: boolean): WrittenTime | null {
  const bare = NUMBERS.test(text) ? text : withoutWeekday(foldedWords(text.trim()))
  const found = NUMBERS.exec(bare)
  if (found === null) return null
  const [whole, first, , second, year] = found
  const day = Number(monthFirst ? second : first)
  const month = Number(monthFirst ? first : second)
  return withClock(dateMs(Number(year), month, day), bare.slice(whole.length))
}

/** A longer text is no time, and need not be taken apart. */
const LONGEST = 100

const OF = '(?:(?:de|of)\\s+)?'
const GAP = '[\\s/.,-]*'
const DAY = '(\\d{1,2})(?:st|nd|rd|th)?'
const DAY_FIRST = new RegExp(
  `^${DAY}${GAP}${OF}(\\p{L}+)${GAP}${OF}['’]?(\\d{4}(?!\\d)|\\d{2}(?![\\d:]))`,
  'u',
)
const MONTH_FIRST = new RegExp(`^(\\p{L}+)${GAP}${DAY}[\\s,/-]+(\\d{4})(?!\\d)`, 'u')
const YEAR_THEN_NAME = new RegExp(`^(\\d{4})${GAP}(\\p{L}+)${GAP}${DAY}(?![\\d:])`, 'u')
/** As `date` of Unix writes: the year stands last. */
const YEAR_LAST = new RegExp(`^(\\p{L}+)\\s+${DAY}\\s+(\\d{1,2}:\\S+)(\\s+\\S+)?\\s+(\\d{4})$`, 'u')

/** `05-Jan-2026 10:15`, `June 24 2026`, `1 ноября 2026 г.`, `24 Ιουνίου 2026`, `Wed, 01 Apr 2026 10:00:00 +0300`. */
export function readMonthName(text: string): WrittenTime | null {
  if (text.length > LONGEST || !/\d/.test(text)) return null
  const bare = withoutWeekday(foldedWords(text.trim()))
  const last = YEAR_LAST.exec(bare)
  if (last !== null) {
    const [, name = '', day, clock, zone = '', year] = last
    return withClock(named(year, name, day), ` ${clock}${zone}`)
  }
  const dayFirst = DAY_FIRST.exec(bare)
  if (dayFirst !== null) {
    const [whole, day, name = '', year] = dayFirst
    return withClock(named(year, name, day), bare.slice(whole.length))
  }
  const monthFirst = MONTH_FIRST.exec(bare)
  if (monthFirst !== null) {
    const [whole, name = '', day, year] = monthFirst
    return withClock(named(year, name, day), bare.slice(whole.length))
  }
  const yearFirst = YEAR_THEN_NAME.exec(bare)
  if (yearFirst === null) return null
  const [whole, year, name = '', day] = yearFirst
  return withClock(named(year, name, day), bare.slice(whole.length))
}

function named(year: string | undefined, name: string, day: string | undefined): number | null {
  const month = monthNamed(name)
  if (month === null || year === undefined) return null
  // `05-Jan-26`, as spreadsheets and databases write it; years below 69 are of this century, as in POSIX.
  const short = Number(year)
  const full = year.length === 4 ? short : short < 69 ? 2000 + short : 1900 + short
  return dateMs(full, month, Number(day))
}

const CLOCK_GAP =
  /^(?:\s*(?:г\.?|года|year)(?=[\s,]|$))?(?:[\s,]*(?:at|la|ora|в|στισ|um)\s+|[T_:/,\s-]+(?:at\s+|la\s+|в\s+|στισ\s+)?)?/iu

function withClock(dayMs: number | null, rest: string): WrittenTime | null {
  if (dayMs === null) return null
  const text = rest.replace(CLOCK_GAP, '').trim()
  if (text === '') return { dayMs, clock: null }
  // A time of day does not touch the date.
  if (text === rest && !/^[上下凌早晚中傍清]/.test(text)) return null
  const clock = readClockText(text)
  return clock === null ? null : { dayMs, clock }
}
