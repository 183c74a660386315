import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'

/**
 * Names, channels, properties and traits seen in the workspace's events: what pickers offer. It is read from
 * all events, so it is asked for when it is `wanted`.
 */
export function useVocabulary(workspace: string, wanted = true): Asked<AnswerOf<'vocabulary'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['vocabulary', workspace],
      queryFn: ({ signal }) => ask('vocabulary', { params: { workspace }, signal }),
      enabled: wanted,
      staleTime: 300_000,
    }),
  )
}
