export interface MeanWithInterval {
  /** null over nobody. */
  readonly mean: number | null
  /** null when n < 2. */
  readonly low: number | null
  readonly high: number | null
  readonly n: number
}

/**
 * Mean of weighted values with its 95 % interval, by Student's t (few answers have wide intervals).
 *
 * @param counted values with how often each occurs
 */
export function meanInterval(
  counted: readonly { readonly value: number; readonly count: number }[],
): MeanWithInterval {
  const n = counted.reduce((sum, { count }) => sum + count, 0)
  if (n === 0) return { mean: null, low: null, high: null, n }
  const mean = counted.reduce((sum, { value, count }) => sum + value * count, 0) / n
  if (n < 2) return { mean, low: null, high: null, n }
  const squares = counted.reduce((sum, { value, count }) => sum + (value - mean) ** 2 * count, 0)
  const spread = studentT975(n - 1) * Math.sqrt(squares / (n - 1) / n)
  return { mean, low: mean - spread, high: mean + spread, n }
}

// 97.5 % quantiles for 1–10 degrees of freedom; above, the expansion below is within 0.001.
const T_975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228] as const

/** @see Abramowitz and Stegun 26.7.5 (expansion of Student's t about the normal quantile) */
function studentT975(degrees: number): number {
  const listed = T_975[degrees - 1]
  if (listed !== undefined) return listed
  const z = 1.959963984540054
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + first / degrees + second / degrees ** 2 + third / degrees ** 3
}
