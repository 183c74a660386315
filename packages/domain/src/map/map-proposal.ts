import type { Goal, Stage } from './journey-map.ts'
import type { MatchRule } from '../condition/event-condition.ts'
import type { Presence } from '../touchpoint.ts'

/** A map made from data, to accept as it is or changed. Ids are its own: accepting gives lasting ones. */
export interface MapProposal {
  readonly name: string
  readonly goal: Goal | null
  readonly windowDays: number
  readonly stages: readonly Stage[]
  readonly touchpoints: readonly ProposedTouchpoint[]
  /** Behaviour that became no step, by customers, descending. */
  readonly leftOut: readonly LeftOut[]
}

export interface ProposedTouchpoint {
  readonly id: string
  readonly name: string
  readonly channel: string
  readonly ownerTeam: string
  readonly presence: Presence
  readonly rule: MatchRule
  /** What it matches, over all time. */
  readonly events: number
  readonly customers: number
}

export interface LeftOut {
  readonly event: string
  readonly path: string
  readonly customers: number
  readonly why: LeftOutWhy
}

export type LeftOutWhy =
  /** Met by too few customers. */
  | 'rare'
  | 'too-many-steps'
  /** Happens to everybody all the time and says nothing (`session_start`, `user_engagement`). */
  | 'background'
  /** Failures are better seen as what people did instead than as a step. */
  | 'failure'
