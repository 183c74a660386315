import { QueryClient } from '@tanstack/react-query'
import { isUnreachable, Problem } from './problem.ts'

/** What could not be reached is asked again this often, until it can. */
const HEAL_MS = 3_000

/** Keeps what was answered. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A refusal stays one; what the network or a restart lost is asked twice more.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
        // Our server may be this very machine: whether there is an internet says nothing about it.
        networkMode: 'always',
        refetchInterval: ({ state }) => healing(state.error),
        refetchOnWindowFocus: false,
        staleTime: 15_000,
      },
      mutations: { networkMode: 'always' },
    },
  })
}

/** When to ask again by itself after `error`; false: not. */
export function healing(error: Error | null): number | false {
  return isUnreachable(error) ? HEAL_MS : false
}
