/**
 * A funnel as the kernels see it: steps are bits of an event's mask, everything named is decided.
 * Bit i < stepCount is step i; exclusions have bits of their own.
 */
export interface FunnelRules {
  readonly stepCount: number
  readonly optional: readonly boolean[]
  readonly order: FunnelOrder
  /** Milliseconds from the entry, inclusive. */
  readonly windowMs: number
  /** null: the window counts from the entry. */
  readonly stepWindows: StepWindows | null
  readonly entry: FunnelEntry
  /** Which of the attempts that got furthest gives the times. */
  readonly timedBy: FunnelTiming
  readonly count: FunnelCount
  readonly ties: FunnelTies
  /** A step may precede the one before it by up to this. */
  readonly graceMs: number
  readonly exclusions: readonly ExclusionRule[]
  readonly exclusionEffect: ExclusionEffect
  /** Events carry a held value and every step must have the entry's. */
  readonly hold: FunnelHold
  /** Pause that ends a session when sessions are counted. */
  readonly sessionGapMs: number
}

/** `any`: the most different steps. `all-first`: the most of the first ones, all of them, in whatever order. */
export type FunnelOrder = 'ordered' | 'strict' | 'strict-repeats' | 'any' | 'all-first'
export type FunnelEntry = 'any' | 'first'
export type FunnelTiming = 'earliest-entry' | 'first-completion' | 'latest-entry'
export type FunnelCount = 'customers' | 'sessions' | 'totals'
/** `step-order`: events of one instant count in whatever order helps. `strict-increase`: each step later than the one before. */
export type FunnelTies = 'step-order' | 'strict-increase'
/** `leave`: the attempt ends at the step reached. `remove`: the customer is counted at no step. */
export type ExclusionEffect = 'leave' | 'remove'
/** `each-value` counts a customer once for each held value. */
export type FunnelHold = 'none' | 'customer' | 'each-value'

export interface StepWindows {
  /** What a step's own window counts from: the step before, or the last required step before. */
  readonly from: 'previous-step' | 'previous-required-step'
  /** Aligned with the steps; the first is unused. */
  readonly ms: readonly number[]
}

/** The event may not happen after step `after` was reached and before step `before` is (from 1). */
export interface ExclusionRule {
  readonly bit: number
  readonly after: number
  readonly before: number
}

/** One customer's events in order of time; the arrays are as long as there are events. */
export interface FunnelEvents {
  /** Epoch milliseconds, ascending. */
  readonly times: Float64Array
  /** Which steps and exclusions an event matches; 0: none. */
  readonly masks: Uint32Array
  /** Held value of each event, equal numbers for equal values; null: nothing is held. */
  readonly held: Float64Array | null
}

/** What became of one entry. */
export interface Attempt {
  /** The furthest step reached, from 1. */
  readonly level: number
  /** Steps done, optional ones included. */
  readonly done: number
  /** Time of each step; NaN: not done. As long as there are steps. */
  readonly times: Float64Array
  /** Which event served each step; −1: none. */
  readonly events: Int32Array
  /** An exclusion with the effect `remove` fell into it. */
  readonly tainted: boolean
  readonly ended: 'converted' | 'window' | 'exclusion' | 'broken' | 'data'
  /** The first event that may open another attempt when each entry counts. */
  readonly next: number
}

/** Whether a window may begin with any of the steps. */
export function isUnordered({ order }: FunnelRules): boolean {
  return order === 'any' || order === 'all-first'
}

/** The bits of all steps. */
export function stepBits(stepCount: number): number {
  return stepCount >= 32 ? 0xffffffff : (1 << stepCount) - 1
}
