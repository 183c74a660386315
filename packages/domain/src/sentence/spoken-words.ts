import { SENTENCE_PHRASES } from './sentence-phrases.ts'
import type { Phrases } from './phrases.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import { folded } from './source-text.ts'

/** A language, ready to be spoken. */
export interface SpokenWords {
  readonly phrases: Phrases
  readonly plural: Intl.PluralRules
  /** Every word that the language's sentences are made of, folded: a bare name is none of them. */
  readonly own: ReadonlySet<string>
  /** Of a longer list only so many are said, and how many there are. */
  readonly mostListed: number
}

export function spokenWords(
  language: SentenceLanguage,
  mostListed = Number.POSITIVE_INFINITY,
): SpokenWords {
  const phrases = SENTENCE_PHRASES[language]
  const texts = textsIn(phrases).map((text) => text.replaceAll(/\{\w+\}|\[\w+:|\]/g, ' '))
  const own = new Set(texts.flatMap((text) => folded(text).match(/[\p{L}\p{N}_]+/gu) ?? []))
  return { phrases, plural: new Intl.PluralRules(language), own, mostListed }
}

function textsIn(given: unknown): readonly string[] {
  if (typeof given === 'string') return [given]
  return typeof given === 'object' && given !== null
    ? Object.values(given).flatMap((part) => textsIn(part))
    : []
}
