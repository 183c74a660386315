import {
  type EventCondition,
  type EventLeaf,
  leavesOf,
  type MatchRule,
  replaceLeaves,
  type ResolvedCondition,
  resolveTouchpoints,
  type RuleOf,
  type CustomerLeaf,
} from '@parcurs/domain'
import type { Matcher, MatcherAsked } from '../question.ts'

/** A matcher split into what a rule can say of an event and what only the customer's traits can. */
export interface Matching {
  readonly rule: MatchRule
  /** All must hold too. */
  readonly also: readonly ResolvedCondition[]
}

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
  const also: ResolvedCondition[] = []
  for (const condition of resolvedConditions(matcher.where, touchpointRule)) {
    const rule = ruleAlone(condition)
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

/** Conditions with the rules of touchpoints in their place. */
export function resolvedConditions(
  conditions: readonly EventCondition[] | undefined,
  touchpointRule: RuleOf,
): readonly ResolvedCondition[] {
  return (conditions ?? []).map((condition) => resolveTouchpoints(condition, touchpointRule))
}

/** A condition that asks only for what events say; null: it asks for a trait. */
function ruleAlone(condition: ResolvedCondition): MatchRule | null {
  if (leavesOf(condition).some(({ kind }) => kind === 'trait')) return null
  return replaceLeaves<EventLeaf | CustomerLeaf, EventLeaf>(condition, (leaf) =>
    leaf.kind === 'trait' ? { kind: 'any', rules: [] } : leaf,
  )
}

/** How a matcher is called where nobody named it. */
export function matcherLabel(asked: MatcherAsked): string {
  if (asked === null) return 'any event'
  if (typeof asked === 'string') return asked
  const event = typeof asked.event === 'string' ? asked.event : asked.event?.join(' / ')
  return event ?? asked.touchpoint ?? 'any event'
}
