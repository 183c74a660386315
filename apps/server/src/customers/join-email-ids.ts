import { compile, param, sql } from '@parcurs/analytics'
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
async function spellings({ stores }: EventStore, workspace: number): Promise<readonly MergeFact[]> {
  const rows = await stores.clickhouse.rows<{ user_id: string; user: string }>(
    compile(sql`
      SELECT user_id, user FROM events
      WHERE workspace = ${param.workspace(workspace)} AND position(user_id, '@') > 0
        AND lowerUTF8(trimBoth(user_id)) != user_id
      GROUP BY user_id, user ORDER BY user_id, user`),
  )
  return rows.flatMap(({ user_id, user }) => {
    const previous = BigInt(user)
    const now = identityKey(workspace, 'user', user_id)
    return previous === now || previous === 0n
      ? []
      : [{ previous, user: now, timeMs: 0, undone: false, source: NO_SOURCE }]
  })
}

async function deviceSpellings(
  { stores }: EventStore,
  workspace: number,
): Promise<readonly MergeFact[]> {
  const rows = await stores.clickhouse.rows<{ anonymous_id: string; anonymous: string }>(
    compile(sql`
      SELECT anonymous_id, anonymous FROM events
      WHERE workspace = ${param.workspace(workspace)} AND position(anonymous_id, '@') > 0
        AND lowerUTF8(trimBoth(anonymous_id)) != anonymous_id
      GROUP BY anonymous_id, anonymous ORDER BY anonymous_id, anonymous`),
  )
  return rows.flatMap(({ anonymous_id, anonymous }) => {
    const former = BigInt(anonymous)
    const now = identityKey(workspace, 'anonymous', anonymous_id)
    const user = identityKey(workspace, 'user', anonymous_id)
    if (former === now || former === 0n) return []
    return [former, now].map((previous) => ({
      previous,
      user,
      timeMs: 0,
      undone: false,
      source: NO_SOURCE,
    }))
  })
}
