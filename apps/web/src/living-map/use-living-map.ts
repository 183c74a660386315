import type { LivingMapQuestion } from '@parcurs/analytics'
import type { JourneyMap, Stage } from '@parcurs/domain'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useAsk } from '../api/ask.ts'
import type { MyWorkspace } from '../api/use-me.ts'
import { conditionsOf, type MapSearch } from './map-search.ts'
import { comparedPeriod, FIRST_PERIOD, periodOf } from './period.ts'

/** A minute: the question is the cache key, so "now" may not move with every drawing. */
const STEADY_MS = 60_000

export function useMaps(workspace: string) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['maps', workspace],
    queryFn: ({ signal }) => ask('maps', { params: { workspace }, signal }),
  })
}

export function useMap(workspace: string, mapId: string | undefined) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['map', workspace, mapId],
    enabled: mapId !== undefined,
    queryFn: ({ signal }) => ask('map', { params: { workspace, mapId: mapId ?? '' }, signal }),
  })
}

/** Names, channels, properties and traits seen in the workspace's events: what pickers offer. */
export function useVocabulary(workspace: string) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['vocabulary', workspace],
    queryFn: ({ signal }) => ask('vocabulary', { params: { workspace }, signal }),
    staleTime: 300_000,
  })
}

export function useTouchpoints(workspace: string) {
  const ask = useAsk()
  return useQuery({
    queryKey: ['touchpoints', workspace],
    queryFn: ({ signal }) => ask('touchpoints', { params: { workspace }, signal }),
  })
}

/** The numbers of a map. While another period is asked, the last answer stands and `isFetching` says so. */
export function useLivingMap(
  workspace: MyWorkspace,
  map: JourneyMap | undefined,
  search: MapSearch,
) {
  const ask = useAsk()
  const question = useMemo(() => questionOf(workspace, map, search), [workspace, map, search])
  return useQuery({
    queryKey: ['living-map', workspace.slug, map?.version, question],
    enabled: question !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      if (question === null) throw new Error('A map is asked before it is known')
      return ask('ask', { params: { workspace: workspace.slug }, body: { question }, signal })
    },
  })
}

function questionOf(
  workspace: MyWorkspace,
  map: JourneyMap | undefined,
  search: MapSearch,
): LivingMapQuestion | null {
  if (map === undefined) return null
  const nowMs = Math.floor(Date.now() / STEADY_MS) * STEADY_MS
  const period = periodOf(search.period ?? FIRST_PERIOD, nowMs, workspace.timeZone)
  const conditions = conditionsOf(search.segment)
  return {
    version: 1,
    kind: 'living-map',
    mapId: map.id,
    period,
    segment: conditions.length === 0 ? null : { conditions },
    compareTo: comparedPeriod(period, search.compare ?? 'none', workspace.timeZone),
    windowDays: null,
  }
}

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
