import { compile, param, sql } from '@parcurs/analytics'
import type { IdentityKey, Ownership } from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** Who a key is today, as `owners` holds it. */
export interface OwnerRow {
  readonly key: IdentityKey
  /** Of a merged user: itself, for ever. */
  readonly ownership: Ownership
  /** The customer that each of `ownership.users` is, by the merges. */
  readonly customers: readonly IdentityKey[]
  /** Customers that owned the key in earlier versions. */
  readonly before: readonly IdentityKey[]
}

interface StoredRow {
  readonly key: string
  readonly from_ms: readonly string[]
  readonly users: readonly string[]
  readonly customers: readonly string[]
  readonly before: readonly string[]
}

const ASKED_AT_ONCE = 10_000

/** The rows of the given keys; keys that are simply themselves have none. */
export async function ownerRows(
  clickhouse: ClickHouse,
  workspace: number,
  keys: readonly IdentityKey[],
): Promise<ReadonlyMap<IdentityKey, OwnerRow>> {
  const found = new Map<IdentityKey, OwnerRow>()
  for (let at = 0; at < keys.length; at += ASKED_AT_ONCE) {
    const rows = await clickhouse.rows<StoredRow>(
      compile(sql`
        SELECT key, from_ms, users, customers, before FROM owners
        WHERE workspace = ${param.workspace(workspace)}
          AND key IN ${param.keys(keys.slice(at, at + ASKED_AT_ONCE))}
        ORDER BY key, version DESC LIMIT 1 BY key`),
    )
    for (const row of rows) take(found, row)
  }
  return found
}

/** Rows that name one of the users as an owner. Reads all of the workspace's rows: merges are rare. */
export async function ownerRowsNaming(
  clickhouse: ClickHouse,
  workspace: number,
  users: readonly IdentityKey[],
): Promise<ReadonlyMap<IdentityKey, OwnerRow>> {
  const found = new Map<IdentityKey, OwnerRow>()
  for (let at = 0; at < users.length; at += ASKED_AT_ONCE) {
    const rows = await clickhouse.rows<StoredRow>(
      compile(sql`
        SELECT key, from_ms, users, customers, before FROM (
          SELECT * FROM owners WHERE workspace = ${param.workspace(workspace)}
          ORDER BY key, version DESC LIMIT 1 BY key
        ) WHERE hasAny(users, ${param.keys(users.slice(at, at + ASKED_AT_ONCE))})`),
    )
    for (const row of rows) take(found, row)
  }
  return found
}

function take(found: Map<IdentityKey, OwnerRow>, row: StoredRow): void {
  const key = BigInt(row.key)
  found.set(key, {
    key,
    ownership: { fromMs: row.from_ms.map(Number), users: row.users.map(BigInt) },
    customers: row.customers.map(BigInt),
    before: row.before.map(BigInt),
  })
}

/** Why a key changed its owner. */
export type OwnerCause = 'link' | 'alias' | 'undo' | 'removal'

/** A row as it is inserted. @param version number of the commit */
export function storedOwnerRow(
  workspace: number,
  row: OwnerRow,
  version: number,
  cause: OwnerCause,
): object {
  return {
    workspace,
    cause,
    key: row.key,
    version,
    from_ms: row.ownership.fromMs,
    users: row.ownership.users,
    customers: row.customers,
    before: row.before,
  }
}
