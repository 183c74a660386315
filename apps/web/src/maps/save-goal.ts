import type { JourneyMap, Stage } from '@parcurs/domain'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import type { AnswerOf, BodyOf } from '../api/routes.ts'
import { mapQuery } from './map-queries.ts'

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
