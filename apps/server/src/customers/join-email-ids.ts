import { compile, param, type Sql, sql } from '@parcurs/analytics'
import { NO_SOURCE } from '@parcurs/domain'
import { changeIdentity, type MergeFact } from '../identity/identity-change.ts'
import { identityKey } from '../identity/identity-key.ts'
import type { EventStore } from '../log/event-store.ts'
import { storeCommit } from '../log/store-commit.ts'

const JOINED_AT_ONCE = 1000

/**
 * Joins the spellings under which an e-mail address was a user id before all of them had one key: each old key is
 * said to be the new one, as an alias that people can undo. Done twice, it says the same again.
 */
export async function joinEmailIds(store: EventStore, nowMs: number): Promise<void> {
  await join(store, nowMs, spellings)
}

/** The same for ids of devices: whoever stands under an address there is who is known by it. */
export async function joinEmailDevices(store: EventStore, nowMs: number): Promise<void> {
  await join(store, nowMs, deviceSpellings)
}

async function join(
  store: EventStore,
  nowMs: number,
  found: (store: EventStore, workspace: number) => Promise<readonly MergeFact[]>,
): Promise<void> {
  const workspaces = await store.stores.database.selectFrom('workspaces').select('id').execute()
  for (const { id } of workspaces) {
    const merges = await found(store, id)
    for (let at = 0; at < merges.length; at += JOINED_AT_ONCE) {
      const some = merges.slice(at, at + JOINED_AT_ONCE)
      await storeCommit(store, id, (commit) =>
        changeIdentity(
          { clickhouse: store.stores.clickhouse, owners: store.owners, removals: commit.removals },
          id,
          { links: [], statedLinks: [], merges: some },
          commit.number,
          nowMs,
        ),
      )
    }
  }
}

/** Old keys of addresses, each with the key that the address has now. */
async function spellings(store: EventStore, workspace: number): Promise<readonly MergeFact[]> {
  const found = await spelled(store, workspace, sql`user_id`, sql`user`)
  return found.flatMap(({ text, key }) => {
    const user = identityKey(workspace, 'user', text)
    return key === user ? [] : [merged(key, user)]
  })
}

/** A merge leads to a user: the old and the new key of a device both go to the user of the address. */
async function deviceSpellings(
  store: EventStore,
  workspace: number,
): Promise<readonly MergeFact[]> {
  const found = await spelled(store, workspace, sql`anonymous_id`, sql`anonymous`)
  return found.flatMap(({ text, key }) => {
    const now = identityKey(workspace, 'anonymous', text)
    const user = identityKey(workspace, 'user', text)
    return key === now ? [] : [merged(key, user), merged(now, user)]
  })
}

/** Ids that are addresses and not written as addresses are keyed, with the keys that they were stored under. */
async function spelled(
  { stores }: EventStore,
  workspace: number,
  id: Sql,
  key: Sql,
): Promise<readonly { readonly text: string; readonly key: bigint }[]> {
  const rows = await stores.clickhouse.rows<{ text: string; held: string }>(
    compile(sql`
      SELECT ${id} AS text, ${key} AS held FROM events
      WHERE workspace = ${param.workspace(workspace)} AND position(${id}, '@') > 0
        AND lowerUTF8(trimBoth(${id})) != ${id} AND ${key} != 0
      GROUP BY text, held ORDER BY text, held`),
  )
  return rows.map(({ text, held }) => ({ text, key: BigInt(held) }))
}

function merged(previous: bigint, user: bigint): MergeFact {
  return { previous, user, timeMs: 0, undone: false, source: NO_SOURCE }
}
