import { type MessageWords, WORDS } from './message-words.ts'

/**
 * Says of a message hash "surely new" or "perhaps stored before" (a Bloom filter that grows), so that
 * new messages, nearly all of them, need no look-up. Twenty bits a message and ten probes: one false
 * "perhaps" in 15,000 for each generation, 50 MB for twenty million messages.
 */
export interface MessageFilter {
  /** Takes in every message of `words`. */
  readonly add: (words: MessageWords) => void
  /** @returns the indexes of those that are perhaps held, in order */
  readonly perhapsHeld: (words: MessageWords) => readonly number[]
}

const BITS_A_MESSAGE = 20
const PROBES = 10
const FIRST_CAPACITY = 1 << 18
/** Places of bits stay below 2^31, where arithmetic is fast. */
const LAST_CAPACITY = 1 << 26

interface Generation {
  readonly words: Uint32Array
  readonly bits: number
  readonly capacity: number
  held: number
}

export function messageFilter(): MessageFilter {
  const generations: Generation[] = [generation(FIRST_CAPACITY)]
  return {
    add(words) {
      for (let at = 0; at < words.length; at += WORDS) note(withRoom(generations), words, at)
    },
    perhapsHeld(words) {
      const perhaps: number[] = []
      for (let at = 0; at < words.length; at += WORDS) {
        if (generations.some((one) => mayHold(one, words, at))) perhaps.push(at / WORDS)
      }
      return perhaps
    },
  }
}

function withRoom(generations: Generation[]): Generation {
  const newest = generations[generations.length - 1]
  if (newest !== undefined && newest.held < newest.capacity) return newest
  const capacity = Math.min((newest?.capacity ?? FIRST_CAPACITY / 2) * 2, LAST_CAPACITY)
  const next = generation(capacity)
  generations.push(next)
  return next
}

// Two independent halves of the hash step through the bits (Kirsch and Mitzenmacher 2006).

function note(one: Generation, message: MessageWords, from: number): void {
  const { words, bits } = one
  const step = placeOf(message[from + 2], bits) | 1
  let at = placeOf(message[from], bits)
  for (let i = 0; i < PROBES; i++) {
    words[at >>> 5] = (words[at >>> 5] ?? 0) | (1 << (at & 31))
    at += step
    if (at >= bits) at -= bits
  }
  one.held++
}

function mayHold({ words, bits }: Generation, message: MessageWords, from: number): boolean {
  const step = placeOf(message[from + 2], bits) | 1
  let at = placeOf(message[from], bits)
  for (let i = 0; i < PROBES; i++) {
    if (((words[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) return false
    at += step
    if (at >= bits) at -= bits
  }
  return true
}

/** A word of the hash, evenly spread, as a place among the bits. */
function placeOf(word: number | undefined, bits: number): number {
  return Math.floor(((word ?? 0) / 4_294_967_296) * bits)
}

function generation(capacity: number): Generation {
  const words = new Uint32Array((capacity * BITS_A_MESSAGE) / 32)
  return { words, bits: words.length * 32, capacity, held: 0 }
}
