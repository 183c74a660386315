/** What a sample holds, as plain data: it may cross to another thread. */
export interface SampleParts {
  readonly lows: Uint32Array
  readonly highs: Uint32Array
  readonly times: Float64Array
}

/**
 * Up to `size` customers of a group, the same ones whatever the order or the pieces they came in: those with the
 * lowest keys. Keys are hashes, so that is a fair draw; and events are stored by key, so that the drawn customers'
 * events lie together and are read without touching the rest.
 */
export class CustomerSample {
  readonly size: number
  #highest = 0xffffffff
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
    return {
      lows: Uint32Array.from(at, (i) => this.#lows[i]!),
      highs: Uint32Array.from(at, (i) => this.#highs[i]!),
      times: Float64Array.from(at, (i) => this.#times[i]!),
    }
  }

  merge({ lows, highs, times }: SampleParts): void {
    for (let i = 0; i < times.length; i++) this.add(lows[i]!, highs[i]!, times[i]!)
  }

  /** @returns the kept customers with the time they were added with, by rising key */
  kept(): readonly SampledCustomer[] {
    return this.#ranked().map((at) => ({
      customer: ((BigInt(this.#highs[at]!) << 32n) | BigInt(this.#lows[at]!)).toString(),
      timeMs: this.#times[at]!,
    }))
  }

  #ranked(): readonly number[] {
    const order = Array.from({ length: this.#count }, (_, i) => i)
    order.sort((a, b) => this.#highs[a]! - this.#highs[b]! || this.#lows[a]! - this.#lows[b]!)
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
    const keep = this.#ranked()
    this.#lows = picked(this.#lows, keep, new Uint32Array(full))
    this.#highs = picked(this.#highs, keep, new Uint32Array(full))
    this.#times = picked(this.#times, keep, new Float64Array(full))
    this.#count = keep.length
    this.#highest = this.#highs[keep.length - 1]!
  }
}

export interface SampledCustomer {
  /** Decimal key. */
  readonly customer: string
  /** Their visit that put them here. */
  readonly timeMs: number
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
