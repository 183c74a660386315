import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import { segmentText } from '../segments/segment-search.ts'
import type { CustomersSearch } from '../shell/searches.ts'
import { type Asked, asked } from '../ui/asked.ts'

/** Listed at once: the latest of them. What is not among them is found by searching. */
export const LISTED = 1_000

export function useCustomers(
  workspace: string,
  search: CustomersSearch,
): Asked<AnswerOf<'customers'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['customers', workspace, search],
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        ask('customers', {
          params: { workspace },
          query: { ...search, segment: segmentText(search.segment), limit: LISTED },
          signal,
        }),
    }),
  )
}

/** Events before `beforeMs`; undefined: the latest. */
export function useJourney(
  workspace: string,
  customer: string,
  mapId: string | undefined,
  beforeMs: number | undefined,
): Asked<AnswerOf<'customerJourney'>> {
  const ask = useAsk()
  return asked(
    useQuery({
      queryKey: ['journey', workspace, customer, mapId, beforeMs],
      placeholderData: keepPreviousData,
      queryFn: ({ signal }) =>
        ask('customerJourney', {
          params: { workspace, customer },
          query: { mapId, beforeMs },
          signal,
        }),
    }),
  )
}
