import { compile, param, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { type MessageHash, messageNumber } from '../customers/identity-key.ts'
import { type MessageFilter, messageFilter } from './message-filter.ts'

/** Which messages are stored: asked before every commit, told after it. */
export interface StoredMessages {
  /** @returns the indexes of those that are stored already */
  readonly find: (workspace: number, hashes: readonly MessageHash[]) => Promise<ReadonlySet<number>>
  readonly add: (hashes: readonly MessageHash[]) => void
  /** Resolves when the filter knows everything stored (at once when there is none). */
  readonly loaded: Promise<void>
}

const LOOKED_UP_AT_ONCE = 4000
const HASH_BYTES = 16

/**
 * @param alone this process is the only writer of the store: then a filter in memory spares nearly all
 *   look-ups. It is filled in the background; until then, and wherever it says "perhaps", the store is asked
 */
export function storedMessages(
  clickhouse: ClickHouse,
  { alone, signal }: { readonly alone: boolean; readonly signal: AbortSignal },
): StoredMessages {
  const filter = alone ? messageFilter() : null
  let complete = false
  const loaded =
    filter === null
      ? Promise.resolve()
      : fill(clickhouse, filter, signal).then(
          () => {
            complete = true
          },
          // Without the filter every message is looked up: slower, and as right.
          () => {},
        )

  return {
    loaded,
    async find(workspace, hashes) {
      const asked = [...hashes.keys()].filter((i) => {
        const hash = hashes[i]
        return hash !== undefined && (filter === null || !complete || filter.mayHold(hash))
      })
      const found = new Set<number>()
      for (let at = 0; at < asked.length; at += LOOKED_UP_AT_ONCE) {
        const indexes = new Map<string, number>()
        for (const i of asked.slice(at, at + LOOKED_UP_AT_ONCE)) {
          const hash = hashes[i]
          if (hash !== undefined) indexes.set(String(messageNumber(hash)), i)
        }
        for (const { message } of await clickhouse.rows<{ message: string }>(
          lookUp(workspace, [...indexes.keys()].map(BigInt)),
        )) {
          const index = indexes.get(message)
          if (index !== undefined) found.add(index)
        }
      }
      return found
    },
    add(hashes) {
      if (filter !== null) for (const hash of hashes) filter.add(hash)
    },
  }
}

// Served by the projection by_message: 500 look-ups among 5 million take 66 ms, five take 6 ms.
function lookUp(workspace: number, messages: readonly bigint[]) {
  return compile(sql`
    SELECT DISTINCT message FROM events
    WHERE workspace = ${param.workspace(workspace)} AND message IN ${param.messages(messages)}`)
}

async function fill(
  clickhouse: ClickHouse,
  filter: MessageFilter,
  signal: AbortSignal,
): Promise<void> {
  const stream = await clickhouse.bytes(compile(sql`SELECT message FROM events`), 'RowBinary', {
    signal,
  })
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % HASH_BYTES)
    for (let at = 0; at < whole; at += HASH_BYTES) {
      filter.add({ low: bytes.readBigUInt64LE(at), high: bytes.readBigUInt64LE(at + 8) })
    }
    rest = bytes.subarray(whole)
  }
}
