/** Customers are put into this many groups by their key; the groups are what is drawn again. */
export const BOOTSTRAP_GROUPS = 512
const REPLICATES = 500

export interface MeanInterval {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/**
 * Mean and 95 % percentile interval by an aggregate bootstrap: instead of customers, groups of
 * customers (512, chosen by key) are drawn with replacement, 500 times, and the mean is Σ values ÷
 * Σ customers of the drawn groups. With few customers nearly every group is one customer, which is the ordinary bootstrap;
 * with many the groups' sums carry the same variance at a fixed price. Seeded: the same data give
 * the same interval.
 *
 * @param counts customers of each group
 * @param sums values of each group
 * @returns null over nobody
 * @see Efron (1979), Ann. Stat. 7:1–26
 */
export function bootstrapMean(
  counts: Float64Array,
  sums: Float64Array,
  seed: number,
): MeanInterval | null {
  const filled: number[] = []
  let count = 0
  let sum = 0
  for (let g = 0; g < counts.length; g++) {
    if (counts[g]! === 0) continue
    filled.push(g)
    count += counts[g]!
    sum += sums[g]!
  }
  if (count === 0) return null
  const mean = sum / count
  if (sums.every((value) => value === 0)) return { mean, low: mean, high: mean }
  const ns = Float64Array.from(filled, (g) => counts[g]!)
  const values = Float64Array.from(filled, (g) => sums[g]!)
  const means = new Float64Array(REPLICATES)
  const m = ns.length
  let state = seed >>> 0 || 1
  for (let r = 0; r < REPLICATES; r++) {
    let drawn = 0
    let total = 0
    for (let i = 0; i < m; i++) {
      // xorshift32 (Marsaglia 2003), then a multiplication in place of a division.
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      const at = Math.floor(((state >>> 0) / 4294967296) * m)
      drawn += ns[at]!
      total += values[at]!
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
