import { foldedWords } from './month-names.ts'
import { readOffset } from './zone-text.ts'

export interface ClockRead {
  /** Since midnight. */
  readonly ms: number
  /** East of UTC; null: the text names no zone. */
  readonly offsetMs: number | null
}

const CLOCK =
  /^(\d{1,2})(?:[:.h点时時]\s?(\d{2}|\d(?=分))分?(?:[:.](\d{2})(?:[.,:](\d+))?|(\d{1,2})秒)?|(?=\s*[apπμ]))/u

/** Which half of the day: of an hour of twelve, the second adds twelve to it. */
const HALVES: readonly (readonly [written: RegExp, half: 'first' | 'second' | 'noon'])[] = [
  [/^(?:a\.?\s?m\.?|a|π\.?\s?μ\.?)(?!\p{L})|^(?:上午|凌晨|早上|早晨|清晨)/u, 'first'],
  [/^(?:p\.?\s?m\.?|p|μ\.?\s?μ\.?)(?!\p{L})|^(?:下午|傍晚|晚上)/u, 'second'],
  [/^中午/, 'noon'],
]

/**
 * Reads a time of day to the end of the text: `14:05:09.250`, `11.02`, `14h30`, `8点05分`, `1:05 PM`, `下午1:05`,
 * `12:30 π.μ.`, each with a zone behind.
 * @returns null: it is none, or in a zone that is not known
 */
export function readClockText(text: string): ClockRead | null {
  const folded = foldedWords(text.trim())
  const before = halfAt(folded)
  const read = CLOCK.exec(before.rest)
  if (read === null) return null
  const [whole, hourText, minuteText, colonSecond, fraction = '', second] = read
  const after = halfAt(before.rest.slice(whole.length).trim())
  if (before.half !== null && after.half !== null) return null
  const half = before.half ?? after.half
  if (minuteText === undefined && half === null) return null
  const hour = hourOf(Number(hourText), half)
  const minute = Number(minuteText ?? 0)
  const seconds = Number(colonSecond ?? second ?? 0)
  if (hour === null || minute > 59 || seconds > 60) return null
  const offsetMs = after.rest === '' ? null : readOffset(after.rest)
  if (after.rest !== '' && offsetMs === null) return null
  // A leap second is the last instant of its minute: the store knows none.
  const wholeMs = (hour * 3600 + minute * 60 + Math.min(seconds, 59)) * 1000
  return { ms: wholeMs + Number(fraction.slice(0, 3).padEnd(3, '0')), offsetMs }
}

function halfAt(text: string) {
  for (const [written, half] of HALVES) {
    const found = written.exec(text)
    if (found !== null) return { half, rest: text.slice(found[0].length).trim() }
  }
  return { half: null, rest: text }
}

/** The hour of 24: `14:30 PM` is one, `14:30 AM` is none. */
function hourOf(hour: number, half: 'first' | 'second' | 'noon' | null): number | null {
  if (hour > 23) return null
  if (half === null) return hour
  if (half === 'first') return hour === 12 ? 0 : hour < 12 ? hour : null
  if (half === 'noon') return hour >= 11 && hour <= 14 ? hour : hour <= 2 ? hour + 12 : null
  if (hour === 0) return null
  return hour < 12 ? hour + 12 : hour
}
