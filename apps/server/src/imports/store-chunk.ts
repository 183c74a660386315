import { Readable } from 'node:stream'
import { compile, param, sql } from '@parcurs/analytics'
import { inCommit } from '../collect/commit.ts'
import type { EventStore } from '../collect/store-events.ts'
import { type MessageHash, messageNumber } from '../customers/identity-key.ts'
import { AT, EVENT_COLUMNS, type EventChunk } from './event-row.ts'

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
 * Writes the workspace's kind codes into the rows, once, before the chunk is stored.
 *
 * @param codes by the chunk's indexes; null, written as 0: the vocabulary is full
 */
export function nameKinds({ bytes, ends }: EventChunk, codes: readonly (number | null)[]): void {
  const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let start = 0
  for (const end of ends) {
    const at = start + AT.kind
    rows.writeUInt32LE(codes[rows.readUInt32LE(at)] ?? 0, at)
    start = end
  }
}

/**
 * Stores the events of a chunk durably in one insert, each message once for ever. Imports carry user ids
 * only, so there is nothing to link; answers to surveys go first, in rows that may be written twice.
 *
 * @throws StoreFailure when a store is away: the same chunk may be stored again
 */
export async function storeChunk(
  store: EventStore,
  { workspaceId, nowMs, resumedAfterCommit }: ChunkPlace,
  chunk: EventChunk,
): Promise<StoredChunk> {
  const bytes = Buffer.from(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength)
  const hashes = hashesOf(bytes, chunk.ends)
  return await inCommit(store.stores.database, workspaceId, async (commit) => {
    const known = await knownRows(store, workspaceId, hashes)
    const own =
      resumedAfterCommit === null
        ? 0
        : await storedSince(
            store,
            workspaceId,
            resumedAfterCommit,
            commit,
            [...known].map((i) => hashes[i]),
          )
    const fresh = freshRows(bytes, chunk.ends, known)
    finish(bytes, fresh.starts, commit, nowMs)
    await storeFeedback(store, chunk, bytes, fresh.kept)
    if (fresh.pieces.length > 0) {
      await store.stores.clickhouse.insert('events', Readable.from(fresh.pieces), {
        format: 'RowBinary',
        columns: EVENT_COLUMNS,
      })
      store.messages.add(hashes.filter((_, i) => fresh.kept.has(i)))
    }
    const stored = fresh.kept.size
    const repeated = hashes.length - stored - fresh.unnamed - own
    return { stored: stored + own, own, repeated, unnamed: fresh.unnamed, commit }
  })
}

function hashesOf(bytes: Buffer, ends: Uint32Array): readonly MessageHash[] {
  const hashes: MessageHash[] = []
  let start = 0
  for (const end of ends) {
    const at = start + AT.message
    hashes.push({ low: bytes.readBigUInt64LE(at), high: bytes.readBigUInt64LE(at + 8) })
    start = end
  }
  return hashes
}

/** Indexes of rows whose message is stored, or stands earlier in the chunk: ids of a column may repeat. */
async function knownRows(
  store: EventStore,
  workspaceId: number,
  hashes: readonly MessageHash[],
): Promise<ReadonlySet<number>> {
  const first = new Set<bigint>()
  const known = new Set<number>()
  const asked: number[] = []
  hashes.forEach((hash, i) => {
    const number = messageNumber(hash)
    if (first.has(number)) known.add(i)
    else asked.push(i)
    first.add(number)
  })
  const unique = asked.length === hashes.length ? hashes : hashes.filter((_, i) => !known.has(i))
  for (const place of await store.messages.find(workspaceId, unique)) {
    const row = asked[place]
    if (row !== undefined) known.add(row)
  }
  return known
}

interface FreshRows {
  /** Indexes of the rows to store. */
  readonly kept: ReadonlySet<number>
  readonly starts: readonly number[]
  /** Their bytes, neighbours in one piece. */
  readonly pieces: readonly Buffer[]
  readonly unnamed: number
}

function freshRows(bytes: Buffer, ends: Uint32Array, known: ReadonlySet<number>): FreshRows {
  const kept = new Set<number>()
  const starts: number[] = []
  const pieces: Buffer[] = []
  let unnamed = 0
  let start = 0
  let pieceFrom = 0
  const cut = (to: number) => {
    if (to > pieceFrom) pieces.push(bytes.subarray(pieceFrom, to))
  }
  ends.forEach((end, i) => {
    const named = bytes.readUInt32LE(start + AT.kind) !== 0
    if (named && !known.has(i)) {
      kept.add(i)
      starts.push(start)
    } else {
      if (!named && !known.has(i)) unnamed++
      cut(start)
      pieceFrom = end
    }
    start = end
  })
  cut(start)
  return { kept, starts, pieces, unnamed }
}

/** Writes into the rows what was not known when they were read. */
function finish(bytes: Buffer, starts: readonly number[], commit: number, nowMs: number): void {
  const commitBytes = BigInt(commit)
  const receivedBytes = BigInt(nowMs)
  starts.forEach((start, row) => {
    bytes.writeBigUInt64LE(commitBytes, start + AT.commit)
    bytes.writeUInt32LE(row, start + AT.row)
    bytes.writeBigInt64LE(receivedBytes, start + AT.received)
  })
}

async function storeFeedback(
  { stores }: EventStore,
  { feedback, ends }: EventChunk,
  bytes: Buffer,
  kept: ReadonlySet<number>,
): Promise<void> {
  const rows = feedback
    .filter(({ row }) => kept.has(row))
    .map(({ row, scale, score, touchpoint }) => {
      const start = row === 0 ? 0 : (ends[row - 1] ?? 0)
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
    })
  await stores.clickhouse.insert('feedback', rows)
}

const LOOKED_UP_AT_ONCE = 4000

/** How many of the messages were stored after one commit and before another. */
async function storedSince(
  { stores }: EventStore,
  workspaceId: number,
  after: number,
  before: number,
  hashes: readonly (MessageHash | undefined)[],
): Promise<number> {
  const messages = hashes.flatMap((hash) => (hash === undefined ? [] : [messageNumber(hash)]))
  let stored = 0
  for (let at = 0; at < messages.length; at += LOOKED_UP_AT_ONCE) {
    const some = param.messages(messages.slice(at, at + LOOKED_UP_AT_ONCE))
    const rows = await stores.clickhouse.rows<{ stored: string }>(
      compile(sql`
        SELECT uniqExact(message) AS stored FROM events
        WHERE workspace = ${param.workspace(workspaceId)} AND message IN ${some}
          AND commit > ${param.count(after)} AND commit < ${param.count(before)}`),
    )
    stored += Number(rows[0]?.stored ?? 0)
  }
  return stored
}
