import { isGroup, leavesOf } from '../condition/nest.ts'
import type { SegmentRule } from '../segment/segment-rule.ts'
import type { NamedThing } from './sentence-names.ts'

/** The maps that a rule speaks of, each once. */
export function mapsNamed(rule: SegmentRule): readonly string[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.kind === 'on-map' ? [leaf.map] : [])))]
}

/** Lists, by the names of the segments that are them. */
export function listsNamed(
  segments: readonly { readonly name: string; readonly rule: SegmentRule }[],
): readonly NamedThing[] {
  return segments.flatMap(({ name, rule }) =>
    !isGroup(rule) && rule.kind === 'in' && rule.of === 'list' ? [{ id: rule.id, name }] : [],
  )
}
