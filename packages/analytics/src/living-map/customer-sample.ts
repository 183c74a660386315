/** What a sample holds, as plain data: it may cross to another thread. */
export interface SampleParts {
  readonly lows: Uint32Array
  readonly highs: Uint32Array
  readonly times: Float64Array
  /** Everyone there is; false: those with keys up to the last of these. */
  readonly whole: boolean
}

/**
 * Up to `size` customers of a group, the same ones whatever the order or the pieces they came in: those with the
 * lowest keys. Keys are hashes, so that is a fair draw; and events are stored by key, so that the drawn customers'
 * events lie together and are read without touching the rest.
 */
export class CustomerSample {
  readonly size: number
  /** Everyone with a key up to this one, in two halves, is kept. */
  #highest = 0xffffffff
  #lowest = 0xffffffff
  #count = 0
  #lows: Uint32Array
  #highs: Uint32Array
  #times: Float64Array

  constructor(size: number) {
    this.size = size
    const room = Math.min(64, size * 2)
    this.#lows = new Uint32Array(room)
    this.#highs = new Uint32Array(room)
    this.#times = new Float64Array(room)
  }

  /** The greatest upper half of a key that may be kept; −1: none. */
  get bound(): number {
    return this.size > 0 ? this.#highest : -1
  }

  /** Whether a key with this upper half may be kept; asked before what would be added is looked up. */
  wants(high: number): boolean {
    return high <= this.#highest && this.size > 0
  }

  add(low: number, high: number, timeMs: number): void {
    if (high > this.#highest || this.size === 0) return
    if (this.#count === this.#lows.length) this.#makeRoom()
    const at = this.#count++
    this.#lows[at] = low
    this.#highs[at] = high
    this.#times[at] = timeMs
  }

  get parts(): SampleParts {
    const at = this.#ranked()
    const bounded = this.#highest < 0xffffffff || this.#lowest < 0xffffffff
    return {
      whole: !bounded && this.#count <= this.size,
      lows: Uint32Array.from(at, (i) => this.#lows[i]!),
      highs: Uint32Array.from(at, (i) => this.#highs[i]!),
      times: Float64Array.from(at, (i) => this.#times[i]!),
    }
  }

  merge({ lows, highs, times, whole }: SampleParts): void {
    if (!whole) this.#boundAt(highs.at(-1) ?? -1, lows.at(-1) ?? 0)
    for (let i = 0; i < times.length; i++) this.add(lows[i]!, highs[i]!, times[i]!)
  }

  /**
   * Takes out whom `parts` hold: as they were added, with all there were.
   *
   * @returns false: one of them was not there
   */
  take({ lows, highs, times }: SampleParts): boolean {
    if (this.size === 0) return true
    // Of many who are touched few are sampled.
    const beyond = this.#count <= this.size && highs.every((high) => high > this.#highest)
    if (beyond) return true
    const ranked = this.#ranked()
    // Those beyond the bound are forgotten here; whoever is left tells the next bound.
    const last = ranked.at(-1)
    if (last !== undefined && this.#count > ranked.length) {
      this.#boundAt(this.#highs[last]!, this.#lows[last]!)
    }
    const left = new Map(
      ranked.map((i) => [nameOf(this.#lows[i]!, this.#highs[i]!, this.#times[i]!), i] as const),
    )
    let met = true
    for (let i = 0; i < times.length; i++) {
      const [low, high] = [lows[i]!, highs[i]!]
      const there = left.delete(nameOf(low, high, times[i]!))
      met &&= there || high > this.#highest || (high === this.#highest && low > this.#lowest)
    }
    this.#keep([...left.values()])
    return met
  }

  /** Fewer than `size` are kept, and there are more. */
  holdsLess(size: number): boolean {
    const bounded = this.#highest < 0xffffffff || this.#lowest < 0xffffffff
    return bounded && this.#ranked().length < size
  }

  #boundAt(high: number, low: number): void {
    if (high > this.#highest || (high === this.#highest && low >= this.#lowest)) return
    this.#highest = high
    this.#lowest = low
  }

  /** @returns up to `most` of the kept customers with the time they were added with, by rising key */
  kept(most = this.size): readonly SampledCustomer[] {
    return this.#ranked()
      .slice(0, most)
      .map((at) => ({
        customer: ((BigInt(this.#highs[at]!) << 32n) | BigInt(this.#lows[at]!)).toString(),
        timeMs: this.#times[at]!,
      }))
  }

  #ranked(): readonly number[] {
    const order: number[] = []
    for (let i = 0; i < this.#count; i++) {
      const high = this.#highs[i]!
      if (high < this.#highest || (high === this.#highest && this.#lows[i]! <= this.#lowest)) {
        order.push(i)
      }
    }
    const apart = (a: number, b: number) =>
      this.#highs[a]! - this.#highs[b]! || this.#lows[a]! - this.#lows[b]!
    // What was taken in whole is in order already.
    if (order.some((at, i) => i > 0 && apart(order[i - 1]!, at) > 0)) order.sort(apart)
    return order.slice(0, this.size)
  }

  #makeRoom(): void {
    const full = this.size * 2
    if (this.#lows.length < full) {
      const room = Math.min(full, this.#lows.length * 2)
      this.#lows = grown(this.#lows, new Uint32Array(room))
      this.#highs = grown(this.#highs, new Uint32Array(room))
      this.#times = grown(this.#times, new Float64Array(room))
      return
    }
    this.#keep(this.#ranked())
    const last = this.#count - 1
    if (last >= 0) this.#boundAt(this.#highs[last]!, this.#lows[last]!)
  }

  #keep(those: readonly number[]): void {
    const room = this.#lows.length
    this.#lows = picked(this.#lows, those, new Uint32Array(room))
    this.#highs = picked(this.#highs, those, new Uint32Array(room))
    this.#times = picked(this.#times, those, new Float64Array(room))
    this.#count = those.length
  }
}

export interface SampledCustomer {
  /** Decimal key. */
  readonly customer: string
  /** Their visit that put them here. */
  readonly timeMs: number
}

function nameOf(low: number, high: number, timeMs: number): string {
  return `${high} ${low} ${timeMs}`
}

function grown<T extends Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function picked<T extends Uint32Array | Float64Array>(from: T, at: readonly number[], to: T): T {
  at.forEach((old, i) => {
    to[i] = from[old]!
  })
  return to
}
