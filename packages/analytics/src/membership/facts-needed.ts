import {
  COMMENT_PROPERTIES,
  eventsOf,
  kindDecider,
  leavesOf,
  type MatchRule,
  type ResolvedLeaf,
  type ResolvedSegment,
  resolveEvents,
  rulesOf,
} from '@parcurs/domain'
import type { SegmentReading } from '../segment/segment-reading.ts'

/** What of a customer some rules look at. Nothing else has to be read to decide them. */
export interface FactsNeeded {
  /** Kinds of events that may matter. */
  readonly kinds: ReadonlySet<number>
  /** Of those events. */
  readonly properties: readonly string[]
  /** Some of the kinds stand for many names or paths: the event itself says which. */
  readonly words: boolean
  readonly traits: readonly string[]
  readonly groupTraits: readonly GroupTrait[]
  readonly answers: boolean
  readonly lists: readonly string[]
}

/** A trait of the group that a customer's trait names. */
export interface GroupTrait {
  /** The customer's trait. */
  readonly holder: string
  /** The group's own. */
  readonly name: string
  /** How rules call it. */
  readonly called: string
}

export function factsNeeded(
  rules: readonly ResolvedSegment[],
  { kinds, scope }: Pick<SegmentReading, 'kinds' | 'scope'>,
): FactsNeeded {
  const leaves = rules.flatMap((rule) => leavesOf(rule))
  const events = leaves.flatMap((leaf) => eventRules(leaf, scope))
  const decide = kindDecider(events)
  const mattering = kinds.filter((kind) => decide(kind).length > 0)
  const named = leaves.flatMap((leaf) => (leaf.kind === 'trait' ? [leaf.trait] : []))
  const groupTraits = [...new Set(named)].flatMap((trait) => groupTrait(trait) ?? [])
  const answers = leaves.some(({ kind }) => kind === 'said')
  return {
    kinds: new Set(mattering.map(({ code }) => code)),
    properties: [
      ...new Set([
        ...leaves.flatMap(amountProperties),
        ...events.flatMap((rule) =>
          leavesOf(rule).flatMap((leaf) => (leaf.kind === 'property' ? [leaf.property] : [])),
        ),
        ...(answers ? COMMENT_PROPERTIES : []),
      ]),
    ],
    words: mattering.some(({ coarse, coarseName }) => coarse || coarseName === true),
    traits: [...new Set(named.filter((trait) => groupTrait(trait) === null))],
    groupTraits,
    answers,
    lists: [...new Set(leaves.flatMap((leaf) => (leaf.kind === 'in' ? [leaf.id] : [])))],
  }
}

function eventRules(leaf: ResolvedLeaf, scope: SegmentReading['scope']): readonly MatchRule[] {
  switch (leaf.kind) {
    case 'on-map': {
      const map = scope.map(leaf.map)
      return map === null ? [] : [...map.steps.map(({ rule }) => rule), map.goal]
    }
    case 'said': {
      const touchpoint = leaf.touchpoint === null ? null : scope.touchpoint(leaf.touchpoint)
      return touchpoint === null ? [] : [touchpoint.rule]
    }
    default:
      return eventsOf(leaf).map(([, event]) => resolveEvents(event, rulesOf(scope)))
  }
}

function amountProperties(leaf: ResolvedLeaf): readonly string[] {
  if (leaf.kind !== 'amount' && leaf.kind !== 'distinct') return []
  return leaf.of.kind === 'property' ? [leaf.of.property] : []
}

/** Null: a trait of the customer. */
export function groupTrait(trait: string): GroupTrait | null {
  const [, type, name] = /^group\.([^.]+)\.(.+)$/s.exec(trait) ?? []
  if (type === undefined || name === undefined) return null
  return { holder: type === 'account' ? 'group' : `group.${type}`, name, called: trait }
}
