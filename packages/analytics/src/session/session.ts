import type { Asked, Definition, MatcherAsked } from '../question.ts'
import type { BounceRule } from './session-kernel.ts'

/** What do their visits look like? */
export interface SessionsQuestion extends Asked {
  readonly version?: 1
  readonly kind: 'sessions'
  /** A longer pause begins a new session; 1 min – 24 h, default 30 min. */
  readonly gapMs?: number
  /** Also cut at midnight: of the workspace's zone, or of UTC. Default: no. */
  readonly splitMidnight?: 'no' | 'workspace' | 'utc'
  readonly maxMs?: number
  /** Sessions are the values of this event property. */
  readonly sessionProperty?: string
  /** A session runs from a start event to the first end event after it; asked together. */
  readonly startEvent?: MatcherAsked
  readonly endEvent?: MatcherAsked
  readonly bounce?: BounceRule
  /** What makes a session engaged; default: purchases. */
  readonly keyEvents?: readonly MatcherAsked[]
  /** Also list every session's duration (at most 10,000). */
  readonly list?: boolean
}

export interface SessionsAnswer {
  readonly version: 1
  readonly kind: 'sessions'
  readonly definition: Definition
  readonly sessions: number
  readonly visitors: number
  readonly events: number
  readonly pageViews: number
  /** Of all sessions; one event lasts 0. null over nobody. */
  readonly meanDurationMs: number | null
  readonly medianDurationMs: number | null
  readonly p90DurationMs: number | null
  readonly bounced: number
  /** bounced ÷ sessions; null over nobody. */
  readonly bounceShare: number | null
  /** Sessions of a single event. */
  readonly singleEvent: number
  readonly sessionsPerVisitor: number | null
  /** In order of their start; null when not asked for. */
  readonly durationsMs: readonly number[] | null
}
