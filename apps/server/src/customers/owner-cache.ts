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
}

const REMEMBERED = 200_000

/** @param alone no other process writes: then keys are remembered, with and without a row, the latest used */
export function ownerCache(
  clickhouse: ClickHouse,
  { alone }: { readonly alone: boolean },
): OwnerCache {
  // Keys hold their workspace, so one map serves all. A Map keeps the order of insertion: the first is the oldest.
  const remembered = new Map<IdentityKey, OwnerRow | null>()
  const remember = (key: IdentityKey, row: OwnerRow | null) => {
    if (!alone) return
    remembered.delete(key)
    remembered.set(key, row)
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
        if (held === undefined) unknown.push(key)
        else if (held !== null) found.set(key, held)
      }
      const rows =
        unknown.length === 0
          ? new Map<IdentityKey, OwnerRow>()
          : await ownerRows(clickhouse, workspace, unknown)
      for (const key of unknown) {
        const row = rows.get(key)
        if (row !== undefined) found.set(key, row)
        remember(key, row ?? null)
      }
      return found
    },
    put(rows) {
      for (const row of rows) remember(row.key, row)
    },
  }
}
