import { isGroup, leavesOf, type SegmentRule } from '@parcurs/domain'

/** The maps that a rule speaks of, each once. */
export function mapsNamed(rule: SegmentRule): readonly string[] {
  return [...new Set(leavesOf(rule).flatMap((leaf) => (leaf.kind === 'on-map' ? [leaf.map] : [])))]
}

/** The one saved segment that a rule is; null: it is a rule of its own. */
export function segmentNamed(rule: SegmentRule): string | null {
  const [only, ...others] = isGroup(rule) && rule.kind !== 'none' ? rule.rules : [rule]
  if (only === undefined || others.length > 0 || isGroup(only)) return null
  return only.kind === 'in' && only.of === 'segment' ? only.id : null
}

/** Lists, by the names of the segments that are them. */
export function listsNamed(
  segments: readonly { readonly name: string; readonly rule: SegmentRule }[],
): readonly { readonly id: string; readonly name: string }[] {
  return segments.flatMap(({ name, rule }) =>
    !isGroup(rule) && rule.kind === 'in' && rule.of === 'list' ? [{ id: rule.id, name }] : [],
  )
}
