import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Ask, useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'

export function touchpointsQuery(ask: Ask, workspace: string) {
  return queryOptions({
    queryKey: ['touchpoints', workspace, 'defined'],
    queryFn: ({ signal }) => ask('touchpointLibrary', { params: { workspace }, signal }),
  })
}

/** What touchpoints are; what they matched is counted for their own page alone. */
export function useTouchpoints(
  workspace: string,
  wanted = true,
): Asked<AnswerOf<'touchpointLibrary'>> {
  return asked(useQuery({ ...touchpointsQuery(useAsk(), workspace), enabled: wanted }))
}
