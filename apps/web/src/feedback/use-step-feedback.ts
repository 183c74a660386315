import type { Period } from '@parcurs/analytics'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { SegmentLeaf } from '@parcurs/domain'
import { segmentText } from '../segments/segment-search.ts'

export interface FeedbackAsked {
  readonly mapId: string
  readonly stepId: string
  readonly period: Period
  readonly segment: readonly SegmentLeaf[]
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
