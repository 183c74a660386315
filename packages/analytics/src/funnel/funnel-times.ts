import { at } from '../at.ts'

/** Times of those who did something; all null over nobody. Milliseconds. */
export interface TimeSummary {
  readonly n: number
  readonly meanMs: number | null
  /** The middle one; of an even number the mean of the middle two. */
  readonly medianMs: number | null
  /** Linear between the two nearest ranks (type 7). */
  readonly p90Ms: number | null
}

export interface TimeBin {
  /** Inclusive. */
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly count: number
}

export function summary(samples: readonly number[]): TimeSummary {
  const n = samples.length
  if (n === 0) return { n, meanMs: null, medianMs: null, p90Ms: null }
  const sorted = Float64Array.from(samples).sort()
  return {
    n,
    meanMs: sorted.reduce((sum, ms) => sum + ms, 0) / n,
    medianMs: quantile(sorted, 0.5),
    p90Ms: quantile(sorted, 0.9),
  }
}

/** @param sorted ascending, not empty */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const rank = (sorted.length - 1) * q
  const below = at(sorted, Math.floor(rank))
  const above = at(sorted, Math.ceil(rank))
  return below + (above - below) * (rank - Math.floor(rank))
}

/**
 * Equal bins from the smallest sample on. The width is (max − min) ÷ bins rounded up to a whole
 * second, and one bin more holds the largest.
 *
 * @param bins null: the cube root of the number of samples, rounded up
 */
export function timeHistogram(samples: readonly number[], bins: number | null): readonly TimeBin[] {
  if (samples.length === 0) return []
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const ms of samples) {
    if (ms < min) min = ms
    if (ms > max) max = ms
  }
  // TRICKY: 27 ** (1 / 3) is 3.0000000000000004 on some engines; the cube root is exact.
  const n = bins ?? Math.ceil(Math.cbrt(samples.length))
  const width = Math.max(1, Math.ceil((max - min) / n / 1000)) * 1000
  const counts = new Array<number>(n + 1).fill(0)
  for (const ms of samples) {
    const bin = Math.floor((ms - min) / width)
    counts[bin] = at(counts, bin) + 1
  }
  return counts.map((count, i) => ({ fromMs: min + i * width, toMs: min + (i + 1) * width, count }))
}
