import type { Asked, Definition, MatcherAsked } from '../question.ts'

/** Who comes back? Cohorts are rows, later intervals are columns. */
export interface RetentionQuestion extends Omit<Asked, 'period'> {
  readonly version?: 1
  readonly kind: 'retention'
  /** What makes a customer a member of a cohort; default any event. */
  readonly target?: MatcherAsked
  /** What counts as coming back; default any event. */
  readonly returns?: MatcherAsked
  /** `first`: the cohort of the first event that matches. `first-ever`: of the first of its name, if that matches. `recurring`: of every interval with one. */
  readonly cohort?: 'first' | 'first-ever' | 'recurring'
  /** `on`: in exactly the k-th interval. `on-or-after`: in that or any later one asked for. */
  readonly mode?: 'on' | 'on-or-after'
  /** `rolling`: k-th interval counted from the customer's own event, in days of 24 h, weeks of 7 or months of 30 of them. */
  readonly window?: 'calendar' | 'rolling'
  readonly interval?: 'hour' | 'day' | 'week' | 'month'
  /** Local date (YYYY-MM-DD, of hours also THH:00) in the first interval; default: as many back as asked for, ending today. */
  readonly start?: string
  /** Cohorts; 1–120, default 12. */
  readonly cohorts?: number
  /** Cells of a row, the cohort itself included. Absent: a triangle that ends with the last cohort. */
  readonly columns?: number
  /** Sizes of groups of intervals that stand for columns 1, 2, … */
  readonly brackets?: readonly number[]
  /** Returns an interval needs to count as one. */
  readonly minReturns?: number
}

export interface RetentionAnswer {
  readonly version: 1
  readonly kind: 'retention'
  readonly definition: Definition
  readonly cohorts: readonly RetentionCohort[]
  /** Σ returned ÷ Σ cohort over complete cells, column by column. */
  readonly average: readonly RetentionCell[]
}

export interface RetentionCohort {
  readonly fromMs: number
  readonly toMs: number
  readonly size: number
  /** Cell 0 is the cohort itself. */
  readonly cells: readonly RetentionCell[]
}

export interface RetentionCell {
  readonly returned: number
  /** Of these; in the average row of the cohorts whose cell is complete. */
  readonly of: number
  readonly share: number | null
  /** The interval is over at `now`; always true in the average row. */
  readonly complete: boolean
}
