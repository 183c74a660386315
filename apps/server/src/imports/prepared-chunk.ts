import type { EventStore } from '../log/event-store.ts'
import { chosenWords, type MessageWords, WORDS } from '../log/message-words.ts'
import { AT, type EventChunk } from './event-row.ts'

/** A chunk with everything done that can be done while another is being stored. */
export interface PreparedChunk {
  /** Its rows carry the workspace's kinds; 0: the vocabulary is full. */
  readonly chunk: EventChunk
  readonly words: MessageWords
  /** Indexes of rows that stand earlier in the chunk by an id of their own, or were stored before. */
  readonly known: ReadonlySet<number>
}

/** @param codes the workspace's codes of kinds by the chunk's indexes; null: the vocabulary is full */
export async function prepareChunk(
  store: EventStore,
  workspaceId: number,
  chunk: EventChunk,
  codes: readonly (number | null)[],
): Promise<PreparedChunk> {
  const rows = bufferOf(chunk)
  nameKinds(rows, chunk.ends, codes)
  const words = wordsOf(rows, chunk.ends)
  const known = new Set(repeatedIn(words))
  const stored = await knownOf(known, words, (asked) =>
    store.messages.findAhead(workspaceId, asked),
  )
  return { chunk, words, known: stored }
}

/** Rows `[from, to)` as a chunk of their own. */
export function sliceOf(prepared: PreparedChunk, from: number, to: number): PreparedChunk {
  const { chunk, words, known } = prepared
  if (from === 0 && to === chunk.ends.length) return prepared
  const start = from === 0 ? 0 : (chunk.ends[from - 1] ?? 0)
  return {
    chunk: {
      ...chunk,
      bytes: chunk.bytes.subarray(start, chunk.ends[to - 1]),
      ends: chunk.ends.slice(from, to).map((end) => end - start),
      feedback: chunk.feedback
        .filter(({ row }) => row >= from && row < to)
        .map((answer) => ({ ...answer, row: answer.row - from })),
    },
    words: words.subarray(from * WORDS, to * WORDS),
    known: new Set([...known].filter((row) => row >= from && row < to).map((row) => row - from)),
  }
}

/** `known` and those of the other messages that `find` names. */
export async function knownOf(
  known: ReadonlySet<number>,
  words: MessageWords,
  find: (words: MessageWords) => Promise<ReadonlySet<number>>,
): Promise<ReadonlySet<number>> {
  const count = words.length / WORDS
  if (known.size === 0) return await find(words)
  if (known.size === count) return known
  const asked = Array.from({ length: count }, (_, i) => i).filter((i) => !known.has(i))
  const found = await find(chosenWords(words, asked))
  return new Set([...known, ...[...found].map((place) => asked[place] ?? 0)])
}

export function bufferOf({ bytes }: EventChunk): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function nameKinds(rows: Buffer, ends: Uint32Array, codes: readonly (number | null)[]): void {
  let start = 0
  for (const end of ends) {
    const at = start + AT.kind
    rows.writeUInt32LE(codes[rows.readUInt32LE(at)] ?? 0, at)
    start = end
  }
}

function wordsOf(rows: Buffer, ends: Uint32Array): MessageWords {
  const words = new Uint32Array(ends.length * WORDS)
  let start = 0
  let at = 0
  for (const end of ends) {
    const from = start + AT.message
    for (let i = 0; i < WORDS; i++) words[at++] = rows.readUInt32LE(from + i * 4)
    start = end
  }
  return words
}

/** Indexes of messages that stand there earlier: ids of a column may repeat. */
function repeatedIn(words: MessageWords): readonly number[] {
  const count = words.length / WORDS
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(count * 2 + 2)))
  const mask = slots.length - 1
  const repeated: number[] = []
  for (let i = 0; i < count; i++) {
    let slot = (words[i * WORDS] ?? 0) & mask
    let other = (slots[slot] ?? 0) - 1
    while (other !== -1 && !sameMessage(words, i, other)) {
      slot = (slot + 1) & mask
      other = (slots[slot] ?? 0) - 1
    }
    if (other === -1) slots[slot] = i + 1
    else repeated.push(i)
  }
  return repeated
}

function sameMessage(words: MessageWords, a: number, b: number): boolean {
  for (let i = 0; i < WORDS; i++) if (words[a * WORDS + i] !== words[b * WORDS + i]) return false
  return true
}
