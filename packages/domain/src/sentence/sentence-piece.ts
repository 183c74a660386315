/**
 * Where in a rule something stands, written as in JavaScript and as in `RuleFault.place`: `rule.rules[0].window`.
 * A piece whose place begins with another place lies inside of what stands there.
 */
export type RulePlace = string

/** What a grammar says a sentence with. The text has no spaces around it: `spaced` knows where they belong. */
export interface SentencePiece {
  /** Empty: something could be said here, and is not. */
  readonly text: string
  /** What the piece says; null: it belongs to the sentence alone. */
  readonly place: RulePlace | null
  /** Nothing is chosen yet. */
  readonly gap?: true
  /** The text is a plain number, or a date as `2026-01-31`: who only looks at it may see it as their language has it. */
  readonly plain?: 'number' | 'date'
}

/** Stands where nothing is chosen yet; it is read as empty. */
export const BLANK = '…'

export function gapAt(place: RulePlace): SentencePiece {
  return { text: BLANK, place, gap: true }
}

const HUGS_LEFT = /^[,;:.)\]，、；：。）]/u
const HUGS_RIGHT = /[(（，、；：。]$/u
const CJK_END = /[\p{Script=Han}]$/u
const CJK_START = /^[\p{Script=Han}]/u
const OPEN_QUOTE = /^["“„«(（#…]/u
const SHUT_QUOTE = /["”»)）…]$/u

/** Whether a space belongs between two pieces. Chinese has none, but beside Latin letters and digits. */
export function spaced(before: string, after: string): boolean {
  if (HUGS_LEFT.test(after) || HUGS_RIGHT.test(before)) return false
  const [han, hanNext] = [CJK_END.test(before), CJK_START.test(after)]
  if (han && (hanNext || OPEN_QUOTE.test(after))) return false
  return !(hanNext && SHUT_QUOTE.test(before)) && !(before.endsWith('）') || after.startsWith('（'))
}
