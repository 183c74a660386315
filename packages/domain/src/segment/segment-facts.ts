import type { WeekStart } from '../calendar/local-days.ts'
import type { Period } from '../calendar/period.ts'
import type { MatchRule, RuleOf } from '../condition/event-condition.ts'
import type { EventFacts } from '../event.ts'
import type { FeedbackScale } from '../feedback.ts'
import type { Zone } from '../import/zone.ts'

/** What is known of one customer, with everything that is theirs today. */
export interface SegmentFacts {
  /** In the journey's order: time, then position, then message. */
  readonly events: readonly SegmentEvent[]
  /** Also of their groups, as `group.<type>.<trait>`. */
  readonly traits: Readonly<Record<string, string>>
  /** In order of time, then message. */
  readonly answers: readonly SegmentAnswer[]
  /** Ids of the lists they are on. */
  readonly lists: ReadonlySet<string>
}

/** Of whom nothing is known that a rule looks at. */
export const NO_FACTS: SegmentFacts = { events: [], traits: {}, answers: [], lists: new Set() }

export interface SegmentEvent extends EventFacts {
  readonly timeMs: number
  /** Ten-thousandths of the workspace's currency; 0: none, or the order was counted before. */
  readonly value: number
}

export interface SegmentAnswer {
  readonly timeMs: number
  readonly scale: FeedbackScale
  readonly score: number
  /** Id or name of a touchpoint as the answer gave it; empty: none. */
  readonly touchpoint: string
  /** null: a score alone. */
  readonly comment: string | null
  /** The event that it came with. */
  readonly event: EventFacts
}

export interface NamedTouchpoint {
  readonly name: string
  readonly rule: MatchRule
}

/** A map as a segment sees it. */
export interface SegmentMap {
  /** In map order. */
  readonly steps: readonly SegmentMapStep[]
  /** Nothing is the goal where the map has none. */
  readonly goal: MatchRule
  /** Money given back is no success. */
  readonly valued: boolean
  readonly windowMs: number
}

export interface SegmentMapStep {
  readonly id: string
  /** Any of its touchpoints. */
  readonly rule: MatchRule
  readonly optional: boolean
  /** One of its touchpoints is the goal. */
  readonly goal: boolean
  /** Its place in the order of the map, from 0; alternatives share one. */
  readonly position: number
  /** Positions that a drawn loop returns to from here. */
  readonly loops: readonly number[]
  /** Coming here again is no way back. */
  readonly repeatable: boolean
}

/** What rules look up in their workspace, and the clock by which they tell days. */
export interface SegmentScope {
  readonly zone: Zone
  readonly weekStart: WeekStart
  /** Of the question that asks; null: it has none. */
  readonly period: Period | null
  readonly touchpoint: (id: string) => NamedTouchpoint | null
  /** null: the map is gone; nobody is anywhere on it. */
  readonly map: (id: string) => SegmentMap | null
}

export function rulesOf(scope: Pick<SegmentScope, 'touchpoint'>): RuleOf {
  return (id) => scope.touchpoint(id)?.rule ?? null
}
