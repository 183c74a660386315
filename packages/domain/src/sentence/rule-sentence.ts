import type { EventCondition } from '../condition/event-condition.ts'
import type { SegmentLeaf, SegmentRule } from '../segment/segment-rule.ts'
import { conditionSyntax } from './event-syntax.ts'
import { segmentLeafSyntax } from './segment-syntax.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import type { SentenceNames } from './sentence-names.ts'
import type { RulePlace, SentencePart } from './sentence-part.ts'
import { ruleSyntax } from './rule-syntax.ts'
import { spokenWords } from './spoken-words.ts'

/** Says rules in one language. Made once for many rules: a language's grammar takes longer than a sentence of it. */
export interface SentenceWriter {
  /** "Customers who did “Order” at least 2 times in the last 90 days and whose country is “RO”". */
  readonly rule: (rule: SegmentRule, place?: RulePlace) => readonly SentencePart[]
  /** One condition of a rule by itself: "who did “Order” at least 2 times in the last 90 days". */
  readonly leaf: (leaf: SegmentLeaf, place?: RulePlace) => readonly SentencePart[]
  /** Which events: "event is “Order” and channel is “web”". */
  readonly condition: (condition: EventCondition, place?: RulePlace) => readonly SentencePart[]
}

export function sentenceWriter(language: SentenceLanguage, names: SentenceNames): SentenceWriter {
  const spoken = spokenWords(language)
  const rules = ruleSyntax(spoken, names)
  const leaves = segmentLeafSyntax(spoken, names)
  const conditions = conditionSyntax(spoken, names)
  return {
    rule: (rule, place = 'rule') => rules.write(rule, place) ?? [],
    leaf: (leaf, place = 'rule') => leaves.write(leaf, place) ?? [],
    condition: (condition, place = 'rule') => conditions.write(condition, place) ?? [],
  }
}

export function ruleSentence(
  rule: SegmentRule,
  language: SentenceLanguage,
  names: SentenceNames,
): readonly SentencePart[] {
  return sentenceWriter(language, names).rule(rule)
}
