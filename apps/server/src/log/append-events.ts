import { Readable } from 'node:stream'
import type { Commit } from './commit.ts'
import { AT, bufferOf, EVENT_COLUMNS } from './event-row.ts'
import type { EventStore } from './event-store.ts'
import { chosenWords, type MessageWords, WORDS } from './message-words.ts'
import { storeCommit } from './store-commit.ts'
import { knownOf, type PreparedEvents } from './prepared-events.ts'

/** What a commit brought into the log. */
export interface Appended {
  readonly commit: number
  readonly appended: number
  /** Indexes of events whose message was known, from before or from earlier in the commit: nothing was done about them. */
  readonly known: ReadonlySet<number>
  /** Of the appended events' own times; null: none was appended. */
  readonly earliestMs: number | null
  readonly latestMs: number | null
}

/** What is written in the commit before its events: everything there may be written twice. */
export type Derive = (commit: Commit, known: ReadonlySet<number>) => Promise<void>

/**
 * Appends events to the workspace's log durably, each message once for ever. What is derived goes first, in
 * rows that may be written twice; the events go last, in one insert that is there whole or not at all. So
 * after a crash at any point whoever sent them sends them again and nothing is double.
 *
 * @throws StoreFailure when a store is away: the same events may be appended again
 */
export async function appendEvents(
  store: EventStore,
  workspace: number,
  prepared: PreparedEvents,
  derive: Derive,
): Promise<Appended> {
  const { clickhouse } = store.stores
  return await storeCommit(store, workspace, async (commit) => {
    const known = await knownOf(prepared, (words) =>
      store.messages.find(workspace, words, commit.removals),
    )
    await derive(commit, known)
    const fresh = freshRows(prepared, known, commit)
    const { bytes, appended, earliestMs, latestMs } = fresh
    if (appended > 0) {
      store.messages.add(withoutKnown(prepared.words, known))
      await clickhouse.insert('events', Readable.from([bytes]), {
        format: 'RowBinary',
        columns: EVENT_COLUMNS,
      })
    }
    return { commit: commit.number, appended, known, earliestMs, latestMs }
  })
}

function withoutKnown(words: MessageWords, known: ReadonlySet<number>): MessageWords {
  if (known.size === 0) return words
  const all = Array.from({ length: words.length / WORDS }, (_, i) => i)
  return chosenWords(
    words,
    all.filter((i) => !known.has(i)),
  )
}

interface FreshRows {
  readonly bytes: Buffer
  readonly appended: number
  readonly earliestMs: number | null
  readonly latestMs: number | null
}

/** The rows to insert, with what was not known before the commit. */
function freshRows(
  { events }: PreparedEvents,
  known: ReadonlySet<number>,
  commit: Commit,
): FreshRows {
  const rows = bufferOf(events)
  const { ends } = events
  const number = BigInt(commit.number)
  const received = BigInt(commit.nowMs)
  let appended = 0
  let size = 0
  let start = 0
  let earliest = Number.POSITIVE_INFINITY
  let latest = Number.NEGATIVE_INFINITY
  ends.forEach((end, i) => {
    if (!known.has(i)) {
      rows.writeBigUInt64LE(number, start + AT.commit)
      rows.writeUInt32LE(appended++, start + AT.row)
      rows.writeBigInt64LE(received, start + AT.received)
      const timeMs =
        rows.readUInt32LE(start + AT.time) + rows.readInt32LE(start + AT.time + 4) * 4_294_967_296
      if (timeMs < earliest) earliest = timeMs
      if (timeMs > latest) latest = timeMs
      size += end - start
    }
    start = end
  })
  const times =
    appended === 0
      ? { earliestMs: null, latestMs: null }
      : { earliestMs: earliest, latestMs: latest }
  if (size === rows.length) return { bytes: rows, appended, ...times }
  // What was prepared stays whole: it may have to be appended again, when more of it is known.
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  let from = 0
  ends.forEach((end, i) => {
    if (!known.has(i)) at += rows.copy(bytes, at, from, end)
    from = end
  })
  return { bytes, appended, ...times }
}
