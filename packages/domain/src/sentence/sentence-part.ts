import { type RulePlace, type SentencePiece, spaced } from './sentence-piece.ts'
import { type SlotField, slotAt } from './slot-place.ts'

/** A sentence is its parts, one after the other: words, and slots whose value can be changed. */
export type SentencePart = SentenceWords | SentenceSlot

export interface SentenceWords {
  readonly kind: 'words'
  readonly text: string
}

/** What one field of a condition, or the word that joins a group, says. */
export interface SentenceSlot {
  readonly kind: 'slot'
  readonly field: SlotField
  /** Of the field: `rule.rules[0].window`. */
  readonly place: RulePlace
  readonly text: string
  /** `gap`: something has to be chosen yet. `unsaid`: it may be said and is not, the text is empty. */
  readonly state: 'said' | 'gap' | 'unsaid'
}

export function plainSentence(parts: readonly SentencePart[]): string {
  return parts.map(({ text }) => text).join('')
}

/** Pieces of one slot make one part; spaces, and the comma before a slot, are words. */
export function partsOf(pieces: readonly SentencePiece[]): readonly SentencePart[] {
  const slots = pieces.map(({ place }) => (place === null ? null : slotAt(place)))
  const parts: SentencePart[] = []
  let before = ''
  const words = (text: string): void => {
    const last = parts.at(-1)
    if (text === '') return
    if (last?.kind === 'words') parts[parts.length - 1] = { ...last, text: last.text + text }
    else parts.push({ kind: 'words', text })
  }
  for (const [i, { text, gap }] of pieces.entries()) {
    const slot = slots[i] ?? around(slots, i)
    const space = before !== '' && text !== '' && spaced(before, text) ? ' ' : ''
    if (text !== '') before = text
    const last = parts.at(-1)
    if (slot === null) words(space + text)
    else if (last?.kind === 'slot' && last.place === slot.place) {
      const state = gap === true ? 'gap' : last.state
      parts[parts.length - 1] = { ...last, text: last.text + space + text, state }
    } else {
      const comma = LEADING_COMMA.exec(text)?.[0] ?? ''
      const state = text === '' ? 'unsaid' : gap === true ? 'gap' : 'said'
      words(space + comma)
      parts.push({ kind: 'slot', ...slot, text: text.slice(comma.length), state })
    }
  }
  return parts
}

const LEADING_COMMA = /^[,，]\s*/u

/** Words within a slot belong to it. */
function around(
  slots: readonly (ReturnType<typeof slotAt> | null)[],
  i: number,
): ReturnType<typeof slotAt> {
  const before = slots.slice(0, i).findLast((slot) => slot !== null)
  const after = slots.slice(i + 1).find((slot) => slot !== null)
  return before?.place === after?.place ? (before ?? null) : null
}
