import type { FactsNeeded } from './facts-needed.ts'

/** What is new of a customer. `whole`: anything of theirs may be another. */
export type Touch = 'whole' | NewFacts

export interface NewFacts {
  /** Of the events that came. */
  readonly kinds: readonly number[]
  /** That have other values. */
  readonly traits: readonly string[]
}

/** Time went on, and nothing else. */
export const UNTOUCHED: Touch = { kinds: [], traits: [] }

/**
 * Whether what is new can change the answer of rules that need these facts.
 *
 * Law: where it cannot, the answer at every instant is the one without what is new.
 */
export function concerns(
  { kinds, traits, groupTraits, answers, lists }: FactsNeeded,
  touch: Touch,
): boolean {
  if (touch === 'whole') return true
  // Any event may be an answer, and nothing tells when a list was filled.
  if (lists.length > 0 || (answers && touch.kinds.length > 0)) return true
  return (
    touch.kinds.some((kind) => kinds.has(kind)) ||
    touch.traits.some(
      (name) => traits.includes(name) || groupTraits.some(({ holder }) => holder === name),
    )
  )
}
