import { at as placeOf } from '../at.ts'

/** A retention matrix as the kernel sees it. */
export interface RetentionRules {
  /** Starts of the intervals and the end of the last, ascending epoch milliseconds. */
  readonly bounds: Float64Array
  readonly cohorts: number
  /** Intervals of each column after the cohort's own: [first, last], counted from the cohort. */
  readonly columns: readonly (readonly [first: number, last: number])[]
  readonly cohort: 'first' | 'first-ever' | 'recurring'
  readonly mode: 'on' | 'on-or-after'
  /** Length of an interval counted from the customer's own event; null: calendar intervals. */
  readonly rollingMs: number | null
  readonly minReturns: number
}

/** Bits of an event's mask. `named`: it has the target's name, whether or not it passes its conditions. */
export const RETENTION_BITS = { target: 1, returns: 2, named: 4 } as const

export interface RetentionJourney {
  readonly times: Float64Array
  readonly masks: Uint32Array
}

export interface RetentionKernel {
  readonly add: (journey: RetentionJourney) => void
  /** Row by cohort; cell 0 is its size. */
  readonly matrix: () => readonly (readonly number[])[]
  /** Takes in what another kernel of the same rules counted, of other customers. */
  readonly merge: (others: readonly (readonly number[])[]) => void
}

/** Counts who came back, one customer at a time. Events before the first interval are history only. */
export function retentionKernel(rules: RetentionRules): RetentionKernel {
  const intervals = rules.bounds.length - 1
  const matrix = Array.from({ length: rules.cohorts }, () =>
    new Array<number>(rules.columns.length + 1).fill(0),
  )
  const add = (journey: RetentionJourney): void => {
    const starts = cohortStarts(journey, rules)
    if (starts.size === 0) return
    const returns = rules.rollingMs === null ? returnsBy(journey, rules, intervals) : null
    for (const [cohort, startMs] of starts) {
      const row = matrix[cohort]
      if (row === undefined) continue
      row[0] = placeOf(row, 0) + 1
      rules.columns.forEach(([first, last], column) => {
        const until = rules.mode === 'on-or-after' ? intervals - 1 - cohort : last
        const came =
          returns === null
            ? cameRolling(journey, rules, startMs, first, until)
            : cameBetween(returns, rules, cohort + first, cohort + until)
        if (came) row[column + 1] = placeOf(row, column + 1) + 1
      })
    }
  }
  const merge = (others: readonly (readonly number[])[]): void => {
    matrix.forEach((row, cohort) => {
      placeOf(others, cohort).forEach((n, cell) => {
        row[cell] = placeOf(row, cell) + n
      })
    })
  }
  return { add, matrix: () => matrix, merge }
}

/** Cohort → the customer's first target event in it. */
function cohortStarts(
  { times, masks }: RetentionJourney,
  rules: RetentionRules,
): ReadonlyMap<number, number> {
  const starts = new Map<number, number>()
  for (let i = 0; i < times.length; i++) {
    const mask = masks[i] ?? 0
    const at = times[i] ?? 0
    if (rules.cohort === 'first-ever' && (mask & RETENTION_BITS.named) === 0) continue
    const matches = (mask & RETENTION_BITS.target) !== 0
    if (rules.cohort !== 'first-ever' && !matches) continue
    const interval = intervalOf(rules.bounds, at)
    if (matches && interval >= 0 && interval < rules.cohorts && !starts.has(interval)) {
      starts.set(interval, at)
    }
    if (rules.cohort !== 'recurring') break
  }
  return starts
}

function returnsBy(
  { times, masks }: RetentionJourney,
  rules: RetentionRules,
  intervals: number,
): Uint32Array {
  const counts = new Uint32Array(intervals)
  for (let i = 0; i < times.length; i++) {
    if (((masks[i] ?? 0) & RETENTION_BITS.returns) === 0) continue
    const interval = intervalOf(rules.bounds, times[i] ?? 0)
    if (interval >= 0) counts[interval] = (counts[interval] ?? 0) + 1
  }
  return counts
}

function cameBetween(
  returns: Uint32Array,
  rules: RetentionRules,
  first: number,
  last: number,
): boolean {
  for (let interval = first; interval <= last; interval++) {
    if ((returns[interval] ?? 0) >= rules.minReturns) return true
  }
  return false
}

function cameRolling(
  { times, masks }: RetentionJourney,
  rules: RetentionRules,
  startMs: number,
  first: number,
  last: number,
): boolean {
  const unitMs = rules.rollingMs ?? 1
  const counts = new Map<number, number>()
  for (let i = 0; i < times.length; i++) {
    if (((masks[i] ?? 0) & RETENTION_BITS.returns) === 0) continue
    const unit = Math.floor(((times[i] ?? 0) - startMs) / unitMs)
    if (unit < first || unit > last) continue
    const count = (counts.get(unit) ?? 0) + 1
    if (count >= rules.minReturns) return true
    counts.set(unit, count)
  }
  return false
}

/** Index of the interval that holds the instant; −1: none does. */
export function intervalOf(bounds: Float64Array, atMs: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bounds[middle] ?? 0) <= atMs) low = middle + 1
    else high = middle
  }
  return low === bounds.length ? -1 : low - 1
}
