import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { segmentText } from '../segments/segment-search.ts'
import type { CustomersSearch } from '../shell/searches.ts'

export function useCustomers(workspace: string, search: CustomersSearch) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['customers', workspace, search],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      ask('customers', {
        params: { workspace },
        query: { ...search, segment: segmentText(search.segment), limit: 200 },
        signal,
      }),
  })
}

/** Events before `beforeMs`; undefined: the latest. */
export function useJourney(
  workspace: string,
  customer: string,
  mapId: string | undefined,
  beforeMs: number | undefined,
) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['journey', workspace, customer, mapId, beforeMs],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      ask('customerJourney', {
        params: { workspace, customer },
        query: { mapId, beforeMs },
        signal,
      }),
  })
}
