/**
 * Where in a rule something stands, written as in JavaScript and as in `RuleFault.place`: `rule.rules[0].window`.
 * A part whose place begins with another place lies inside of what stands there.
 */
export type RulePlace = string

/**
 * `verb`: the words a condition begins with. `name`: of a thing (event, trait, property, touchpoint, map, step, segment).
 * `value`: a text, number or date. `operator`: how it is compared, or how often. `window`: when. `join`: and, or, not,
 * brackets. `word`: whatever stands between them.
 */
export type PartRole = 'word' | 'verb' | 'name' | 'value' | 'operator' | 'window' | 'join'

/** A piece of a sentence. The text has no spaces around it: `plainSentence` knows where they belong. */
export interface SentencePart {
  readonly text: string
  /** What the piece says; null: it belongs to the sentence alone. */
  readonly place: RulePlace | null
  readonly role: PartRole
}

/** Stands where nothing is chosen yet; it is read as empty. */
export const BLANK = '…'

const HUGS_LEFT = /^[,;:.)\]，、；：。）]/u
const HUGS_RIGHT = /[(（，、；：。]$/u
const CJK_END = /[\p{Script=Han}]$/u
const CJK_START = /^[\p{Script=Han}]/u
const OPEN_QUOTE = /^["“„«(（#…]/u
const SHUT_QUOTE = /["”»)）…]$/u

export function plainSentence(parts: readonly SentencePart[]): string {
  return parts
    .map(({ text }, i) => {
      const before = parts[i - 1]
      return before !== undefined && spaced(before.text, text) ? ` ${text}` : text
    })
    .join('')
}

/** Whether a space belongs between two pieces. Chinese has none, but beside Latin letters and digits. */
export function spaced(before: string, after: string): boolean {
  if (HUGS_LEFT.test(after) || HUGS_RIGHT.test(before)) return false
  const [han, hanNext] = [CJK_END.test(before), CJK_START.test(after)]
  if (han && (hanNext || OPEN_QUOTE.test(after))) return false
  return !(hanNext && SHUT_QUOTE.test(before)) && !(before.endsWith('）') || after.startsWith('（'))
}
