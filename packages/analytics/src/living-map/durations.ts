/** Groups of at most this many durations are kept as they are; their quantiles are exact. */
const EXACT = 4096
/** Buckets an octave: a bucket is at most 1/128 wide, so its middle is within 0.4 %. */
const PER_OCTAVE = 128
/** Durations reach 2^37 ms (over four years); longer ones count in the last bucket. */
const OCTAVES = 37
const BUCKETS = 1 + OCTAVES * PER_OCTAVE

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/**
 * Durations in groups (a step, an edge), for their quantiles, without an object per duration.
 *
 * A group of up to 4,096 durations is exact; above that it is a histogram whose quantiles are within
 * 0.4 % (128 buckets an octave; whole milliseconds below 128 ms stay exact). Whether a group is exact
 * depends on its size alone, so it makes no difference in which order or pieces it was filled.
 */
export class Durations {
  readonly #exact: (Float64Array | null)[]
  readonly #buckets: (Uint32Array | null)[]
  readonly #counts: Float64Array

  constructor(groups: number) {
    this.#exact = new Array<Float64Array | null>(groups).fill(null)
    this.#buckets = new Array<Uint32Array | null>(groups).fill(null)
    this.#counts = new Float64Array(groups)
  }

  count(group: number): number {
    return this.#counts[group] ?? 0
  }

  /** @param ms 0 or more */
  add(group: number, ms: number): void {
    const buckets = this.#buckets[group]
    const n = this.#counts[group]!
    this.#counts[group] = n + 1
    if (buckets) {
      const bucket = bucketOf(ms)
      buckets[bucket] = buckets[bucket]! + 1
      return
    }
    let exact = this.#exact[group]
    if (!exact || n === exact.length) {
      if (n === EXACT) {
        const poured = this.#pour(group)
        const bucket = bucketOf(ms)
        poured[bucket] = poured[bucket]! + 1
        return
      }
      const grown = new Float64Array(Math.min(EXACT, Math.max(16, n * 2)))
      if (exact) grown.set(exact)
      this.#exact[group] = grown
      exact = grown
    }
    exact[n] = ms
  }

  merge(other: Durations): void {
    for (let group = 0; group < this.#counts.length; group++) {
      const theirs = other.#buckets[group]
      const n = other.#counts[group]!
      if (theirs) {
        const ours = this.#buckets[group] ?? this.#pour(group)
        for (let b = 0; b < BUCKETS; b++) ours[b] = ours[b]! + theirs[b]!
        this.#counts[group] = this.#counts[group]! + n
      } else {
        const exact = other.#exact[group]
        for (let i = 0; i < n; i++) this.add(group, exact![i]!)
      }
    }
  }

  /**
   * @param share 0.5 for the median, 0.9 for p90
   * @returns milliseconds, linear between the two nearest (Hyndman and Fan's type 7); null for an empty group
   */
  quantile(group: number, share: number): number | null {
    const n = this.#counts[group] ?? 0
    if (n === 0) return null
    const rank = (n - 1) * share
    const below = Math.floor(rank)
    const buckets = this.#buckets[group]
    if (buckets) {
      const low = valueAt(buckets, below)
      return rank === below ? low : low + (valueAt(buckets, below + 1) - low) * (rank - below)
    }
    const sorted = this.#exact[group]!.subarray(0, n).slice().sort()
    const low = sorted[below]!
    return rank === below ? low : low + (sorted[below + 1]! - low) * (rank - below)
  }

  #pour(group: number): Uint32Array {
    const buckets = new Uint32Array(BUCKETS)
    const exact = this.#exact[group]
    const n = this.#counts[group]!
    if (exact) {
      for (let i = 0; i < Math.min(n, exact.length); i++) {
        const bucket = bucketOf(exact[i]!)
        buckets[bucket] = buckets[bucket]! + 1
      }
    }
    this.#exact[group] = null
    this.#buckets[group] = buckets
    return buckets
  }
}

// TRICKY: the exponent and the top seven bits of the fraction of a double are the number of its
// bucket; reading them costs a store and a load, Math.log2 costs twenty times that.
function bucketOf(ms: number): number {
  if (ms < 1) return 0
  double[0] = ms
  const bucket = (words[1]! >>> 13) - (1023 << 7) + 1
  return bucket < BUCKETS ? bucket : BUCKETS - 1
}

function valueAt(buckets: Uint32Array, rank: number): number {
  let seen = 0
  for (let b = 0; b < BUCKETS; b++) {
    seen += buckets[b]!
    if (seen > rank) return middleOf(b)
  }
  return middleOf(BUCKETS - 1)
}

function middleOf(bucket: number): number {
  if (bucket === 0) return 0
  const octave = Math.floor((bucket - 1) / PER_OCTAVE)
  const low = 2 ** octave * (1 + ((bucket - 1) % PER_OCTAVE) / PER_OCTAVE)
  const width = 2 ** octave / PER_OCTAVE
  // Whole milliseconds: a bucket narrower than two holds one whole number, its rounded-up lower end.
  return width <= 1 ? Math.ceil(low) : low + (width - 1) / 2
}
