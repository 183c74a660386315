import { localDay } from '../calendar/date-text.ts'
import { compares } from '../condition/comparison.ts'
import { matchesRule, resolveEvents } from '../condition/event-condition.ts'
import { decided, holds, leavesOf } from '../condition/nest.ts'
import type { EventFacts } from '../event.ts'
import { numberOf } from '../plain-number.ts'
import { type Answer, type Changing, constantly, inWindow } from './changing.ts'
import { passesAmount, passesTest, amountParts } from './number-test.ts'
import { onMap } from './on-map.ts'
import type { ResolvedLeaf, ResolvedSegment } from './resolve-segment.ts'
import { saidOf } from './said.ts'
import {
  rulesOf,
  type SegmentEvent,
  type SegmentFacts,
  type SegmentScope,
} from './segment-facts.ts'
import type {
  AmountLeaf,
  DistinctLeaf,
  EventRule,
  SequenceLeaf,
  TraitLeaf,
} from './segment-rule.ts'
import { hasSequence } from './sequence.ts'
import { comparesDay, dayChangesMs } from './trait-day.ts'

export interface Decision {
  readonly member: boolean
  /**
   * The earliest instant at which the answer can change without a new fact; null: never. At every instant from `now` to
   * before it the answer is this one.
   */
  readonly untilMs: number | null
}

/** So many changes of single conditions are followed; then the customer is asked about again, early but never late. */
const MOST_CHANGES = 1000

/** Whether a customer is in a segment. The store decides the same by SQL; a test keeps both equal. */
export function decide(
  rule: ResolvedSegment,
  facts: SegmentFacts,
  scope: SegmentScope,
  nowMs: number,
): Decision {
  return decider(rule, scope)(facts)(nowMs)
}

/** `decide` in three steps: what is found out of a rule serves many customers, and of a customer many instants. */
export type Decider = (facts: SegmentFacts) => (nowMs: number) => Decision

export function decider(rule: ResolvedSegment, scope: SegmentScope): Decider {
  const leaves = leavesOf(rule)
  const conditions = leaves.map((leaf) => conditionOf(leaf, scope))
  // One leaf object may stand at two places: it has one answer.
  const places = new Map(leaves.map((leaf, i) => [leaf, i]))
  return (facts) => {
    const theirs = conditions.map((condition) => condition(facts))
    return (nowMs) => decideAt(rule, places, theirs, nowMs)
  }
}

function decideAt(
  rule: ResolvedSegment,
  places: ReadonlyMap<ResolvedLeaf, number>,
  conditions: readonly Changing[],
  nowMs: number,
): Decision {
  const answers = conditions.map((condition) => condition(nowMs))
  const isMember = () => holds(rule, (leaf) => answers[places.get(leaf) ?? 0]?.passes ?? false)
  const member = isMember()
  for (let changes = 0; ; changes++) {
    // What never changes may settle the whole: then nothing has to be waited for.
    const settled = decided(rule, (leaf) => {
      const answer = answers[places.get(leaf) ?? 0]
      return answer === undefined || answer.changesMs !== null ? null : answer.passes
    })
    const nextMs = settled === null ? earliest(answers) : null
    if (nextMs === null) return { member, untilMs: null }
    answers.forEach(({ changesMs }, i) => {
      const condition = conditions[i]
      if (changesMs === nextMs && condition !== undefined) answers[i] = condition(nextMs)
    })
    if (isMember() !== member || changes === MOST_CHANGES) return { member, untilMs: nextMs }
  }
}

function earliest(answers: readonly Answer[]): number | null {
  const turns = answers.flatMap(({ changesMs }) => changesMs ?? [])
  return turns.length === 0 ? null : turns.reduce((a, b) => Math.min(a, b))
}

type Condition = (facts: SegmentFacts) => Changing

function conditionOf(leaf: ResolvedLeaf, scope: SegmentScope): Condition {
  switch (leaf.kind) {
    case 'trait':
      return (facts) => ofTrait(leaf, facts, scope)
    case 'did':
      return ofMatched(leaf.event, scope, (events) =>
        inWindow(timesOf(events), leaf.window, scope, (low, high) =>
          passesTest(leaf.times, high - low),
        ),
      )
    case 'amount':
      return ofMatched(leaf.event, scope, (events) => ofAmount(leaf, events, scope))
    case 'distinct':
      return ofMatched(leaf.event, scope, (events) => ofDistinct(leaf, events, scope))
    case 'first':
    case 'last':
      return ofMatched(leaf.event, scope, (events) => {
        const event = events.at(leaf.kind === 'first' ? 0 : -1)
        const times = event === undefined ? [] : [event.timeMs]
        return inWindow(times, leaf.window, scope, (low, high) => high > low)
      })
    case 'sequence':
      return ofSequence(leaf, scope)
    case 'said':
      return (facts) => saidOf(leaf, facts, scope)
    case 'on-map':
      return (facts) => onMap(leaf, facts, scope)
    case 'in':
      return (facts) => constantly(facts.lists.has(leaf.id))
  }
}

