import { type MatchRule, NO_NAMES, plainSentence, sentenceWriter } from '@parcurs/domain'
import { useMemo } from 'react'
import { firstLanguage } from '../languages/language.ts'
import { useTranslation } from '../languages/translation.ts'
import { sentenceLook } from '../sentences/sentence-look.ts'

/** A rule as one reads it: "event is “purchase” and channel is “web”". */
export function useRuleText(): (rule: MatchRule) => string {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const writer = sentenceWriter(firstLanguage(language, []), NO_NAMES, sentenceLook(language))
    return (rule) => plainSentence(writer.condition(rule))
  }, [language])
}
