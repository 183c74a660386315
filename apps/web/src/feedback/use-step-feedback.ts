import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'
import type { Period } from '@parcurs/analytics'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { SegmentRule } from '@parcurs/domain'
import { segmentText } from '../segments/segment-search.ts'

export interface FeedbackAsked {
  readonly mapId: string
  readonly stepId: string
  readonly period: Period
  readonly segment: SegmentRule | null
  readonly limit: number
}

/** @param some whether there are any: where there are none nothing is asked */
export function useStepFeedback(
  workspace: string,
  question: FeedbackAsked,
  some: boolean,
): Asked<AnswerOf<'stepFeedback'>> {
  const ask = useAsk()
  const { mapId, stepId, period, segment, limit } = question
  return asked(
    useQuery({
      queryKey: ['feedback', workspace, question],
      enabled: some,
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        ask('stepFeedback', {
          params: { workspace, mapId, stepId },
          query: { ...period, segment: segmentText(segment ?? undefined), limit },
          signal,
        }),
    }),
  )
}
