/** A share with the range in which it lies in 19 of 20 samples like this one. All null of nobody. */
export interface SharedBy {
  readonly n: number
  readonly of: number
  readonly share: number | null
  readonly low: number | null
  readonly high: number | null
}

/** Normal quantile of 97.5 %: both tails leave 5 %. */
export const Z_95 = 1.959963984540054

/** Wilson's score interval: stays within 0–1 and holds for small numbers. E. B. Wilson, JASA 22 (1927). */
export function shareInterval(n: number, of: number): SharedBy {
  if (of === 0) return { n, of, share: null, low: null, high: null }
  const share = n / of
  const square = Z_95 ** 2
  const middle = share + square / (2 * of)
  const reach = Z_95 * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of))
  const whole = 1 + square / of
  return {
    n,
    of,
    share,
    // At the ends the terms cancel exactly on paper and nearly in floating point.
    low: n === 0 ? 0 : Math.max(0, (middle - reach) / whole),
    high: n === of ? 1 : Math.min(1, (middle + reach) / whole),
  }
}
