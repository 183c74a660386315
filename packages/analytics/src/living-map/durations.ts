/** Groups of at most this many durations are kept as they are; their quantiles are exact. */
const EXACT = 4096
/** Durations reach 2^37 ms (over four years); longer ones count in the last bucket. */
const OCTAVES = 37
/** 128 buckets an octave: the middle of a bucket is within 0.4 % of everything in it. */
export const FINE_BITS = 7
/**
 * 32 buckets an octave: within 1.6 %, and within what people can tell where a bucket holds many. For
 * groups by the hundred: their finer histograms would not fit the processor's cache, and the misses
 * took half of the whole map's time (20 million events, 600 edges: 1.9 s of 4.0 s).
 */
export const COARSE_BITS = 5

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/** What `Durations` holds, as plain data: it may cross to another thread. */
export interface DurationsParts {
  readonly exact: readonly (Float64Array | null)[]
  readonly buckets: readonly (Uint32Array | null)[]
  readonly counts: Float64Array
}

/**
 * Durations in groups (a step, an edge), for their quantiles, without an object per duration.
 *
 * A group of up to 4,096 durations is exact; above that it is a histogram whose quantiles are within
 * 0.4 % (`FINE_BITS`) or 1.6 % (`COARSE_BITS`). Whether a group is exact
 * depends on its size alone, so it makes no difference in which order or pieces it was filled.
 */
export class Durations {
  readonly #exact: (Float64Array | null)[]
  readonly #buckets: (Uint32Array | null)[]
  readonly #counts: Float64Array
  readonly #bits: number

  /** @param bits buckets an octave, as a power of two */
  constructor(groups: number, bits = FINE_BITS) {
    this.#bits = bits
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
      const bucket = bucketOf(ms, this.#bits)
      buckets[bucket] = buckets[bucket]! + 1
      return
    }
    let exact = this.#exact[group]
    if (!exact || n === exact.length) {
      if (n === EXACT) {
        const poured = this.#pour(group)
        const bucket = bucketOf(ms, this.#bits)
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

  get parts(): DurationsParts {
    return { exact: this.#exact, buckets: this.#buckets, counts: this.#counts }
  }

  /** @param other of as many groups and buckets */
  merge({ exact, buckets, counts }: DurationsParts): void {
    for (let group = 0; group < this.#counts.length; group++) {
      const theirs = buckets[group]
      const n = counts[group]!
      if (theirs) {
        const ours = this.#buckets[group] ?? this.#pour(group)
        for (let b = 0; b < ours.length; b++) ours[b] = ours[b]! + theirs[b]!
        this.#counts[group] = this.#counts[group]! + n
      } else {
        for (let i = 0; i < n; i++) this.add(group, exact[group]![i]!)
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
      const low = valueAt(buckets, below, this.#bits)
      return rank === below
        ? low
        : low + (valueAt(buckets, below + 1, this.#bits) - low) * (rank - below)
    }
    const sorted = this.#exact[group]!.subarray(0, n).slice().sort()
    const low = sorted[below]!
    return rank === below ? low : low + (sorted[below + 1]! - low) * (rank - below)
  }

  #pour(group: number): Uint32Array {
    const buckets = new Uint32Array(1 + (OCTAVES << this.#bits))
    const exact = this.#exact[group]
    const n = this.#counts[group]!
    if (exact) {
      for (let i = 0; i < Math.min(n, exact.length); i++) {
        const bucket = bucketOf(exact[i]!, this.#bits)
        buckets[bucket] = buckets[bucket]! + 1
      }
    }
    this.#exact[group] = null
    this.#buckets[group] = buckets
    return buckets
  }
}

// TRICKY: the exponent and the top bits of the fraction of a double are the number of its bucket;
// reading them costs a store and a load, Math.log2 costs twenty times that.
function bucketOf(ms: number, bits: number): number {
  if (ms < 1) return 0
  double[0] = ms
  const bucket = (words[1]! >>> (20 - bits)) - (1023 << bits) + 1
  const last = OCTAVES << bits
  return bucket < last ? bucket : last
}

/** The value of this rank, as if those of a bucket lay evenly in it. */
function valueAt(buckets: Uint32Array, rank: number, bits: number): number {
  let before = 0
  let bucket = 0
  while (bucket < buckets.length - 1 && before + buckets[bucket]! <= rank) {
    before += buckets[bucket]!
    bucket++
  }
  if (bucket === 0) return 0
  const perOctave = 1 << bits
  const octave = Math.floor((bucket - 1) / perOctave)
  const low = 2 ** octave * (1 + ((bucket - 1) % perOctave) / perOctave)
  const width = 2 ** octave / perOctave
  // Whole milliseconds: a bucket narrower than two holds one whole number, its rounded-up lower end.
  if (width <= 1) return Math.ceil(low)
  const held = Math.max(1, buckets[bucket]!)
  return low + (width - 1) * ((rank - before + 0.5) / held)
}
