import type { Asked, Definition, MatcherAsked, Matcher } from '../question.ts'
import type {
  ExclusionEffect,
  FunnelCount,
  FunnelEntry,
  FunnelOrder,
  FunnelTies,
  FunnelTiming,
} from './funnel-rules.ts'
import type { TimeBin, TimeSummary } from './funnel-times.ts'

export interface StepMatcher extends Matcher {
  readonly label?: string
  /** Counted when done in its place, never needed to go on. Not the first step. */
  readonly optional?: boolean
  /** Only the customer's first event of that name (`event`), or the first that passes (`matching`), can be the step. */
  readonly firstTime?: 'event' | 'matching'
}

export type StepAsked = MatcherAsked | StepMatcher

export interface FunnelExclusion extends Matcher {
  /** Steps from 1: the event may not happen after `after` was reached and before `before` is. */
  readonly after: number
  readonly before: number
}

/** How far do they get? Every option is explained in docs/definitions.md. */
export interface FunnelQuestion extends Asked {
  readonly version?: 1
  readonly kind: 'funnel'
  /** 2–20. */
  readonly steps: readonly StepAsked[]
  readonly order?: FunnelOrder
  /** `strict` only: what counts as lying between. */
  readonly strictScope?: 'all-events' | 'step-events'
  /** From the entry, inclusive; 1 s – 366 d, default 14 days. */
  readonly windowMs?: number
  readonly stepWindows?: {
    readonly from: 'previous-step' | 'previous-required-step'
    /** Aligned with the steps; the first is null. */
    readonly ms: readonly (number | null)[]
  }
  readonly entry?: FunnelEntry
  readonly timedBy?: FunnelTiming
  readonly count?: FunnelCount
  readonly ties?: FunnelTies
  readonly graceMs?: number
  readonly exclusions?: readonly FunnelExclusion[]
  readonly exclusionEffect?: ExclusionEffect
  /** At most 3 properties equal across all steps. */
  readonly hold?: readonly string[]
  readonly holdCounts?: 'customers' | 'each-value'
  readonly breakdown?: FunnelBreakdown
  /** False: only the counts, which is faster. Default true. */
  readonly times?: boolean
  readonly histogram?: {
    readonly fromStep?: number
    readonly toStep?: number
    /** Absent: the cube root of the number of samples. */
    readonly bins?: number
  }
}

export interface FunnelBreakdown {
  /** Of the event; several: told apart by all of them together. */
  readonly property?: string | readonly string[]
  /** Of the customer, as it is now. */
  readonly trait?: string
  /** Default: the value at step 1. */
  readonly at?: 'first-touch' | 'last-touch' | 'all-events' | { readonly step: number }
  /** Values kept, default 25; the rest stand together as "other". */
  readonly limit?: number
}

export interface FunnelAnswer {
  readonly version: 1
  readonly kind: 'funnel'
  readonly definition: Definition
  readonly total: FunnelCounts
  /** Largest first; null without a breakdown. */
  readonly groups: readonly FunnelGroup[] | null
}

export interface FunnelGroup extends FunnelCounts {
  /** The value ("" for none; a list with several properties); null: the rest together. */
  readonly value: string | readonly string[] | null
}

export interface FunnelCounts {
  readonly steps: readonly FunnelStep[]
  /** Reached the first step (any step with the order `any`). */
  readonly entered: number
  readonly converted: number
  /** converted ÷ entered; null over nobody. */
  readonly conversionShare: number | null
  /** Not converted and still inside the window at `now`. */
  readonly inProgress: number
  /** converted ÷ (entered − inProgress); null over nobody. */
  readonly settledShare: number | null
  /** From the first step to the last; null when times were not asked for. */
  readonly toConvert: TimeSummary | null
  readonly histogram: readonly TimeBin[] | null
}

export interface FunnelStep {
  readonly label: string
  readonly optional: boolean
  readonly reached: number
  /** Of those who entered; null over nobody. */
  readonly share: number | null
  /** Of those who passed the required step before it; null on the first step or over nobody. */
  readonly shareOfPrevious: number | null
  /** From the step reached before it; null on the first step or when times were not asked for. */
  readonly fromPrevious: TimeSummary | null
}
