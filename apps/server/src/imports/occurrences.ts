/** How often each row was seen in one file, so that identical rows are separate events. */
export interface Occurrences {
  /**
   * @param low, high two 32-bit words of the row's hash
   * @returns how many rows before this one had it; null: too many rows lie between to say
   */
  readonly next: (low: number, high: number) => number | null
}

/** As many rows as fit 100 MB of slots. */
const CAPACITY = 5_800_000
const SLOTS_AT_FIRST = 1 << 16
const LOAD = 0.7

/**
 * Exact within the last `capacity` rows; what is older lives on as one bit pattern of `filterBytes`,
 * which never forgets a row and mistakes a new one for an old one at times (1 % at 12 bits a row).
 * So memory is bounded whatever the file's size: 12 bytes a slot and the filter.
 */
export class RowOccurrences implements Occurrences {
  readonly #capacity: number
  readonly #filterBytes: number
  #slots = SLOTS_AT_FIRST
  #words = new Uint32Array(SLOTS_AT_FIRST * 3)
  #used = 0
  #filter: Uint8Array | null = null

  constructor({ capacity = CAPACITY, filterBytes = 1 << 27 } = {}) {
    this.#capacity = capacity
    this.#filterBytes = filterBytes
  }

  next(low: number, high: number): number | null {
    const slot = this.#slotOf(low, high)
    const seen = this.#words[slot + 2] ?? 0
    this.#words[slot + 2] = seen + 1
    if (seen > 0) return seen
    this.#words[slot] = low
    this.#words[slot + 1] = high
    this.#used++
    const far = this.#filter !== null && this.#filterHas(low, high)
    if (this.#used >= this.#capacity) this.#retire()
    else if (this.#used > this.#slots * LOAD) this.#grow()
    return far ? null : 0
  }

  #slotOf(low: number, high: number): number {
    const mask = this.#slots - 1
    let at = low & mask
    for (;;) {
      const word = at * 3
      if (this.#words[word + 2] === 0) return word
      if (this.#words[word] === low && this.#words[word + 1] === high) return word
      at = (at + 1) & mask
    }
  }

  #grow(): void {
    const old = this.#words
    this.#slots *= 2
    this.#words = new Uint32Array(this.#slots * 3)
    for (let i = 0; i < old.length; i += 3) {
      const seen = old[i + 2] ?? 0
      if (seen === 0) continue
      const slot = this.#slotOf(old[i] ?? 0, old[i + 1] ?? 0)
      this.#words.set(old.subarray(i, i + 3), slot)
    }
  }

  #retire(): void {
    this.#filter ??= new Uint8Array(this.#filterBytes)
    for (let i = 0; i < this.#words.length; i += 3) {
      if (this.#words[i + 2] === 0) continue
      for (const bit of this.#bits(this.#words[i] ?? 0, this.#words[i + 1] ?? 0)) {
        const byte = bit >>> 3
        this.#filter[byte] = (this.#filter[byte] ?? 0) | (1 << (bit & 7))
      }
    }
    this.#words.fill(0)
    this.#used = 0
  }

  #filterHas(low: number, high: number): boolean {
    return this.#bits(low, high).every(
      (bit) => ((this.#filter?.[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0,
    )
  }

  #bits(low: number, high: number): readonly number[] {
    const bits = this.#filterBytes * 8
    return [0, 1, 2, 3]
      .map((i) => (low + Math.imul(i, high | 1) + i * i) >>> 0)
      .map((x) => x % bits)
  }
}
