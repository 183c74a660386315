import type { EventCondition } from '../condition/event-condition.ts'
import type { SegmentRule } from '../segment/segment-rule.ts'
import { conditionSyntax } from './event-syntax.ts'
import { ruleSyntax } from './rule-syntax.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import type { SentenceNames } from './sentence-names.ts'
import { type Expected, sourceText } from './source-text.ts'
import { spokenWords } from './spoken-words.ts'
import type { Syntax } from './syntax.ts'

export type SentenceRead<Rule> =
  | { readonly ok: true; readonly rule: Rule }
  | {
      readonly ok: false
      readonly code: 'not-a-sentence'
      /** The place in the text, from 0; its length: the text ends too early. */
      readonly at: number
      /** What stands there. */
      readonly value: string
      /** Any of these would have gone on. */
      readonly expected: readonly Expected[]
    }

/**
 * The rule that a sentence says. Case, accents and spaces of our own words do not matter, nor the sort of quotes;
 * a full stop may follow. What the rule then says may still be refused by `segmentFaults`.
 */
export function readSentence(
  text: string,
  language: SentenceLanguage,
  names: SentenceNames,
): SentenceRead<SegmentRule> {
  return readBy(ruleSyntax(spokenWords(language), names), text)
}

/** The condition that `conditionSentence` says. */
export function readConditionSentence(
  text: string,
  language: SentenceLanguage,
  names: SentenceNames,
): SentenceRead<EventCondition> {
  return readBy(conditionSyntax(spokenWords(language), names), text)
}

const FULL_STOP = /[.。]/u

function readBy<Rule>(syntax: Syntax<Rule>, text: string): SentenceRead<Rule> {
  const source = sourceText(text)
  for (const { value, end } of syntax.read(source, 0)) {
    const next = source.seen(end)
    const stop = FULL_STOP.test(text.charAt(next)) ? source.seen(next + 1) : next
    if (stop === text.length) return { ok: true, rule: value }
    source.expect(next, { kind: 'end' })
  }
  const { at, expected } = source.wrong()
  return { ok: false, code: 'not-a-sentence', at, value: text.slice(at, at + SHOWN), expected }
}

const SHOWN = 40
