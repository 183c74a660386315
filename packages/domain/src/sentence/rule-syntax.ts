import { isGroup } from '../condition/nest.ts'
import type { SegmentLeaf, SegmentRule } from '../segment/segment-rule.ts'
import { alone, nestSyntax } from './nest-syntax.ts'
import { segmentLeafSyntax } from './segment-syntax.ts'
import type { SentenceNames } from './sentence-names.ts'
import type { SpokenWords } from './spoken-words.ts'
import { either, ofWhole, phrase, saidAs, type Syntax, theField } from './syntax.ts'

/** A whole rule; everybody and nobody need no conditions. */
export function ruleSyntax(spoken: SpokenWords, names: SentenceNames): Syntax<SegmentRule> {
  const { phrases } = spoken
  const empty = (words: string, kind: 'all' | 'any'): Syntax<SegmentRule> =>
    saidAs<SegmentRule, Readonly<Record<never, never>>>(
      phrase(words, {}, theField('.kind')),
      (rule) => {
        const { nest } = alone(rule, '')
        return isGroup(nest) && nest.kind === kind && nest.rules.length === 0 ? {} : null
      },
      () => ({ kind, rules: [] }),
    )
  const conditions = nestSyntax<SegmentLeaf>(
    segmentLeafSyntax(spoken, names),
    phrases.customers,
    phrases.brackets,
  )
  const joined = saidAs<SegmentRule, { readonly rule: SegmentRule }>(
    phrase(phrases.whole, { rule: ofWhole(conditions) }),
    (rule) => ({ rule }),
    ({ rule }) => rule,
  )
  return either(empty(phrases.everybody, 'all'), empty(phrases.nobody, 'any'), joined)
}
