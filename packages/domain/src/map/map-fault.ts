import type { JourneyMap } from './journey-map.ts'
import { type LinkedMaps, linkFaults } from './map-link-fault.ts'

export const MAP_FAULTS = [
  'id-twice',
  'touchpoint-unknown',
  'too-many-steps',
  'alternatives-apart',
  'loop-unknown',
  'loop-ahead',
  'detail-unknown',
  'detail-circle',
  'too-many-details',
] as const
export type MapFaultCode = (typeof MAP_FAULTS)[number]

/** What is wrong with a map: where (as in JavaScript), and what was expected; the code says it to other languages. */
export interface MapFault {
  readonly code: MapFaultCode
  readonly place: string
  readonly value: string
  readonly expected: string
}

/** More steps than this nobody can read, and no code has room for. */
export const MAX_MAP_STEPS = 120

/**
 * What the shape alone does not say: ids are unique, touchpoints exist, links lead somewhere.
 *
 * @param touchpointIds of the workspace
 * @param linked the maps of the workspace
 * @returns empty for a good map; places as in JavaScript: `map.stages[0].steps[1].touchpointIds[0]`
 */
export function mapFaults(
  map: Pick<JourneyMap, 'stages' | 'goal'>,
  touchpointIds: ReadonlySet<string>,
  linked: LinkedMaps,
): readonly MapFault[] {
  const faults: MapFault[] = []
  const stageIds = new Set<string>()
  const stepIds = new Set<string>()
  const once = (seen: Set<string>, id: string, place: string, what: string) => {
    if (seen.has(id))
      faults.push({
        code: 'id-twice',
        place,
        value: JSON.stringify(id),
        expected: `an id of its own for each ${what}`,
      })
    seen.add(id)
  }
  const known = (id: string, place: string) => {
    if (!touchpointIds.has(id)) {
      faults.push({
        code: 'touchpoint-unknown',
        place,
        value: JSON.stringify(id),
        expected: 'a touchpoint of this workspace',
      })
    }
  }
  map.stages.forEach((stage, s) => {
    once(stageIds, stage.id, `map.stages[${s}].id`, 'stage')
    stage.steps.forEach((step, i) => {
      const place = `map.stages[${s}].steps[${i}]`
      once(stepIds, step.id, `${place}.id`, 'step')
      step.touchpointIds.forEach((id, t) => known(id, `${place}.touchpointIds[${t}]`))
    })
  })
  if (map.goal !== null) known(map.goal.touchpointId, 'map.goal.touchpointId')
  const steps = map.stages.reduce((sum, stage) => sum + stage.steps.length, 0)
  if (steps > MAX_MAP_STEPS) {
    faults.push({
      code: 'too-many-steps',
      place: 'map.stages',
      value: `${steps} steps`,
      expected: `at most ${MAX_MAP_STEPS} steps`,
    })
  }
  return [...faults, ...linkFaults(map, linked)]
}
