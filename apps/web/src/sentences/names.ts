import { isGroup, leavesOf, type SegmentRule } from '@parcurs/domain'

/** What things are called that a rule knows by their ids. null: nothing of that id is there. */
export interface SegmentNames {
  readonly touchpoint: (id: string) => string | null
  readonly map: (id: string) => string | null
  readonly step: (mapId: string, stepId: string) => string | null
  readonly segment: (id: string) => string | null
}

export const NO_NAMES: SegmentNames = {
  touchpoint: () => null,
  map: () => null,
  step: () => null,
  segment: () => null,
}

/** The maps that a rule speaks of, each once. */
export function mapsNamed(rule: SegmentRule): readonly string[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.kind === 'on-map' ? [leaf.map] : [])))]
}

/** The one saved segment that a rule is; null: it is a rule of its own. */
export function segmentNamed(rule: SegmentRule): string | null {
  const [only, ...others] = isGroup(rule) && rule.kind !== 'none' ? rule.rules : [rule]
  if (only === undefined || others.length > 0 || isGroup(only)) return null
  return only.kind === 'in' ? only.id : null
}
