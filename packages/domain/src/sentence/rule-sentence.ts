import type { EventCondition } from '../condition/event-condition.ts'
import type { SegmentLeaf, SegmentRule } from '../segment/segment-rule.ts'
import { conditionSyntax } from './event-syntax.ts'
import { ruleSyntax } from './rule-syntax.ts'
import { segmentLeafSyntax } from './segment-syntax.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import type { SentenceNames } from './sentence-names.ts'
import { partsOf, plainSentence, type SentencePart } from './sentence-part.ts'
import type { RulePlace, SentencePiece } from './sentence-piece.ts'
import { spokenWords } from './spoken-words.ts'

/** Says rules in one language. Made once for many rules: a language's grammar takes longer than a sentence of it. */
export interface SentenceWriter {
  /** "Customers who did “Order” at least 2 times in the last 90 days and whose country is “RO”". */
  readonly rule: (rule: SegmentRule) => readonly SentencePart[]
  /** One condition of a rule by itself: "who did “Order” at least 2 times in the last 90 days". */
  readonly leaf: (leaf: SegmentLeaf, place?: RulePlace) => readonly SentencePart[]
  /** Which events: "event is “Order” and channel is “web”". */
  readonly condition: (condition: EventCondition) => readonly SentencePart[]
  /** Between conditions: "and", "or". */
  readonly and: string
  readonly or: string
}

/** How a sentence is said that is only looked at: it is not read back. */
export interface SentenceLook {
  /** Of a longer list of values so many are said. */
  readonly mostListed: number
  readonly number: (value: number) => string
  /** @param date `2026-01-31` */
  readonly date: (date: string) => string
}

/** @param look absent: as it is read back */
export function sentenceWriter(
  language: SentenceLanguage,
  names: SentenceNames,
  look?: SentenceLook,
): SentenceWriter {
  const spoken = spokenWords(language, look?.mostListed)
  const said = (pieces: readonly SentencePiece[] | null) =>
    partsOf(
      (pieces ?? []).map((piece) =>
        look === undefined || piece.plain === undefined
          ? piece
          : {
              ...piece,
              text:
                piece.plain === 'date' ? look.date(piece.text) : look.number(Number(piece.text)),
            },
      ),
    )
  const { phrases } = spoken
  const rules = ruleSyntax(spoken, names)
  const leaves = segmentLeafSyntax(spoken, names)
  const conditions = conditionSyntax(spoken, names)
  return {
    rule: (rule) => said(rules.write(rule, 'rule')),
    leaf: (leaf, place = 'rule') => said(leaves.write(leaf, place)),
    condition: (condition) => said(conditions.write(condition, 'rule')),
    and: phrases.customers.and.replace(LEADING_COMMA, ''),
    or: phrases.customers.or.replace(LEADING_COMMA, ''),
  }
}

/** Where conditions stand one below the other, the line says what the comma did. */
const LEADING_COMMA = /^[,，]\s*/u

/** A whole rule as text. */
export function ruleSentence(
  rule: SegmentRule,
  language: SentenceLanguage,
  names: SentenceNames,
): string {
  return plainSentence(sentenceWriter(language, names).rule(rule))
}
