import type { MatchRule } from '@parcurs/domain'
import type { Condition, Matcher, MatcherAsked } from '../question.ts'

/** A matcher split into what a rule can say of an event and what only the customer's traits can. */
export interface Matching {
  readonly rule: MatchRule
  /** All must hold too. */
  readonly also: readonly Condition[]
}

export type RuleOf = (touchpointId: string) => MatchRule | null

/** null: the matcher names a touchpoint that is not there. */
export function matchingOf(asked: MatcherAsked, touchpointRule: RuleOf): Matching | null {
  const matcher: Matcher = asked === null || typeof asked === 'string' ? { event: asked } : asked
  const rules: MatchRule[] = []
  if (matcher.event != null) {
    rules.push({
      kind: 'event',
      names: typeof matcher.event === 'string' ? [matcher.event] : matcher.event,
    })
  }
  if (matcher.touchpoint !== undefined) {
    const rule = touchpointRule(matcher.touchpoint)
    if (rule === null) return null
    rules.push(rule)
  }
  if (matcher.rule !== undefined) rules.push(matcher.rule)
  const also: Condition[] = []
  for (const condition of matcher.where ?? []) {
    const rule = ruleOfCondition(condition)
    if (rule === null) also.push(condition)
    else rules.push(rule)
  }
  const [only] = rules
  return { rule: rules.length === 1 && only ? only : { kind: 'all', rules }, also }
}

/** Only the name of a matcher: what "the first event of that name" means. */
export function namePart(asked: MatcherAsked): Matching {
  const event = asked === null || typeof asked === 'string' ? asked : asked.event
  const names = event == null ? null : typeof event === 'string' ? [event] : event
  return { rule: names === null ? { kind: 'all', rules: [] } : { kind: 'event', names }, also: [] }
}

/** A condition as a rule; null: it asks for a trait. */
function ruleOfCondition(condition: Condition): MatchRule | null {
  if ('trait' in condition) return null
  if ('property' in condition) {
    const { property, op, value } = condition
    return { kind: 'property', property, op, value }
  }
  const parts = 'any' in condition ? condition.any : condition.all
  const rules = parts.map(ruleOfCondition)
  if (rules.includes(null)) return null
  return { kind: 'any' in condition ? 'any' : 'all', rules: rules.filter((rule) => rule !== null) }
}

/** How a matcher is called where nobody named it. */
export function matcherLabel(asked: MatcherAsked): string {
  if (asked === null) return 'any event'
  if (typeof asked === 'string') return asked
  const event = typeof asked.event === 'string' ? asked.event : asked.event?.join(' / ')
  return event ?? asked.touchpoint ?? 'any event'
}
