import { compile, param, sql } from '@parcurs/analytics'
import {
  type Erasure,
  erasedKey,
  installationSecret,
  writeErasures,
} from '../backups/erasure-list.ts'
import { fold } from '../journeys/fold.ts'
import { readingOf } from '../journeys/reading.ts'
import type { EventStore } from '../log/event-store.ts'
import { eraseAgain } from './erase-customer.ts'

/**
 * Erases whoever was erased after the back-up that was just restored, and keeps the list. What was received
 * after the erasure stays: the customer came back by themselves. Done twice, it does nothing more.
 *
 * @param file the list of the data folder
 * @returns how many customers were erased again
 */
export async function eraseRestored(
  store: EventStore,
  erasures: readonly Erasure[],
  file: string,
  nowMs: number,
): Promise<number> {
  const { database } = store.stores
  const secret = await installationSecret(database)
  await writeErasures(file, secret, erasures)
  if (erasures.length === 0) return 0
  const latest = new Map<string, number>()
  for (const { key, atMs } of erasures) latest.set(key, Math.max(atMs, latest.get(key) ?? 0))
  let erased = 0
  for (const { id } of await database.selectFrom('workspaces').select('id').execute()) {
    let some = 0
    for (const key of await knownKeys(store, id)) {
      const atMs = latest.get(erasedKey(secret, id, key))
      if (atMs === undefined) continue
      const before = await firstCommitAfter(store, id, atMs)
      const { events, traits } = await eraseAgain(store, id, key, before)
      if (events + traits > 0) some++
    }
    erased += some
    if (some > 0) await fold(store.stores, id, { nowMs, wait: true })
  }
  return erased
}

/** Every key under which a workspace has facts. */
async function knownKeys({ stores }: EventStore, workspace: number): Promise<readonly bigint[]> {
  const id = param.workspace(workspace)
  const rows = await stores.clickhouse.rows<{ key: string }>(
    compile(sql`
      SELECT key FROM events WHERE workspace = ${id} GROUP BY key
      UNION DISTINCT SELECT key FROM trait_values WHERE workspace = ${id} GROUP BY key`),
  )
  return rows.map(({ key }) => BigInt(key))
}

async function firstCommitAfter(
  { stores }: EventStore,
  workspace: number,
  atMs: number,
): Promise<bigint> {
  const [row] = await stores.clickhouse.rows<{ first: string; found: string }>(
    compile(sql`
      SELECT min(commit) AS first, count() AS found FROM events
      WHERE workspace = ${param.workspace(workspace)} AND received >= ${param.instant(atMs)}`),
  )
  if (row !== undefined && row.found !== '0') return BigInt(row.first)
  return (await readingOf(stores, workspace)).upTo + 1n
}
