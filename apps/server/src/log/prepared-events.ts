import type { EventStore } from './event-store.ts'
import { AT, bufferOf, type EncodedEvents, startOf } from './event-row.ts'
import type { Answer } from './feedback-rows.ts'
import { NOTHING_STATED, type Statements } from './stated-facts.ts'
import { chosenWords, type MessageWords, sameMessage, WORDS } from './message-words.ts'

/** Events with everything done that can be done while others are being stored. */
export interface PreparedEvents {
  /** They carry their kinds, messages and sources. */
  readonly events: EncodedEvents
  readonly words: MessageWords
  /** What the same rows were known by under an earlier rule; null: there was none. */
  readonly formerWords: MessageWords | null
  readonly answers: readonly Answer[]
  /** What comes with them about customers. */
  readonly stated: Statements
  /** Indexes of those that stand earlier among them, or were stored before. */
  readonly known: ReadonlySet<number>
}

/** @param ahead look now for what is stored, while others commit, so that less is left to look for inside */
export async function prepareEvents(
  store: EventStore,
  workspace: number,
  given: Pick<PreparedEvents, 'events' | 'formerWords' | 'answers' | 'stated'>,
  { ahead }: { readonly ahead: boolean },
): Promise<PreparedEvents> {
  const words = wordsOf(given.events)
  const repeated = new Set(repeatedIn(words))
  const prepared = { ...given, words, known: repeated }
  return ahead
    ? {
        ...prepared,
        known: await knownOf(prepared, (asked) => store.messages.findAhead(workspace, asked)),
      }
    : prepared
}

/** Rows `[from, to)` alone; the first of them bring along what is stated. */
export function sliceOf(prepared: PreparedEvents, from: number, to: number): PreparedEvents {
  const { events, words, formerWords, answers, stated, known } = prepared
  if (from === 0 && to === events.ends.length) return prepared
  const start = startOf(events, from)
  const within = (row: number) => row >= from && row < to
  return {
    events: {
      bytes: events.bytes.subarray(start, events.ends[to - 1]),
      ends: events.ends.slice(from, to).map((end) => end - start),
    },
    words: words.subarray(from * WORDS, to * WORDS),
    formerWords: formerWords?.subarray(from * WORDS, to * WORDS) ?? null,
    answers: answers
      .filter(({ row }) => within(row))
      .map((answer) => ({ ...answer, row: answer.row - from })),
    stated: from === 0 ? stated : NOTHING_STATED,
    known: new Set([...known].filter(within).map((row) => row - from)),
  }
}

type Find = (words: MessageWords) => Promise<ReadonlySet<number>>

/** Those known already and those of the others that `find` names, by either of their messages. */
export async function knownOf(
  { words, formerWords, known }: Pick<PreparedEvents, 'words' | 'formerWords' | 'known'>,
  find: Find,
): Promise<ReadonlySet<number>> {
  const now = await foundIn(known, words, find)
  return formerWords === null ? now : await foundIn(now, formerWords, find)
}

async function foundIn(
  known: ReadonlySet<number>,
  words: MessageWords,
  find: Find,
): Promise<ReadonlySet<number>> {
  const count = words.length / WORDS
  if (known.size === 0) return await find(words)
  if (known.size === count) return known
  const asked = Array.from({ length: count }, (_, i) => i).filter((i) => !known.has(i))
  const found = await find(chosenWords(words, asked))
  return new Set([...known, ...[...found].map((place) => asked[place] ?? 0)])
}

export function wordsOf(events: EncodedEvents): MessageWords {
  const { ends } = events
  const rows = bufferOf(events)
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

/** Indexes of messages that stand there earlier. */
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
