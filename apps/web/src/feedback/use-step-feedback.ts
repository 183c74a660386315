import type { Period } from '@parcurs/analytics'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { segmentText, type SimpleCondition } from '../segments/segment-search.ts'

export interface FeedbackAsked {
  readonly mapId: string
  readonly stepId: string
  readonly period: Period
  readonly segment: readonly SimpleCondition[]
  readonly limit: number
}

/** @param some whether there are any: where there are none nothing is asked */
export function useStepFeedback(workspace: string, asked: FeedbackAsked, some: boolean) {
  const ask = useAsk()
  const { mapId, stepId, period, segment, limit } = asked
  return useQuery({
    queryKey: ['feedback', workspace, asked],
    enabled: some,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      ask('stepFeedback', {
        params: { workspace, mapId, stepId },
        query: { ...period, segment: segmentText(segment), limit },
        signal,
      }),
  })
}
