import type { JourneyMap } from './journey-map.ts'
import type { RuleFault } from './condition/rule-fault.ts'

/** More steps than this nobody can read, and no code has room for. */
export const MAX_MAP_STEPS = 120

/**
 * What the shape alone does not say: ids are unique, touchpoints exist, there is a step.
 *
 * @param touchpointIds of the workspace
 * @returns empty for a good map; places as in JavaScript: `map.stages[0].steps[1].touchpointIds[0]`
 */
export function mapFaults(
  map: Pick<JourneyMap, 'stages' | 'goal'>,
  touchpointIds: ReadonlySet<string>,
): readonly RuleFault[] {
  const faults: RuleFault[] = []
  const stageIds = new Set<string>()
  const stepIds = new Set<string>()
  const once = (seen: Set<string>, id: string, place: string, what: string) => {
    if (seen.has(id))
      faults.push({
        place,
        value: JSON.stringify(id),
        expected: `an id of its own for each ${what}`,
      })
    seen.add(id)
  }
  const known = (id: string, place: string) => {
    if (!touchpointIds.has(id)) {
      faults.push({ place, value: JSON.stringify(id), expected: 'a touchpoint of this workspace' })
    }
  }
  map.stages.forEach((stage, s) => {
    once(stageIds, stage.id, `map.stages[${s}].id`, 'stage')
    stage.steps.forEach((step, i) => {
      const place = `map.stages[${s}].steps[${i}]`
      once(stepIds, step.id, `${place}.id`, 'step')
      if (step.touchpointIds.length === 0) {
        faults.push({
          place: `${place}.touchpointIds`,
          value: '[]',
          expected: 'at least one touchpoint',
        })
      }
      step.touchpointIds.forEach((id, t) => known(id, `${place}.touchpointIds[${t}]`))
    })
  })
  if (map.goal !== null) known(map.goal.touchpointId, 'map.goal.touchpointId')
  const steps = map.stages.reduce((sum, stage) => sum + stage.steps.length, 0)
  if (steps === 0)
    faults.push({ place: 'map.stages', value: 'no step', expected: 'at least one step' })
  if (steps > MAX_MAP_STEPS) {
    faults.push({
      place: 'map.stages',
      value: `${steps} steps`,
      expected: `at most ${MAX_MAP_STEPS} steps`,
    })
  }
  return faults
}
