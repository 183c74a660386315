import type { MessageHash } from '../identity/identity-key.ts'

/**
 * Hashes of messages one after the other, four 32-bit words each, lowest first: of the many that an
 * import brings none is an object.
 */
export type MessageWords = Uint32Array<ArrayBuffer>

export const WORDS = 4

export function messageWords(hashes: readonly MessageHash[]): MessageWords {
  const words = new Uint32Array(hashes.length * WORDS)
  const halves = new BigUint64Array(words.buffer)
  hashes.forEach(({ low, high }, i) => {
    halves[i * 2] = low
    halves[i * 2 + 1] = high
  })
  return words
}

/** The hash of message `i` as one number, as the store has it. */
export function messageNumberAt(words: MessageWords, i: number): bigint {
  const half = (at: number) => (BigInt(words[at + 1] ?? 0) << 32n) | BigInt(words[at] ?? 0)
  return (half(i * WORDS + 2) << 64n) | half(i * WORDS)
}

/** The words of the messages at `indexes` only. */
export function chosenWords(words: MessageWords, indexes: readonly number[]): MessageWords {
  const chosen = new Uint32Array(indexes.length * WORDS)
  indexes.forEach((index, i) => {
    chosen.set(words.subarray(index * WORDS, (index + 1) * WORDS), i * WORDS)
  })
  return chosen
}

export function sameMessage(words: MessageWords, a: number, b: number): boolean {
  for (let i = 0; i < WORDS; i++) if (words[a * WORDS + i] !== words[b * WORDS + i]) return false
  return true
}
