import type { Phrases } from './phrases.ts'
import { GREEK } from './sentence-el.ts'
import { ENGLISH } from './sentence-en.ts'
import type { SentenceLanguage } from './sentence-language.ts'
import { ROMANIAN } from './sentence-ro.ts'
import { RUSSIAN } from './sentence-ru.ts'
import { CHINESE } from './sentence-zh.ts'

export const SENTENCE_PHRASES: Readonly<Record<SentenceLanguage, Phrases>> = {
  en: ENGLISH,
  ro: ROMANIAN,
  ru: RUSSIAN,
  el: GREEK,
  zh: CHINESE,
}
