/** How a style shows a number. */
export type NumberStyle =
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  /** A time of day without a date. */
  | { readonly kind: 'time' }
  /** Zeros in front to so many digits, as ids have them. */
  | { readonly kind: 'padded'; readonly digits: number }

const NUMBER: NumberStyle = { kind: 'number' }

/** What the numbers below 164 mean where the file does not say it (ECMA-376 part 1, 18.8.30, with the East Asian ones). */
export function builtInStyle(id: number): NumberStyle {
  if ((id >= 14 && id <= 17) || id === 22) return { kind: 'date' }
  if ((id >= 18 && id <= 21) || id === 45 || id === 47) return { kind: 'time' }
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: 'date' }
  return NUMBER
}

/** What a format code such as `dd.mm.yyyy hh:mm`, `0.00 "lei"` or `00000` means. */
export function styleOf(code: string): NumberStyle {
  const [first = ''] = code.split(';')
  // What is quoted, escaped, a filling or in brackets is no sign of the format; `[h]` counts hours that passed.
  const bare = first.replace(/"[^"]*"|\\.|_.|\*./g, '')
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return NUMBER
  const signs = bare.replace(/\[[^\]]*\]/g, '').replace(/general/gi, '')
  if (/^0{2,}$/.test(signs.trim())) return { kind: 'padded', digits: signs.trim().length }
  // Digits stand in a date only as parts of seconds.
  if (/[#?0]/.test(signs.replace(/s[.,]0+/gi, 's'))) return NUMBER
  if (/[yde年月日]/i.test(signs)) return { kind: 'date' }
  if (/[hs]/i.test(signs)) return { kind: 'time' }
  return /m/i.test(signs) ? { kind: 'date' } : NUMBER
}

/** Days from 1970 to the day 0 of each of the two systems. */
const DAY_0 = { 1900: -25_569, 1904: -24_107 }
/** Of the day 60 of 1900, the 29 February that never was, and those before it. */
const LEAP_DAY = 60
const LAST_DAY = 2_958_466
const DAY_MS = 86_400_000

/**
 * A number of a spreadsheet as text: dates as `2026-03-01` or `2026-03-01 10:00:00`, times as `10:00:00`, numbers with
 * their digits.
 *
 * @param system where days are counted from
 */
export function cellText(value: string, style: NumberStyle, system: 1900 | 1904): string {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (style.kind === 'padded')
    return /^\d+$/.test(value) ? value.padStart(style.digits, '0') : value
  if (style.kind === 'number' || number < 0 || number >= LAST_DAY) return digitsOf(value, number)
  const timeOnly = style.kind === 'time' && number < 1
  const shift = system === 1900 && number < LEAP_DAY ? 1 : 0
  const ms = roundedMs((number + DAY_0[system] + shift) * DAY_MS)
  const said = new Date(ms).toISOString()
  const clock = said.slice(11, ms % 1000 === 0 ? 19 : 23)
  if (timeOnly) return clock
  const day = said.slice(0, 10)
  return ms % DAY_MS === 0 && style.kind === 'date' ? day : `${day} ${clock}`
}

/** Fifteen digits of a day's number reach to a tenth of a millisecond; six behind its point to a tenth of a second. */
function roundedMs(ms: number): number {
  const second = Math.round(ms / 1000) * 1000
  return Math.abs(ms - second) < 50 ? second : Math.round(ms)
}

/** As it is written, but no more digits than a spreadsheet keeps: 19.989999999999998 is 19.99. */
function digitsOf(value: string, number: number): string {
  if (/^-?\d+$/.test(value)) return value
  return String(Number(number.toPrecision(15)))
}
