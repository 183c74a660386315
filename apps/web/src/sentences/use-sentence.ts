import { type SentenceNames, type SentenceWriter, sentenceWriter } from '@parcurs/domain'
import { useMemo } from 'react'
import { firstLanguage } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'

/** Says rules in the language spoken, to be looked at: long lists are cut short. */
export function useSentence(names: SentenceNames): SentenceWriter {
  const { language } = useTranslation().i18n
  return useMemo(
    () => sentenceWriter(firstLanguage(language, []), names, MOST_LISTED),
    [language, names],
  )
}

const MOST_LISTED = 3
