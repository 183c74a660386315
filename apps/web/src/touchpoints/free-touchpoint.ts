import type { JourneyMap } from '@parcurs/domain'

/** Whether a touchpoint stands on a map, as a part of a step or as its goal. */
export function standsOn(map: JourneyMap, touchpointId: string): boolean {
  return (
    map.goal?.touchpointId === touchpointId ||
    map.stages.some(({ steps }) =>
      steps.some(({ touchpointIds }) => touchpointIds.includes(touchpointId)),
    )
  )
}

/** The map without the touchpoint: a step that had it alone stays, with nothing measured; a goal that was it is none. */
export function freedOf(map: JourneyMap, touchpointId: string): JourneyMap {
  return {
    ...map,
    goal: map.goal?.touchpointId === touchpointId ? null : map.goal,
    stages: map.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step) => ({
        ...step,
        touchpointIds: step.touchpointIds.filter((id) => id !== touchpointId),
      })),
    })),
  }
}

/** The steps of which nothing would be measured any more. */
export function stepsOnlyOf(map: JourneyMap, touchpointId: string): readonly string[] {
  return map.stages.flatMap(({ steps }) =>
    steps.flatMap(({ name, touchpointIds }) =>
      touchpointIds.length > 0 && touchpointIds.every((id) => id === touchpointId) ? [name] : [],
    ),
  )
}
