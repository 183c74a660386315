import type { EventLeaf, EventRule, TouchpointLeaf } from '@parcurs/domain'
import { isGroup } from '@parcurs/domain'
import { ANY_EVENT } from './new-condition.ts'

/** An event as the editor has it: what it is, and what else has to hold of it. */
export interface EventShape {
  /** null: any event. */
  readonly what: Extract<EventLeaf, { readonly kind: 'event' }> | TouchpointLeaf | null
  readonly conditions: readonly Exclude<EventLeaf, { readonly kind: 'event' }>[]
}

/** null: the rule is of another shape, as programs may write it; it can be read and replaced, not taken apart. */
export function eventShape(rule: EventRule): EventShape | null {
  if (!isGroup(rule)) {
    return rule.kind === 'event' || rule.kind === 'touchpoint'
      ? { what: rule, conditions: [] }
      : { what: null, conditions: [rule] }
  }
  if (rule.kind !== 'all') return null
  const [first] = rule.rules
  const what =
    first !== undefined &&
    !isGroup(first) &&
    (first.kind === 'event' || first.kind === 'touchpoint')
      ? first
      : null
  const conditions: EventShape['conditions'][number][] = []
  for (const part of what === null ? rule.rules : rule.rules.slice(1)) {
    if (isGroup(part) || part.kind === 'event' || part.kind === 'touchpoint') return null
    conditions.push(part)
  }
  return { what, conditions }
}

/** The plainest rule of a shape: what is alone stands without a group. */
export function eventRuleOf({ what, conditions }: EventShape): EventRule {
  const rules = [...(what === null ? [] : [what]), ...conditions]
  const [only] = rules
  if (only === undefined) return ANY_EVENT
  return rules.length === 1 ? only : { kind: 'all', rules }
}
