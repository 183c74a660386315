import { useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'

/**
 * Names, channels, properties and traits seen in the workspace's events: what pickers offer. It is read from
 * all events, so it is asked for when it is `wanted`.
 */
export function useVocabulary(workspace: string, wanted = true) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['vocabulary', workspace],
    queryFn: ({ signal }) => ask('vocabulary', { params: { workspace }, signal }),
    enabled: wanted,
    staleTime: 300_000,
  })
}