function ofMatched(
  rule: EventRule,
  scope: SegmentScope,
  changing: (events: readonly SegmentEvent[]) => Changing,
): Condition {
  const resolved = resolveEvents(rule, rulesOf(scope))
  return ({ events }) => changing(events.filter((event) => matchesRule(resolved, event)))
}

function ofDistinct(
  { of, window, test }: DistinctLeaf,
  events: readonly SegmentEvent[],
  scope: SegmentScope,
): Changing {
  const values = events.map(({ timeMs, properties }) =>
    of.kind === 'days' ? String(localDay(timeMs, scope.zone)) : properties[of.property],
  )
  return inWindow(timesOf(events), window, scope, (low, high) => {
    const seen = new Set(values.slice(low, high))
    seen.delete(undefined)
    return passesTest(test, seen.size)
  })
}

function ofTrait(leaf: TraitLeaf, { traits }: SegmentFacts, scope: SegmentScope): Changing {
  const held = Object.hasOwn(traits, leaf.trait) ? traits[leaf.trait] : undefined
  switch (leaf.op) {
    case 'before':
    case 'after':
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return (nowMs) => ({
        passes: comparesDay(leaf, held, { ...scope, nowMs }),
        changesMs: dayChangesMs(leaf, held, { ...scope, nowMs }),
      })
    default:
      return constantly(compares(leaf, held))
  }
}

function ofAmount(
  { amount, of, test, window }: AmountLeaf,
  events: readonly SegmentEvent[],
  scope: SegmentScope,
): Changing {
  const held = events.flatMap((event) => {
    const parts = of.kind === 'value' ? heldValue(event) : heldNumber(event, of.property)
    return parts === null ? [] : [{ timeMs: event.timeMs, parts }]
  })
  const parts = held.map((one) => one.parts)
  return inWindow(timesOf(held), window, scope, (low, high) => {
    const within = parts.slice(low, high)
    const [first] = within
    if (first === undefined) return amount === 'sum' && passesAmount(test, 0n, 1n)
    switch (amount) {
      case 'sum':
        return passesAmount(test, sumOf(within), 1n)
      case 'average':
        return passesAmount(test, sumOf(within), BigInt(within.length))
      case 'smallest':
        return passesAmount(
          test,
          within.reduce((a, b) => (b < a ? b : a), first),
          1n,
        )
      case 'largest':
        return passesAmount(
          test,
          within.reduce((a, b) => (b > a ? b : a), first),
          1n,
        )
    }
  })
}

function heldValue({ value }: SegmentEvent): bigint | null {
  return value === 0 ? null : BigInt(value)
}

function heldNumber({ properties }: EventFacts, property: string): bigint | null {
  const number = Object.hasOwn(properties, property) ? numberOf(properties[property] ?? '') : null
  return number === null ? null : amountParts(number)
}

function sumOf(all: readonly bigint[]): bigint {
  return all.reduce((a, b) => a + b, 0n)
}

function ofSequence(leaf: SequenceLeaf, scope: SegmentScope): Condition {
  const steps = leaf.steps.map((step) => resolveEvents(step, rulesOf(scope)))
  const without = leaf.without === null ? null : resolveEvents(leaf.without, rulesOf(scope))
  const limits = { ...leaf, steps: steps.length }
  return ({ events }) => {
    const seen = events
      .map((event) => ({
        timeMs: event.timeMs,
        steps: steps.map((step) => matchesRule(step, event)),
        breaks: without !== null && matchesRule(without, event),
      }))
      .filter((event) => event.breaks || event.steps.includes(true))
    return inWindow(timesOf(seen), leaf.window, scope, (low, high) =>
      hasSequence(seen, low, high, limits),
    )
  }
}

function timesOf(items: readonly { readonly timeMs: number }[]): readonly number[] {
  return items.map(({ timeMs }) => timeMs)
}
