import { type JourneyMap, PLAIN_STEP, type Stage, type Step } from './journey-map.ts'

/** The format in which maps are written now; its number stands beside each stored one. */
export const MAP_FORMAT = 2

/** A map in any format that was ever written. */
export type StoredMap = JourneyMap | MapOfFormat1

/** Format 1 knew no alternatives, loops, repeatable steps and detailed maps. */
type MapOfFormat1 = Omit<JourneyMap, 'stages'> & {
  readonly stages: readonly (Omit<Stage, 'steps'> & {
    readonly steps: readonly Omit<Step, keyof typeof PLAIN_STEP>[]
  })[]
}

/**
 * A stored map in today's format: from each format one line leads to the next.
 *
 * @param format in which it was stored; throws for one that only a later version writes
 */
export function readStoredMap(format: number, stored: StoredMap): JourneyMap {
  if (format > MAP_FORMAT) {
    throw new Error(`a map of format ${format}: this version reads formats up to ${MAP_FORMAT}`)
  }
  return withPlainSteps(stored)
}

/** To format 2: what a step does not say of itself is plain. One of format 2 says all of it. */
function withPlainSteps(stored: StoredMap): JourneyMap {
  return {
    ...stored,
    stages: stored.stages.map((stage) => ({
      ...stage,
      steps: stage.steps.map((step): Step => ({ ...PLAIN_STEP, ...step })),
    })),
  }
}
