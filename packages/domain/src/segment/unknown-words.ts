import type { EventLeaf, TouchpointLeaf } from '../condition/event-condition.ts'
import { nearestNames } from './nearest-names.ts'
import { placedLeaves } from './resolve-segment.ts'
import { eventsOf } from './segment-leaves.ts'
import type { SegmentLeaf, SegmentRule } from './segment-rule.ts'

export type WordKind =
  | 'event'
  | 'property'
  | 'trait'
  | 'channel'
  | 'touchpoint'
  | 'segment'
  | 'list'
  | 'map'

/** What there is of each kind: names, or ids of what has ids. null: it could not be found out, so nothing is unknown. */
export type Vocabulary = Readonly<Record<WordKind, ReadonlySet<string> | null>>

/** A word of a rule. */
export interface RuleWord {
  /** As in JavaScript: `rule.rules[0].trait`. */
  readonly place: string
  readonly kind: WordKind
  readonly name: string
}

/** A word that nothing in the data is like yet: allowed, since it may still come, but shown. */
export interface UnknownWord extends RuleWord {
  /** What may have been meant, the likeliest first; at most three. */
  readonly nearest: readonly string[]
}

/** So many words are compared with all that there are; a rule that guesses more is not helped by it. */
const MOST_COMPARED = 20
/** Ids say nothing to anybody; a name that is nearly another one does. */
const NAMED: ReadonlySet<WordKind> = new Set(['event', 'property', 'trait', 'channel'])

/** In reading order. */
export function unknownWords(
  rule: SegmentRule,
  vocabulary: Vocabulary,
  place = 'rule',
): readonly UnknownWord[] {
  return wordsOf(rule, place)
    .filter(({ kind, name }) => vocabulary[kind]?.has(name) === false)
    .map((word, i) => {
      const known = NAMED.has(word.kind) && i < MOST_COMPARED ? vocabulary[word.kind] : null
      return { ...word, nearest: known === null ? [] : nearestNames(word.name, known) }
    })
}

/** Everything that a rule calls by its name. Traits of groups are left out: they are no customer's own. */
export function wordsOf(rule: SegmentRule, place = 'rule'): readonly RuleWord[] {
  return placedLeaves(rule, place).flatMap(([leaf, at]) => [
    ...eventsOf(leaf).flatMap(([within, event]) =>
      placedLeaves(event, `${at}.${within}`).flatMap(([one, where]) => eventWords(one, where)),
    ),
    ...ownWords(leaf, at),
  ])
}

function ownWords(leaf: SegmentLeaf, place: string): readonly RuleWord[] {
  switch (leaf.kind) {
    case 'trait':
      return leaf.trait.startsWith('group.')
        ? []
        : [{ place: `${place}.trait`, kind: 'trait', name: leaf.trait }]
    case 'amount':
    case 'distinct':
      return leaf.of.kind === 'property'
        ? [{ place: `${place}.of.property`, kind: 'property', name: leaf.of.property }]
        : []
    case 'on-map':
      return [{ place: `${place}.map`, kind: 'map', name: leaf.map }]
    case 'said':
      return leaf.touchpoint === null
        ? []
        : [{ place: `${place}.touchpoint`, kind: 'touchpoint', name: leaf.touchpoint }]
    case 'in':
      return [{ place: `${place}.id`, kind: leaf.of, name: leaf.id }]
    case 'did':
    case 'first':
    case 'last':
    case 'sequence':
      return []
  }
}

function eventWords(leaf: EventLeaf | TouchpointLeaf, place: string): readonly RuleWord[] {
  switch (leaf.kind) {
    case 'event':
      return leaf.names.map((name, i) => ({ place: `${place}.names[${i}]`, kind: 'event', name }))
    case 'channel':
      return leaf.channels.map((name, i) => ({
        place: `${place}.channels[${i}]`,
        kind: 'channel',
        name,
      }))
    case 'property':
      return [{ place: `${place}.property`, kind: 'property', name: leaf.property }]
    case 'touchpoint':
      return [{ place: `${place}.touchpoint`, kind: 'touchpoint', name: leaf.touchpoint }]
    case 'url':
      return []
  }
}
