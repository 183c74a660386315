import { useMemo } from 'react'
import { useTranslation } from '../languages/translation.ts'
import { useNumbers } from '../numbers/numbers-context.ts'
import type { SegmentNames } from './names.ts'
import { type SentenceWriter, sentenceWriter } from './sentence.ts'

/** Says rules in the language spoken. */
export function useSentence(names: SegmentNames): SentenceWriter {
  const { t } = useTranslation()
  const numbers = useNumbers()
  return useMemo(() => sentenceWriter(t, numbers, names), [t, numbers, names])
}
