import { isGroup, type SegmentRule } from '@parcurs/domain'

/** What is kept of a rule: a group of one condition is that condition, unless it excludes it. */
export function plainest(rule: SegmentRule): SegmentRule {
  if (!isGroup(rule)) return rule
  const rules = rule.rules.map(plainest)
  const [only] = rules
  return rule.kind !== 'none' && rules.length === 1 && only !== undefined
    ? only
    : { kind: rule.kind, rules }
}
