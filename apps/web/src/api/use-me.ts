import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Asked, asked } from '../ui/asked.ts'
import { type Ask, useAsk } from './ask.ts'
import { Problem } from './problem.ts'
import type { AnswerOf } from './routes.ts'

export type Me = AnswerOf<'me'>
export type MyWorkspace = Me['workspaces'][number]

/** Who is signed in; null: nobody. */
export function useMe(): Asked<Me | null> {
  return asked(useQuery(meQuery(useAsk())))
}

export function meQuery(ask: Ask) {
  return queryOptions({
    queryKey: ['me'],
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await ask('me', { signal })
      } catch (cause) {
        if (cause instanceof Problem && cause.status === 401) return null
        throw cause
      }
    },
    staleTime: 60_000,
  })
}
