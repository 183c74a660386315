import type { EventCondition } from '../condition/event-condition.ts'
import type { SegmentLeaf, SegmentRule } from '../segment/segment-rule.ts'
import { conditionSyntax } from './event-syntax.ts'
import { segmentLeafSyntax } from './segment-syntax.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import type { SentenceNames } from './sentence-names.ts'
import type { RulePlace, SentencePart } from './sentence-part.ts'
import { ruleSyntax } from './rule-syntax.ts'
import { spokenWords } from './spoken-words.ts'

/** "Customers who did “Order” at least 2 times in the last 90 days and whose country is “RO”". */
export function ruleSentence(
  rule: SegmentRule,
  language: SentenceLanguage,
  names: SentenceNames,
  place: RulePlace = 'rule',
): readonly SentencePart[] {
  return ruleSyntax(spokenWords(language), names).write(rule, place) ?? []
}

/** One condition of a rule by itself: "who did “Order” at least 2 times in the last 90 days". */
export function leafSentence(
  leaf: SegmentLeaf,
  language: SentenceLanguage,
  names: SentenceNames,
  place: RulePlace = 'rule',
): readonly SentencePart[] {
  return segmentLeafSyntax(spokenWords(language), names).write(leaf, place) ?? []
}

/** Which events: "event is “Order” and channel is “web”". */
export function conditionSentence(
  condition: EventCondition,
  language: SentenceLanguage,
  names: SentenceNames,
  place: RulePlace = 'rule',
): readonly SentencePart[] {
  return conditionSyntax(spokenWords(language), names).write(condition, place) ?? []
}
