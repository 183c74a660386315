import { isGroup, type SegmentRule } from '@parcurs/domain'

/** The one saved segment that a rule is; null: it is a rule of its own. */
export function segmentNamed(rule: SegmentRule): string | null {
  const [only, ...others] = isGroup(rule) && rule.kind !== 'none' ? rule.rules : [rule]
  if (only === undefined || others.length > 0 || isGroup(only)) return null
  return only.kind === 'in' && only.of === 'segment' ? only.id : null
}
