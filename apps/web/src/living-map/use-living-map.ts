import type { LivingMapAnswer } from '@parcurs/analytics'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import type { ListedMap } from '../maps/map-queries.ts'
import { type Asked, asked } from '../ui/asked.ts'
import { askedAgainMs } from './asked-again.ts'
import { livingMapQuery } from './living-map-query.ts'
import type { MapSearch } from './map-search.ts'

/**
 * The numbers of a map. While another period is asked, the last answer of the same map stands; while the same is asked
 * again, because events come, it stands as it is.
 */
export function useLivingMap(
  workspace: MyWorkspace,
  map: ListedMap | undefined,
  search: MapSearch,
): Asked<LivingMapAnswer> {
  const ask = useAsk()
  const { id, version } = map ?? NO_MAP
  const query = useMemo(
    () => livingMapQuery(ask, workspace, { id, version }, search),
    [ask, workspace, id, version, search],
  )
  return asked(
    useQuery({
      ...query,
      enabled: map !== undefined,
      refetchInterval: ({ state }) => askedAgainMs(state.error, search.segment !== undefined),
      placeholderData: (before) => (before?.question.mapId === id ? before : undefined),
    }),
  )
}

const NO_MAP: ListedMap = { id: '', version: 0 }
