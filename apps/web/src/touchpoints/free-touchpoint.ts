import { type JourneyMap, soundStages } from '@parcurs/domain'

/** Whether a touchpoint stands on a map, as a part of a step or as its goal. */
export function standsOn(map: JourneyMap, touchpointId: string): boolean {
  return (
    map.goal?.touchpointId === touchpointId ||
    map.stages.some(({ steps }) =>
      steps.some(({ touchpointIds }) => touchpointIds.includes(touchpointId)),
    )
  )
}

/**
 * The map without the touchpoint: steps keep their others, a step that had it alone goes, a goal that was it is none.
 * null: no step would be left, and a map needs one.
 */
export function freedOf(map: JourneyMap, touchpointId: string): JourneyMap | null {
  const stages = map.stages.map((stage) => ({
    ...stage,
    steps: stage.steps.flatMap((step) => {
      const touchpointIds = step.touchpointIds.filter((id) => id !== touchpointId)
      const alone = touchpointIds.length === 0 && step.touchpointIds.length > 0
      return alone ? [] : [{ ...step, touchpointIds }]
    }),
  }))
  if (stages.every(({ steps }) => steps.length === 0)) return null
  const goal = map.goal?.touchpointId === touchpointId ? null : map.goal
  return { ...map, goal, stages: soundStages(stages) }
}

/** The steps that would go with it. */
export function stepsOnlyOf(map: JourneyMap, touchpointId: string): readonly string[] {
  return map.stages.flatMap(({ steps }) =>
    steps.flatMap(({ name, touchpointIds }) =>
      touchpointIds.length > 0 && touchpointIds.every((id) => id === touchpointId) ? [name] : [],
    ),
  )
}
