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
/** Groups of at most this many durations are kept as they are; their quantiles are exact. */
const exactOf = (bits: number) => (bits === COARSE_BITS ? 1024 : 4096)

/** Of at most this many they are held. @param reserve durations may be taken out again */
export function mostHeld(bits: number, reserve: boolean): number {
  return reserve ? 2 * exactOf(bits) : exactOf(bits)
}

/** So many durations wait before they are sorted into their buckets. */
const WAITING = 4096

/** What `Durations` holds, as plain data: it may cross to another thread. */
export interface DurationsParts {
  readonly exact: readonly (Float64Array | null)[]
  /** Where a group's buckets begin in the pool; −1: it is still exact. */
  readonly bases: Int32Array
  readonly pool: Uint32Array
  readonly counts: Float64Array
}

/**
 * Durations in groups (a step, an edge), for their quantiles, without an object per duration.
 *
 * A group of up to 4,096 durations (1,024 with `COARSE_BITS`) is exact; above that it is a histogram whose
 * quantiles are within 0.4 % (1.6 %). Whether a group is exact depends on its size alone, so it
 * makes no difference in which order or pieces it was filled.
 */
export class Durations {
  readonly #bits: number
  readonly #mostExact: number
  /** Above `#mostExact` where durations may be taken out again. */
  readonly #mostHeld: number
  // TRICKY: a bucket is seldom in the processor's nearest cache. Where the durations are found every
  // step would wait for it; counted many at a time the waits overlap (20 million: 1.1 s to 0.1 s).
  readonly #waitingMs = new Float64Array(WAITING)
  readonly #waitingWords = new Uint32Array(this.#waitingMs.buffer)
  readonly #waitingGroups = new Int32Array(WAITING)
  #waiting = 0
  readonly #exact: (Float64Array | null)[]
  readonly #bases: Int32Array
  readonly #counts: Float64Array
  /** The histograms of all groups that have one, end to end. */
  #pool = new Uint32Array(0)
  #pooled = 0

  /**
   * @param bits buckets an octave, as a power of two
   * @param reserve durations may be taken out again: a group is held as it is up to twice the size where that counts,
   *   and told as if it were not
   */
  constructor(groups: number, bits = FINE_BITS, reserve = false) {
    this.#bits = bits
    this.#mostExact = exactOf(bits)
    this.#mostHeld = mostHeld(bits, reserve)
    this.#exact = new Array<Float64Array | null>(groups).fill(null)
    this.#bases = new Int32Array(groups).fill(-1)
    this.#counts = new Float64Array(groups)
  }

  count(group: number): number {
    this.#settle()
    return this.#counts[group] ?? 0
  }

  /** @param ms whole, 0 or more */
  add(group: number, ms: number): void {
    const waiting = this.#waiting
    this.#waitingGroups[waiting] = group
    this.#waitingMs[waiting] = ms
    this.#waiting = waiting + 1
    if (waiting + 1 === WAITING) this.#settle()
  }

