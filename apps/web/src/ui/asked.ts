import type { UseQueryResult } from '@tanstack/react-query'

/** Everything a screen can be in while asking. A screen that forgets one does not compile. */
export type Asked<Answer> =
  | { readonly state: 'asking' }
  | { readonly state: 'failed'; readonly error: Error; readonly retry: () => void }
  | { readonly state: 'answered'; readonly answer: Answer; readonly refreshing: boolean }

export function asked<Answer>(query: UseQueryResult<Answer>): Asked<Answer> {
  if (query.data !== undefined) {
    return { state: 'answered', answer: query.data, refreshing: query.isFetching }
  }
  if (query.error !== null) {
    return { state: 'failed', error: query.error, retry: () => void query.refetch() }
  }
  return { state: 'asking' }
}
