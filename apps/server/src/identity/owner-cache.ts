import { compile, sql } from '@parcurs/analytics'
import type { IdentityKey } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { type OwnerRow, ownerRows } from './owner-rows.ts'

/** Owners of keys, remembered while this process is their only writer. */
export interface OwnerCache {
  /** Of the given keys, those that are not simply themselves. */
  readonly get: (
    workspace: number,
    keys: readonly IdentityKey[],
  ) => Promise<ReadonlyMap<IdentityKey, OwnerRow>>
  /** To be called when the rows are durable. */
  readonly put: (rows: readonly OwnerRow[]) => void
  /** Keys that have no rows any more. */
  readonly forget: (keys: Iterable<IdentityKey>) => void
}

const REMEMBERED = 200_000
/** Up to here the keys that have a row are all held (some 50 MB); most keys have none, and need no look-up then. */
const KEYS_HELD = 1_000_000
const KEY_BYTES = 8

/** @param alone no other process writes: then rows are remembered, the latest used, and which keys have one */
export function ownerCache(
  clickhouse: ClickHouse,
  { alone, signal }: { readonly alone: boolean; readonly signal: AbortSignal },
): OwnerCache {
  // Keys hold their workspace, so one map serves all. A Map keeps the order of insertion: the first is the oldest.
  const remembered = new Map<IdentityKey, OwnerRow>()
  const owned = new Set<IdentityKey>()
  let complete = false
  if (alone) {
    fill(clickhouse, owned, signal).then(
      (whole) => {
        complete = whole
      },
      // Without the list every key is looked up: slower, and as right.
      () => {},
    )
  }

  function remember(row: OwnerRow): void {
    if (!alone) return
    if (owned.size < KEYS_HELD) owned.add(row.key)
    else if (!owned.has(row.key)) complete = false
    remembered.delete(row.key)
    remembered.set(row.key, row)
    if (remembered.size <= REMEMBERED) return
    for (const oldest of remembered.keys()) {
      remembered.delete(oldest)
      break
    }
  }

  return {
    async get(workspace, keys) {
      const found = new Map<IdentityKey, OwnerRow>()
      const unknown: IdentityKey[] = []
      for (const key of new Set(keys)) {
        const held = remembered.get(key)
        if (held !== undefined) found.set(key, held)
        else if (!complete || owned.has(key)) unknown.push(key)
      }
      if (unknown.length === 0) return found
      for (const row of (await ownerRows(clickhouse, workspace, unknown)).values()) {
        found.set(row.key, row)
        remember(row)
      }
      return found
    },
    put(rows) {
      for (const row of rows) remember(row)
    },
    forget(keys) {
      for (const key of keys) remembered.delete(key)
    },
  }
}

/** @returns whether all of them fitted */
async function fill(
  clickhouse: ClickHouse,
  owned: Set<IdentityKey>,
  signal: AbortSignal,
): Promise<boolean> {
  const stream = await clickhouse.bytes(compile(sql`SELECT key FROM owners`), 'RowBinary', {
    signal,
  })
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole = bytes.length - (bytes.length % KEY_BYTES)
    for (let at = 0; at < whole; at += KEY_BYTES) {
      if (owned.size >= KEYS_HELD) return false
      owned.add(bytes.readBigUInt64LE(at))
    }
    rest = bytes.subarray(whole)
  }
  return true
}
