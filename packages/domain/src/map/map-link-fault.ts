import { type JourneyMap, mapPositions, type Step } from './journey-map.ts'
import type { MapFault } from './map-fault.ts'

/** What a map may link to: the maps of its workspace, and those that each of them links to. */
export interface LinkedMaps {
  /** The map itself; null: it is new, nothing leads to it. */
  readonly ownId: string | null
  readonly detailsOf: ReadonlyMap<string, readonly string[]>
}

/** Each detailed map is counted with the map that links to it. */
export const MAX_DETAIL_MAPS = 12

interface PlacedStep {
  readonly step: Step
  readonly place: string
  readonly position: number
}

/** Alternatives that stand apart, loops that do not lead back, detailed maps that are not there or lead back. */
export function linkFaults(
  map: Pick<JourneyMap, 'stages'>,
  linked: LinkedMaps,
): readonly MapFault[] {
  const positions = mapPositions(map)
  const steps = map.stages
    .flatMap(({ steps: inside }, s) =>
      inside.map((step, i) => ({ step, place: `map.stages[${s}].steps[${i}]` })),
    )
    .map((placed, i): PlacedStep => ({ ...placed, position: positions[i] ?? 0 }))
  return [...groupFaults(steps), ...loopFaults(steps), ...detailFaults(steps, linked)]
}

function groupFaults(steps: readonly PlacedStep[]): readonly MapFault[] {
  const first = new Map<string, number>()
  return steps.flatMap(({ step: { alternativeGroup: group }, place, position }) => {
    if (group === null) return []
    const where = first.get(group) ?? position
    first.set(group, where)
    if (where === position) return []
    return fault(
      'alternatives-apart',
      `${place}.alternativeGroup`,
      group,
      'the alternatives of a group side by side in one stage',
    )
  })
}

function loopFaults(steps: readonly PlacedStep[]): readonly MapFault[] {
  return steps.flatMap(({ step, place, position }) =>
    step.loopsTo.flatMap((id, i) => {
      const to = steps.find((other) => other.step.id === id)
      const at = `${place}.loopsTo[${i}]`
      if (to === undefined) return fault('loop-unknown', at, id, 'a step of this map')
      if (to.position < position) return []
      return fault('loop-ahead', at, id, 'an earlier step: a loop leads back')
    }),
  )
}

function detailFaults(
  steps: readonly PlacedStep[],
  { ownId, detailsOf }: LinkedMaps,
): readonly MapFault[] {
  const details = new Set(steps.flatMap(({ step }) => step.detailMapId ?? []))
  const faults = steps.flatMap(({ step: { detailMapId: id }, place }) => {
    if (id === null) return []
    const at = `${place}.detailMapId`
    if (!detailsOf.has(id)) return fault('detail-unknown', at, id, 'another map of this workspace')
    if (ownId === null || !leadsTo(id, ownId, detailsOf)) return []
    return fault('detail-circle', at, id, 'a map that does not lead back to this one')
  })
  if (details.size <= MAX_DETAIL_MAPS) return faults
  return [
    ...faults,
    {
      code: 'too-many-details',
      place: 'map.stages',
      value: `${details.size} detailed maps`,
      expected: `at most ${MAX_DETAIL_MAPS} detailed maps`,
    },
  ]
}

/** By any number of links; also a map to itself. */
function leadsTo(from: string, to: string, detailsOf: LinkedMaps['detailsOf']): boolean {
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(detailsOf.get(id) ?? []))
  }
  return false
}

function fault(
  code: MapFault['code'],
  place: string,
  value: string,
  expected: string,
): readonly MapFault[] {
  return [{ code, place, value: JSON.stringify(value), expected }]
}
