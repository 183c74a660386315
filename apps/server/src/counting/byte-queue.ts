/**
 * Bytes handed from one side to the other in order; `onTaken` is called when a piece was taken. Before each piece
 * `isGivenUp` is asked.
 */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  readonly #onTaken: () => void
  readonly #isGivenUp: () => boolean
  readonly #waiting: Uint8Array[] = []
  #ended = false
  #failure: Error | null = null
  #wake: (() => void) | null = null

  constructor(onTaken: () => void, isGivenUp: () => boolean) {
    this.#onTaken = onTaken
    this.#isGivenUp = isGivenUp
  }

  push(bytes: Uint8Array): void {
    this.#waiting.push(bytes)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  fail(failure: Error): void {
    this.#failure = failure
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      if (this.#failure !== null) throw this.#failure
      if (this.#isGivenUp()) throw new Error('given up')
      const next = this.#waiting.shift()
      if (next !== undefined) {
        this.#onTaken()
        yield next
      } else if (this.#ended) {
        return
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        this.#wake = null
      }
    }
  }
}
