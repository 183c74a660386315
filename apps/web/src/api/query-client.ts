import { QueryClient } from '@tanstack/react-query'
import { Problem } from './problem.ts'

/** Keeps what was answered. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A refusal stays one; what the network or a restart lost is asked twice more.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
        refetchOnWindowFocus: false,
        staleTime: 15_000,
      },
    },
  })
}
