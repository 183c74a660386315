import { isIdentity } from '@parcurs/domain'
import type { EventHashes } from './event-hashes.ts'

/** A key as two 32-bit words. */
export interface KeyWords {
  readonly keyLow: number
  readonly keyHigh: number
}

const KEPT = 200_000

/** Keys of the ids that a file names, remembered: the same ids come again and again. */
export class FileIdentities {
  readonly #hashes: EventHashes
  readonly #users = new Map<string, KeyWords | null>()
  readonly #devices = new Map<string, KeyWords | null>()

  readonly #named: (text: string) => boolean

  /** @param anyId only what is empty names nobody */
  constructor(hashes: EventHashes, anyId: boolean) {
    this.#hashes = hashes
    this.#named = anyId ? (text) => text.trim() !== '' : isIdentity
  }

  /** null: the text names nobody. */
  user(text: string): KeyWords | null {
    return this.#known(this.#users, text, this.#hashes.userKey)
  }

  /** null: the text names no device or browser. */
  device(text: string): KeyWords | null {
    return this.#known(this.#devices, text, this.#hashes.anonymousKey)
  }

  #known(
    held: Map<string, KeyWords | null>,
    text: string,
    keyOf: (text: string) => bigint,
  ): KeyWords | null {
    const found = held.get(text)
    if (found !== undefined) return found
    if (held.size > KEPT) held.clear()
    const words = this.#named(text) ? wordsOf(keyOf(text)) : null
    held.set(text, words)
    return words
  }
}

function wordsOf(key: bigint): KeyWords {
  return { keyLow: Number(key & 0xffff_ffffn), keyHigh: Number(key >> 32n) }
}
