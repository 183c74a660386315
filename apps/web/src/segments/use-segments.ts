import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'

export type SavedSegment = AnswerOf<'segment'>

export function useSegments(workspace: string, wanted = true): Asked<readonly SavedSegment[]> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['segments', workspace],
      queryFn: ({ signal }) => ask('segments', { params: { workspace }, signal }),
      enabled: wanted,
    }),
  )
}

export function useSegment(workspace: string, segmentId: string): Asked<SavedSegment> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['segment', workspace, segmentId],
      queryFn: ({ signal }) => ask('segment', { params: { workspace, segmentId }, signal }),
    }),
  )
}
