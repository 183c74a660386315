import type { JourneyMap } from '@parcurs/domain'

/** What a step is called; a step that is no longer there by its id. */
export function stepName(map: JourneyMap, stepId: string): string {
  return (
    map.stages.flatMap((stage) => stage.steps).find((step) => step.id === stepId)?.name ?? stepId
  )
}
