import type { MessageHash } from '../customers/identity-key.ts'

/**
 * Says of a message hash "surely new" or "perhaps stored before" (a Bloom filter that grows), so that
 * new messages, nearly all of them, need no look-up. Twenty bits a message and ten probes: one false
 * "perhaps" in 15,000 for each generation, 50 MB for twenty million messages.
 */
export interface MessageFilter {
  readonly add: (hash: MessageHash) => void
  readonly mayHold: (hash: MessageHash) => boolean
}

const BITS_A_MESSAGE = 20
const PROBES = 10
const FIRST_CAPACITY = 1 << 18

interface Generation {
  readonly words: Uint32Array
  readonly bits: number
  readonly capacity: number
  held: number
}

export function messageFilter(): MessageFilter {
  const generations: Generation[] = [generation(FIRST_CAPACITY)]
  const halves = new BigUint64Array(2)
  const words = new Uint32Array(halves.buffer)

  return {
    add(hash) {
      let newest = generations[generations.length - 1]
      if (newest === undefined || newest.held >= newest.capacity) {
        newest = generation((newest?.capacity ?? FIRST_CAPACITY / 2) * 2)
        generations.push(newest)
      }
      newest.held++
      split(hash)
      probe(newest, (word, bit) => {
        newest.words[word] = (newest.words[word] ?? 0) | bit
        return true
      })
    },
    mayHold(hash) {
      split(hash)
      return generations.some((one) =>
        probe(one, (word, bit) => ((one.words[word] ?? 0) & bit) !== 0),
      )
    },
  }

  function split({ low, high }: MessageHash): void {
    halves[0] = low
    halves[1] = high
  }

  /** Two independent 53-bit numbers step through the bits (Kirsch and Mitzenmacher 2006). */
  function probe({ bits }: Generation, visit: (word: number, bit: number) => boolean): boolean {
    const [a = 0, b = 0, c = 0, d = 0] = words
    let at = (a + (b & 0xfffff) * 2 ** 32) % bits
    const step = ((c | 1) + (d & 0xfffff) * 2 ** 32) % bits
    for (let i = 0; i < PROBES; i++) {
      if (!visit(Math.floor(at / 32), 1 << (at % 32))) return false
      at += step
      if (at >= bits) at -= bits
    }
    return true
  }
}

function generation(capacity: number): Generation {
  const words = new Uint32Array((capacity * BITS_A_MESSAGE) / 32)
  return { words, bits: words.length * 32, capacity, held: 0 }
}
