import { Readable } from 'node:stream'
import { compile, param, sql } from '@parcurs/analytics'
import { inCommit } from '../log/commit.ts'
import { chosenWords, messageNumberAt, type MessageWords } from '../log/message-words.ts'
import type { EventStore } from '../log/event-store.ts'
import { AT, type ChunkFeedback, EVENT_COLUMNS } from './event-row.ts'
import { bufferOf, knownOf, type PreparedChunk } from './prepared-chunk.ts'

/** What became of a chunk's rows. */
export interface StoredChunk {
  readonly stored: number
  /** Of those stored: found already there, stored by this import just before it was interrupted. */
  readonly own: number
  /** Known from before, or earlier in the chunk by an id of their own: nothing was done about them. */
  readonly repeated: number
  /** Their event name no longer fits the vocabulary. */
  readonly unnamed: number
  readonly commit: number
}

export interface ChunkPlace {
  readonly workspaceId: number
  readonly nowMs: number
  /**
   * Rows found that were stored after this commit count as stored, not as repeated: they are this
   * import's own, from just before it was interrupted. Null: not interrupted.
   */
  readonly resumedAfterCommit: number | null
}

/**
 * Stores the events of a chunk durably in one insert, each message once for ever. Imports carry user ids
 * only, so there is nothing to link; answers to surveys go first, in rows that may be written twice.
 * The commit is kept short: whoever else writes to the workspace waits for it.
 *
 * @throws StoreFailure when a store is away: the same chunk may be stored again
 */
export async function storeChunk(
  store: EventStore,
  place: ChunkPlace,
  prepared: PreparedChunk,
): Promise<StoredChunk> {
  const { workspaceId, nowMs } = place
  const { chunk, words } = prepared
  const bytes = bufferOf(chunk)
  await storeFeedback(store, prepared, bytes)
  return await inCommit(store.stores.database, workspaceId, async (commit) => {
    const known = await knownOf(prepared.known, words, (asked) =>
      store.messages.find(workspaceId, asked),
    )
    const own = await ownRows(store, place, commit, words, known)
    const { rows, kept, unnamed } = freshRows(bytes, chunk.ends, known, { commit, nowMs })
    if (kept > 0) {
      store.messages.add(words)
      await store.stores.clickhouse.insert('events', Readable.from([rows]), {
        format: 'RowBinary',
        columns: EVENT_COLUMNS,
      })
    }
    const repeated = chunk.ends.length - kept - unnamed - own
    return { stored: kept + own, own, repeated, unnamed, commit }
  })
}

interface FreshRows {
  readonly rows: Buffer
  readonly kept: number
  readonly unnamed: number
}

/** The rows to store, with what was not known when they were read. */
function freshRows(
  bytes: Buffer,
  ends: Uint32Array,
  known: ReadonlySet<number>,
  { commit, nowMs }: { readonly commit: number; readonly nowMs: number },
): FreshRows {
  const commitBytes = BigInt(commit)
  const receivedBytes = BigInt(nowMs)
  const kept: number[] = []
  let unnamed = 0
  let size = 0
  let start = 0
  ends.forEach((end, i) => {
    if (!known.has(i)) {
      if (bytes.readUInt32LE(start + AT.kind) === 0) unnamed++
      else {
        bytes.writeBigUInt64LE(commitBytes, start + AT.commit)
        bytes.writeUInt32LE(kept.length, start + AT.row)
        bytes.writeBigInt64LE(receivedBytes, start + AT.received)
        kept.push(i)
        size += end - start
      }
    }
    start = end
  })
  if (size === bytes.length) return { rows: bytes, kept: kept.length, unnamed }
  // The chunk stays whole: it may have to be stored again, when more of it is known.
  const rows = Buffer.allocUnsafe(size)
  let at = 0
  for (const i of kept) at += bytes.copy(rows, at, i === 0 ? 0 : ends[i - 1], ends[i])
  return { rows, kept: kept.length, unnamed }
}

async function storeFeedback(
  { stores }: EventStore,
  { chunk, known }: PreparedChunk,
  bytes: Buffer,
): Promise<void> {
  const rows = chunk.feedback.flatMap((answer) => {
    const start = answer.row === 0 ? 0 : (chunk.ends[answer.row - 1] ?? 0)
    const unnamed = bytes.readUInt32LE(start + AT.kind) === 0
    return unnamed || known.has(answer.row) ? [] : [feedbackRow(answer, bytes, start)]
  })
  await stores.clickhouse.insert('feedback', rows)
}

function feedbackRow(
  { scale, score, touchpoint }: ChunkFeedback,
  bytes: Buffer,
  start: number,
): object {
  const low = bytes.readBigUInt64LE(start + AT.message)
  const high = bytes.readBigUInt64LE(start + AT.message + 8)
  const timeMs = Number(bytes.readBigInt64LE(start + AT.time))
  return {
    workspace: bytes.readUInt32LE(start + AT.workspace),
    key: bytes.readBigUInt64LE(start + AT.key),
    time: new Date(timeMs).toISOString().slice(0, 23).replace('T', ' '),
    message: (high << 64n) | low,
    kind: bytes.readUInt32LE(start + AT.kind),
    scale,
    score,
    touchpoint,
  }
}

const LOOKED_UP_AT_ONCE = 4000

/** How many of the known messages this import stored itself before it was interrupted. */
async function ownRows(
  { stores }: EventStore,
  { workspaceId, resumedAfterCommit }: ChunkPlace,
  before: number,
  words: MessageWords,
  known: ReadonlySet<number>,
): Promise<number> {
  if (resumedAfterCommit === null) return 0
  const asked = chosenWords(words, [...known])
  const messages = [...known].map((_, i) => messageNumberAt(asked, i))
  let stored = 0
  for (let at = 0; at < messages.length; at += LOOKED_UP_AT_ONCE) {
    const some = param.messages(messages.slice(at, at + LOOKED_UP_AT_ONCE))
    const rows = await stores.clickhouse.rows<{ stored: string }>(
      compile(sql`
        SELECT uniqExact(message) AS stored FROM events
        WHERE workspace = ${param.workspace(workspaceId)} AND message IN ${some}
          AND commit > ${param.count(resumedAfterCommit)} AND commit < ${param.count(before)}`),
    )
    stored += Number(rows[0]?.stored ?? 0)
  }
  return stored
}
