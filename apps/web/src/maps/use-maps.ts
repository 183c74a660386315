import type { JourneyMap, Stage } from '@parcurs/domain'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf, BodyOf } from '../api/routes.ts'
import { type Asked, asked } from '../ui/asked.ts'
import { mapQuery, mapsQuery } from './map-queries.ts'

export function useMaps(workspace: string, wanted = true): Asked<AnswerOf<'maps'>> {
  return asked(useQuery({ ...mapsQuery(useAsk(), workspace), enabled: wanted }))
}

export function useMap(workspace: string, mapId: string | undefined): Asked<JourneyMap> {
  const query = mapQuery(useAsk(), workspace, mapId ?? '')
  return asked(useQuery({ ...query, enabled: mapId !== undefined }))
}

export interface GoalChange {
  readonly mapId: string
  readonly goal: JourneyMap['goal']
}

/** Saves another goal and shows it at once. What is sent is the map as it stands in the data, not as it is said. */
export function useSaveGoal(workspace: string) {
  const ask = useAsk()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ mapId, goal }: GoalChange) => {
      const map = await client.ensureQueryData(mapQuery(ask, workspace, mapId))
      return ask('changeMap', { params: { workspace, mapId }, body: mapSent({ ...map, goal }) })
    },
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

/** A map as it is saved. The contract's lists are not `readonly`; what is sent is a copy. */
export function mapSent({
  name,
  goal,
  windowDays,
  stages,
  version,
}: JourneyMap): BodyOf<'changeMap'> {
  return { name, goal, windowDays, stages: stages.map(sent), version }
}

function sent(stage: Stage) {
  return {
    ...stage,
    steps: stage.steps.map((step) => ({
      ...step,
      touchpointIds: [...step.touchpointIds],
      loopsTo: [...step.loopsTo],
    })),
  }
}
