import type { JourneyMap, Stage } from '@parcurs/domain'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf } from '../api/routes.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import {
  type ListedMap,
  livingMapQuery,
  mapQuery,
  mapsQuery,
  touchpointsQuery,
} from './map-queries.ts'
import type { MapSearch } from './map-search.ts'

export function useMaps(workspace: string) {
  return useQuery(mapsQuery(useAsk(), workspace))
}

export function useMap(workspace: string, mapId: string | undefined) {
  return useQuery({ ...mapQuery(useAsk(), workspace, mapId ?? ''), enabled: mapId !== undefined })
}

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

/** What touchpoints are; what they matched is counted for their own page alone. */
export function useTouchpoints(workspace: string) {
  return useQuery(touchpointsQuery(useAsk(), workspace))
}

/** The numbers of a map. While another period is asked, the last answer stands and `isFetching` says so. */
export function useLivingMap(
  workspace: MyWorkspace,
  map: ListedMap | undefined,
  search: MapSearch,
) {
  const ask = useAsk()
  const { id, version } = map ?? NO_MAP
  const query = useMemo(
    () => livingMapQuery(ask, workspace, { id, version }, search),
    [ask, workspace, id, version, search],
  )
  return useQuery({ ...query, enabled: map !== undefined, placeholderData: keepPreviousData })
}

const NO_MAP: ListedMap = { id: '', version: 0 }

/** Saves a changed map and shows it at once. */
export function useSaveMap(workspace: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, name, goal, windowDays, stages, version }: JourneyMap) =>
      ask('changeMap', {
        params: { workspace, mapId: id },
        body: { name, goal, windowDays, stages: stages.map(sent), version },
      }),
    onSuccess: (map) => {
      client.setQueryData(['map', workspace, map.id], map)
      // The list names the version that is measured: with the new one the numbers are asked anew at once.
      client.setQueryData<AnswerOf<'maps'>>(['maps', workspace], (maps) =>
        maps?.map((listed) =>
          listed.id === map.id ? { ...listed, name: map.name, version: map.version } : listed,
        ),
      )
      return client.invalidateQueries({ queryKey: ['maps', workspace] })
    },
  })
}

// The contract's lists are not `readonly`; what is sent is a copy.
function sent(stage: Stage) {
  return {
    ...stage,
    steps: stage.steps.map((step) => ({ ...step, touchpointIds: [...step.touchpointIds] })),
  }
}
