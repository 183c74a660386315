/** Customers are put into this many groups by their key; the groups are what is drawn again. */
export const BOOTSTRAP_GROUPS = 512
const REPLICATES = 500

export interface MeanInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** Draws of a bootstrap, 0–1 each: as many in turn as there are groups, for each replicate. */
export type BootstrapDraws = Float64Array

/** Seeded: the same data give the same interval. One table does for all means that are told together. */
export function bootstrapDraws(seed: number): BootstrapDraws {
  let state = seed >>> 0 || 1
  return new Float64Array(REPLICATES * BOOTSTRAP_GROUPS).map(() => {
    // xorshift32 (Marsaglia 2003), then a multiplication in place of a division.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 4294967296
  })
}

/**
 * Mean and 95 % percentile interval by an aggregate bootstrap: instead of customers, groups of
 * customers (512, chosen by key) are drawn with replacement, 500 times, and the mean is Σ values ÷
 * Σ customers of the drawn groups. With few customers nearly every group is one customer, which is the ordinary bootstrap;
 * with many the groups' sums carry the same variance at a fixed price.
 *
 * @param counts customers of each group
 * @param sums values of each group
 * @returns null over nobody
 * @see Efron (1979), Ann. Stat. 7:1–26
 */
export function bootstrapMean(
  counts: Float64Array,
  sums: Float64Array,
  draws: BootstrapDraws,
): MeanInterval | null {
  // Two numbers a group side by side: both are looked up at once.
  const filled: number[] = []
  let count = 0
  let sum = 0
  for (let g = 0; g < counts.length; g++) {
    if (counts[g]! === 0) continue
    filled.push(counts[g]!, sums[g]!)
    count += counts[g]!
    sum += sums[g]!
  }
  if (count === 0) return null
  const mean = sum / count
  if (sums.every((value) => value === 0)) return { mean, low: mean, high: mean }
  const pairs = Float64Array.from(filled)
  const means = new Float64Array(REPLICATES)
  const m = pairs.length / 2
  for (let r = 0; r < REPLICATES; r++) {
    let drawn = 0
    let total = 0
    const from = r * BOOTSTRAP_GROUPS
    for (let i = from; i < from + m; i++) {
      const at = ((draws[i]! * m) | 0) * 2
      drawn += pairs[at]!
      total += pairs[at + 1]!
    }
    means[r] = total / drawn
  }
  means.sort()
  return { mean, low: at(means, 0.025), high: at(means, 0.975) }
}

function at(sorted: Float64Array, share: number): number {
  const rank = (sorted.length - 1) * share
  const below = Math.floor(rank)
  const low = sorted[below]!
  return low + (sorted[Math.min(below + 1, sorted.length - 1)]! - low) * (rank - below)
}
