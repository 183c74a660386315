import type { ComparisonOf } from '../condition/comparison.ts'
import type { EventLeaf, TouchpointLeaf } from '../condition/event-condition.ts'
import type { Nest } from '../condition/nest.ts'
import type { FeedbackScale } from '../feedback.ts'
import type { Window } from './window.ts'

/** Who is meant. An empty `all` is everybody, an empty `any` nobody. */
export type SegmentRule = Nest<SegmentLeaf>

export type SegmentLeaf =
  | TraitLeaf
  | DidLeaf
  | AmountLeaf
  | DistinctLeaf
  | MomentLeaf
  | SequenceLeaf
  | OnMapLeaf
  | SaidLeaf
  | MemberLeaf

/**
 * Of the customer, as they are at the time. `group.<type>.<trait>` is a trait of the group that the customer's trait
 * `group.<type>` names; the type `account` is that of a group without a type, named by the trait `group`.
 */
export type TraitLeaf = { readonly kind: 'trait'; readonly trait: string } & ComparisonOf<'trait'>

export const EVERYBODY: SegmentRule = { kind: 'all', rules: [] }

/** Which events are meant: an empty `all` is any event. */
export type EventRule = Nest<EventLeaf | TouchpointLeaf>

/** A number is compared; all bounds are included. */
export type NumberTest =
  | { readonly op: 'gte' | 'lte' | 'eq'; readonly value: number }
  | { readonly op: 'between'; readonly least: number; readonly most: number }

/** How often. At most 0 times is "did not", which is true of customers without any event too. */
export interface DidLeaf {
  readonly kind: 'did'
  readonly event: EventRule
  readonly times: NumberTest
  readonly window: Window
}

/** The event's money (in the workspace's currency, an order once), or a property that is a plain number. */
export type AmountOf =
  | { readonly kind: 'value' }
  | { readonly kind: 'property'; readonly property: string }

/** Over the matched events that have the amount. Of none the sum is 0; the others are unknown, and fail. */
export interface AmountLeaf {
  readonly kind: 'amount'
  readonly amount: 'sum' | 'average' | 'smallest' | 'largest'
  readonly of: AmountOf
  readonly event: EventRule
  /** In units of the currency, or as the property is written. */
  readonly test: NumberTest
  readonly window: Window
}

/** How many different local days, or different values of a property, the matched events have. */
export interface DistinctLeaf {
  readonly kind: 'distinct'
  readonly of: { readonly kind: 'days' } | { readonly kind: 'property'; readonly property: string }
  readonly event: EventRule
  readonly test: NumberTest
  readonly window: Window
}

/** The customer's first, or last, matched event ever lies in the window. */
export interface MomentLeaf {
  readonly kind: 'first' | 'last'
  readonly event: EventRule
  readonly window: Window
}

/** Events in order, all in the window. */
export interface SequenceLeaf {
  readonly kind: 'sequence'
  /** 2–10, each a later event than the one before (of one instant: by its place in the journey). */
  readonly steps: readonly EventRule[]
  /** Longest time from one step to the next, included; null: any. */
  readonly stepWithinMs: number | null
  /** Longest time from the first to the last, included; null: any. */
  readonly withinMs: number | null
  /** No such event lies between the first and the last, the steps themselves apart; null: whatever may. */
  readonly without: EventRule | null
  readonly window: Window
}

export const MAP_STATES = [
  'at',
  'passed',
  'moved-on',
  'left',
  'in-progress',
  'reached-goal',
  'conforms',
  'skipped',
  'went-back',
] as const
export type MapState = (typeof MAP_STATES)[number]

/** Those states that are of one step. */
export const STEP_STATES = [
  'at',
  'passed',
  'moved-on',
  'left',
  'in-progress',
  'skipped',
  'went-back',
] as const satisfies readonly MapState[]

/** By the living map's definitions: visits in the period, and one window of the map after it. */
export interface OnMapLeaf {
  readonly kind: 'on-map'
  readonly map: string
  /** The version of the map that the rule was made with. */
  readonly version: number
  readonly state: MapState
  /** Of `STEP_STATES`; null for the others. */
  readonly step: string | null
  readonly window: Window
}

/** An answer of a scale. */
export interface SaidLeaf {
  readonly kind: 'said'
  readonly scale: FeedbackScale
  /** The latest answer in the window, or any of them. */
  readonly which: 'latest' | 'any'
  /** On the scale's own numbers; null: whatever was answered. */
  readonly test: NumberTest | null
  /** The comment contains this text, whatever its case; null: with any comment or none. */
  readonly words: string | null
  /** Of this touchpoint: named by the answer, or by its event where it names none. null: of any or none. */
  readonly touchpoint: string | null
  readonly window: Window
}

/** In another segment, or on a list: ids that were brought or frozen. */
export interface MemberLeaf {
  readonly kind: 'in'
  readonly of: 'segment' | 'list'
  readonly id: string
}
