import { ANY_CHANNEL, type EventFacts, type EventKind } from '../event.ts'
import { type ComparisonOf, compares } from './comparison.ts'
import { decided, holds, type Nest, replaceLeaves } from './nest.ts'
import { type UrlOperator, urlMatches } from './url-operator.ts'

/** A condition that an event decides by itself. */
export type EventLeaf =
  /** One of these names, exactly. */
  | { readonly kind: 'event'; readonly names: readonly string[] }
  | { readonly kind: 'channel'; readonly channels: readonly string[] }
  | { readonly kind: 'url'; readonly op: UrlOperator; readonly value: string }
  | PropertyLeaf

export type PropertyLeaf = {
  readonly kind: 'property'
  readonly property: string
} & ComparisonOf<'property'>

/** The event is what the touchpoint's rule describes. A touchpoint that is gone describes nothing. */
export interface TouchpointLeaf {
  readonly kind: 'touchpoint'
  /** Its id. */
  readonly touchpoint: string
}

/** Of the event's customer, as they are now. */
export type CustomerLeaf = {
  readonly kind: 'trait'
  readonly trait: string
} & ComparisonOf<'property'>

/** Which events are a touchpoint. Plain data: stored, sent, shown and edited as it stands. */
export type MatchRule = Nest<EventLeaf>

/** Which events a question means. */
export type EventCondition = Nest<EventLeaf | TouchpointLeaf | CustomerLeaf>

/** The same with the rules of touchpoints in their place. */
export type ResolvedCondition = Nest<EventLeaf | CustomerLeaf>

/** The rule of a touchpoint; null: there is no such touchpoint. */
export type RuleOf = (touchpointId: string) => MatchRule | null

export function resolveTouchpoints(condition: EventCondition, ruleOf: RuleOf): ResolvedCondition {
  return replaceLeaves<EventLeaf | TouchpointLeaf | CustomerLeaf, EventLeaf | CustomerLeaf>(
    condition,
    (leaf) =>
      leaf.kind === 'touchpoint' ? (ruleOf(leaf.touchpoint) ?? { kind: 'any', rules: [] }) : leaf,
  )
}

/** As `resolveTouchpoints` where no condition is about a customer. */
export function resolveEvents(rule: Nest<EventLeaf | TouchpointLeaf>, ruleOf: RuleOf): MatchRule {
  return replaceLeaves<EventLeaf | TouchpointLeaf, EventLeaf>(rule, (leaf) =>
    leaf.kind === 'touchpoint' ? (ruleOf(leaf.touchpoint) ?? { kind: 'any', rules: [] }) : leaf,
  )
}

/** Whether one event is what a rule describes. The store decides the same by SQL; a test keeps both equal. */
export function matchesRule(rule: MatchRule, event: EventFacts): boolean {
  return holds(rule, (leaf) => eventPasses(leaf, event))
}

function eventPasses(leaf: EventLeaf, event: EventFacts): boolean {
  switch (leaf.kind) {
    case 'event':
      return leaf.names.includes(event.name)
    case 'channel':
      return leaf.channels.includes(event.channel)
    case 'url':
      return urlMatches(leaf.op, event.path, leaf.value)
    case 'property':
      return compares(leaf, event.properties[leaf.property])
  }
}

/**
 * Whether every event of a kind matches, none does, or (null) it depends on the event itself.
 * A rule of parts that depend is still decided when the other parts settle it.
 */
export function decideKind(rule: MatchRule, kind: EventKind): boolean | null {
  return decided(rule, (leaf) => kindPasses(leaf, kind))
}

function kindPasses(leaf: EventLeaf, kind: EventKind): boolean | null {
  switch (leaf.kind) {
    case 'event':
      return kind.coarseName === true ? null : leaf.names.includes(kind.name)
    case 'channel':
      return kind.coarseName === true && kind.channel === ANY_CHANNEL
        ? null
        : leaf.channels.includes(kind.channel)
    case 'url':
      return kind.coarse ? null : urlMatches(leaf.op, kind.path, leaf.value)
    case 'property':
      return null
  }
}
