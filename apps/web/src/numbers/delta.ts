/** How a number differs from the one it is compared with. */
export type Delta =
  /** Nothing to compare with, or one side counts nobody. */
  | { readonly kind: 'none' }
  | { readonly kind: 'same' }
  | {
      readonly kind: 'changed'
      readonly up: boolean
      /** Relative change for counts, money and times; percentage points for shares; plain for emotion. */
      readonly amount: number
      readonly measuredIn: 'ratio' | 'points' | 'units'
      /** False: a difference this size comes by chance more often than once in twenty. */
      readonly sure: boolean
    }

/** Changes below half of the last digit shown are "same". */
const SMALLEST = { ratio: 0.0005, points: 0.05, units: 0.05 } as const

/** 95 % of a normal distribution lies within this many standard deviations. */
const Z95 = 1.96

/** Relative: (now − before) ÷ before. From 0 there is no ratio, so no delta. Never sure: it knows no error. */
export function ratioDelta(now: number | null, before: number | null | undefined): Delta {
  if (now === null || before === null || before === undefined || before === 0) {
    return { kind: 'none' }
  }
  return changed((now - before) / Math.abs(before), 'ratio', false)
}

/** Of two counts of customers, each with a Poisson error: sure when |now − before| > 1.96 √(now + before). */
export function countDelta(now: number | null, before: number | null | undefined): Delta {
  const delta = ratioDelta(now, before)
  if (delta.kind !== 'changed' || now === null || before == null) return delta
  return { ...delta, sure: Math.abs(now - before) > Z95 * Math.sqrt(now + before) }
}

/** Of two shares, in percentage points; sure by the two-proportion z test over `ofNow` and `ofBefore` customers. */
export function pointsDelta(
  now: number | null,
  before: number | null | undefined,
  ofNow: number,
  ofBefore: number,
): Delta {
  if (now === null || before === null || before === undefined) return { kind: 'none' }
  const pooled = (now * ofNow + before * ofBefore) / Math.max(1, ofNow + ofBefore)
  const error = Math.sqrt(
    pooled * (1 - pooled) * (1 / Math.max(1, ofNow) + 1 / Math.max(1, ofBefore)),
  )
  return changed((now - before) * 100, 'points', Math.abs(now - before) > Z95 * error)
}

/** Of two amounts with 95 % intervals; sure when the intervals lie apart, unsure when one has none. */
export function moneyDelta(now: Money | null, before: Money | null): Delta {
  const delta = ratioDelta(now?.amount ?? null, before?.amount)
  if (delta.kind !== 'changed' || now === null || before === null) return delta
  return { ...delta, sure: apart(now, before) || apart(before, now) }
}

interface Money {
  readonly amount: number
  readonly low: number | null
  readonly high: number | null
}

function apart(
  above: { readonly low: number | null },
  below: { readonly high: number | null },
): boolean {
  return above.low !== null && below.high !== null && above.low > below.high
}

/** A plain difference, for emotion; sure when the two 95 % intervals lie apart. */
export function unitsDelta(now: Interval | null, before: Interval | null): Delta {
  if (now?.mean == null || before?.mean == null) return { kind: 'none' }
  return changed(now.mean - before.mean, 'units', apart(now, before) || apart(before, now))
}

interface Interval {
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
}

function changed(amount: number, measuredIn: 'ratio' | 'points' | 'units', sure: boolean): Delta {
  return Math.abs(amount) < SMALLEST[measuredIn]
    ? { kind: 'same' }
    : { kind: 'changed', up: amount > 0, amount, measuredIn, sure }
}
