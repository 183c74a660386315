import { type SentenceNames, type SentenceWriter, sentenceWriter } from '@parcurs/domain'
import { useMemo } from 'react'
import { firstLanguage } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { sentenceLook } from './sentence-look.ts'

/** Says rules in the language spoken, to be looked at. */
export function useSentence(names: SentenceNames): SentenceWriter {
  const { language } = useTranslation().i18n
  return useMemo(
    () => sentenceWriter(firstLanguage(language, []), names, sentenceLook(language)),
    [language, names],
  )
}