  /** Puts those that wait where they belong. */
  #settle(): void {
    const groups = this.#waitingGroups
    const ms = this.#waitingMs
    const bases = this.#bases
    const counts = this.#counts
    const bits = this.#bits
    const words = this.#waitingWords
    let pool = this.#pool
    const waiting = this.#waiting
    this.#waiting = 0
    for (let i = 0; i < waiting; i++) {
      const group = groups[i]!
      const base = bases[group]!
      if (base < 0) {
        this.#addExact(group, ms[i]!)
        pool = this.#pool
        continue
      }
      counts[group] = counts[group]! + 1
      const at = base + bucketOf(words[i * 2 + 1]!, bits)
      pool[at] = pool[at]! + 1
    }
  }

  #addExact(group: number, ms: number): void {
    const n = this.#counts[group]!
    this.#counts[group] = n + 1
    if (n === this.#mostHeld) {
      this.#pour(group, n)
      this.#bucket(group, ms)
      return
    }
    let exact = this.#exact[group]
    if (!exact || n === exact.length) {
      const grown = new Float64Array(Math.min(this.#mostHeld, Math.max(16, n * 2)))
      if (exact) grown.set(exact)
      this.#exact[group] = grown
      exact = grown
    }
    exact[n] = ms
  }

  #bucket(group: number, ms: number, change = 1): void {
    double[0] = ms
    const at = this.#bases[group]! + bucketOf(words[1]!, this.#bits)
    this.#pool[at] = this.#pool[at]! + change
  }

  get parts(): DurationsParts {
    this.#settle()
    return {
      exact: this.#exact,
      bases: this.#bases,
      // Not a view: what crosses to another thread takes its whole buffer along.
      pool: this.#pool.slice(0, this.#pooled),
      counts: this.#counts,
    }
  }

  /** @param other of as many groups, and buckets an octave */
  merge({ exact, bases, pool, counts }: DurationsParts): void {
    this.#settle()
    const buckets = bucketCount(this.#bits)
    for (let group = 0; group < this.#counts.length; group++) {
      const n = counts[group]!
      const theirs = bases[group]!
      if (n === 0) continue
      if (theirs < 0) {
        this.#mergeExact(group, exact[group]!, n)
        continue
      }
      if (this.#bases[group]! < 0) this.#pour(group, this.#counts[group]!)
      const ours = this.#bases[group]!
      for (let b = 0; b < buckets; b++) {
        this.#pool[ours + b] = this.#pool[ours + b]! + pool[theirs + b]!
      }
      this.#counts[group] = this.#counts[group]! + n
    }
  }

  #mergeExact(group: number, theirs: Float64Array, n: number): void {
    const held = this.#counts[group]!
    if (this.#bases[group]! >= 0 || held + n > this.#mostHeld) {
      for (let i = 0; i < n; i++) this.add(group, theirs[i]!)
      this.#settle()
      return
    }
    // At once: a tally that is corrected or told is merged whole.
    let ours = this.#exact[group]
    if (!ours || ours.length < held + n) {
      const grown = new Float64Array(Math.min(this.#mostHeld, Math.max(16, held + n)))
      if (ours) grown.set(ours.subarray(0, held))
      this.#exact[group] = grown
      ours = grown
    }
    ours.set(theirs.subarray(0, n), held)
    this.#counts[group] = held + n
  }

  /**
   * Takes out what `parts` hold.
   *
   * @returns false: some of it was not there
   */
  take({ exact, bases, pool, counts }: DurationsParts): boolean {
    this.#settle()
    let whole = true
    const buckets = bucketCount(this.#bits)
    for (let group = 0; group < this.#counts.length; group++) {
      const n = counts[group]!
      if (n === 0) continue
      const theirs = bases[group]!
      const ours = this.#bases[group]!
      if (ours < 0) {
        if (theirs >= 0) return false
        whole = this.#takeExact(group, exact[group]!.subarray(0, n)) && whole
        continue
      }
      this.#counts[group] = this.#counts[group]! - n
      if (theirs < 0) {
        for (let i = 0; i < n; i++) this.#bucket(group, exact[group]![i]!, -1)
      } else {
        for (let b = 0; b < buckets; b++) {
          this.#pool[ours + b] = this.#pool[ours + b]! - pool[theirs + b]!
        }
      }
    }
    return whole
  }

  #takeExact(group: number, gone: Float64Array): boolean {
    const held = this.#exact[group]
    for (const ms of gone) {
      const n = this.#counts[group]!
      const at = held?.subarray(0, n).indexOf(ms) ?? -1
      if (!held || at < 0) return false
      held[at] = held[n - 1]!
      this.#counts[group] = n - 1
    }
    return true
  }

  /** A group holds only its histogram and is so small that its durations themselves would count. */
  get short(): boolean {
    this.#settle()
    return this.#counts.some((n, group) => this.#bases[group]! >= 0 && n <= this.#mostExact)
  }

  /**
   * @param share 0.5 for the median, 0.9 for p90
   * @returns milliseconds, linear between the two nearest (Hyndman and Fan's type 7); null for an empty group
   */
  quantile(group: number, share: number): number | null {
    const n = this.count(group)
    if (n === 0) return null
    const rank = (n - 1) * share
    const below = Math.floor(rank)
    const buckets = this.#bucketsTold(group, n)
    if (buckets !== null) {
      const low = valueAt(buckets, below, this.#bits)
      if (rank === below) return low
      return low + (valueAt(buckets, below + 1, this.#bits) - low) * (rank - below)
    }
    const sorted = this.#exact[group]!.subarray(0, n).slice().sort()
    const low = sorted[below]!
    return rank === below ? low : low + (sorted[below + 1]! - low) * (rank - below)
  }

  /** null: the group's durations are told as they are. */
  #bucketsTold(group: number, n: number): Uint32Array | null {
    const base = this.#bases[group]!
    if (base >= 0) return this.#pool.subarray(base, base + bucketCount(this.#bits))
    if (n <= this.#mostExact) return null
    const buckets = new Uint32Array(bucketCount(this.#bits))
    for (const ms of this.#exact[group]!.subarray(0, n)) {
      double[0] = ms
      const at = bucketOf(words[1]!, this.#bits)
      buckets[at] = buckets[at]! + 1
    }
    return buckets
  }

  /** Turns the `n` durations that the group holds into a histogram. */
  #pour(group: number, n: number): void {
    const buckets = bucketCount(this.#bits)
    if (this.#pooled + buckets > this.#pool.length) {
      const grown = new Uint32Array(Math.max(8 * buckets, this.#pool.length * 2))
      grown.set(this.#pool)
      this.#pool = grown
    }
    const base = this.#pooled
    this.#pooled += buckets
    this.#bases[group] = base
    const exact = this.#exact[group]
    for (let i = 0; i < n; i++) this.#bucket(group, exact![i]!)
    this.#exact[group] = null
  }
}

export function bucketCount(bits: number): number {
  return 1 + (OCTAVES << bits)
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

// TRICKY: the upper word of a double is its exponent and the leading bits of its fraction, and that is
// the number of the bucket: two instructions where Math.log2 takes twenty times that.
function bucketOf(upperWord: number, bits: number): number {
  const bucket = (upperWord >>> (20 - bits)) - (1023 << bits) + 1
  return Math.min(Math.max(bucket, 0), OCTAVES << bits)
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
