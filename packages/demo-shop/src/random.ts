/**
 * A stream of draws that is the same everywhere: sfc32 of Chris Doty-Humphrey's PractRand
 * (public domain, pracrand.sourceforge.net), 128 bits of state, 12 rounds of warming up.
 *
 * A stream is named by four numbers, so that each decision of each customer has its own: switching
 * a problem off changes what follows from it and leaves every other draw as it was.
 */
export class Random {
  #a = 0
  #b = 0
  #c = 0
  #count = 1

  /** Starts the named stream from its beginning. */
  restart(seed: number, customer: number, stream: number): this {
    this.#a = seed | 0
    this.#b = customer | 0
    this.#c = stream | 0
    this.#count = 1
    for (let i = 0; i < 12; i++) this.#next()
    return this
  }

  #next(): number {
    const drawn = (((this.#a + this.#b) | 0) + this.#count) | 0
    this.#count = (this.#count + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + drawn) | 0
    return drawn >>> 0
  }

  /** In [0, 1), 32 bits of it. */
  unit(): number {
    return this.#next() / 4294967296
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.unit() < probability
  }

  /** In [low, high). */
  between(low: number, high: number): number {
    return low + this.unit() * (high - low)
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.unit() * count)
  }

  /** @throws RangeError on an empty list */
  pick<T>(items: readonly T[]): T {
    const picked = items[this.below(items.length)]
    if (picked === undefined) throw new RangeError('expected something to pick from, got nothing')
    return picked
  }

  /** An index with probability in proportion to its weight. */
  weighted(weights: readonly number[]): number {
    let left = this.unit() * weights.reduce((sum, weight) => sum + weight, 0)
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i] ?? 0
      if (left < 0) return i
    }
    return weights.length - 1
  }

  /** Waiting time with this mean. */
  exponential(mean: number): number {
    return -Math.log(1 - this.unit()) * mean
  }
}
