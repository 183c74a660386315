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
    }

/** Changes below half of the last digit shown are "same". */
const SMALLEST = { ratio: 0.0005, points: 0.05, units: 0.05 } as const

/** Relative: (now − before) ÷ before. From 0 there is no ratio, so no delta. */
export function ratioDelta(now: number | null, before: number | null | undefined): Delta {
  if (now === null || before === null || before === undefined || before === 0) {
    return { kind: 'none' }
  }
  return changed((now - before) / Math.abs(before), 'ratio')
}

/** Of two shares, in percentage points. */
export function pointsDelta(now: number | null, before: number | null | undefined): Delta {
  if (now === null || before === null || before === undefined) return { kind: 'none' }
  return changed((now - before) * 100, 'points')
}

/** A plain difference, for emotion. */
export function unitsDelta(now: number | null, before: number | null | undefined): Delta {
  if (now === null || before === null || before === undefined) return { kind: 'none' }
  return changed(now - before, 'units')
}

function changed(amount: number, measuredIn: 'ratio' | 'points' | 'units'): Delta {
  return Math.abs(amount) < SMALLEST[measuredIn]
    ? { kind: 'same' }
    : { kind: 'changed', up: amount > 0, amount, measuredIn }
}
