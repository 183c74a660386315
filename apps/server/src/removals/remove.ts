import {
  compile,
  param,
  type Reading,
  type Removal,
  type RemovalCountRow,
  removalCountQuery,
  removed,
  sql,
} from '@parcurs/analytics'
import { partIdentity } from '../identity/identity-change.ts'
import { readingOf } from '../journeys/reading.ts'
import type { EventStore } from '../log/event-store.ts'
import { removalOf } from '../log/removals.ts'
import { storeCommit } from '../log/store-commit.ts'
import { asSystem } from '../postgres/workspace-scope.ts'
import { partedKeys } from './parted-keys.ts'

/** What goes, or went. */
export interface RemovalCount {
  readonly events: number
  readonly customers: number
  readonly answers: number
  readonly traits: number
  readonly orders: number
}

/** How much of what is there a removal would take away. */
export async function countRemoval(
  { stores }: Pick<EventStore, 'stores'>,
  reading: Reading,
  removal: Removal,
): Promise<RemovalCount> {
  const [row] = await stores.clickhouse.rows<RemovalCountRow>(removalCountQuery(reading, removal))
  return {
    events: Number(row?.events ?? 0),
    customers: Number(row?.customers ?? 0),
    answers: Number(row?.answers ?? 0),
    traits: Number(row?.traits ?? 0),
    orders: Number(row?.orders ?? 0),
  }
}

/**
 * Takes facts away: they are counted and hidden from every reading that begins after this, and nobody is linked by
 * them any more. Their bytes go with the next fold. Two commits, so that the first is there whatever becomes of
 * the second: cut short before it, nothing was begun; behind it, `finishRemovals` ends it.
 *
 * @param of decided inside the commit, when nobody else writes
 */
export async function remove(
  store: EventStore,
  workspace: number,
  of: (reading: Reading, commit: bigint) => Promise<Removal>,
): Promise<RemovalCount> {
  const { clickhouse } = store.stores
  // Before the commit: a reading waits for the commit under way. What is written in between is counted there.
  const before = await readingOf(store.stores, workspace)
  const begun = await storeCommit(store, workspace, async (commit) => {
    const reading: Reading = {
      ...before,
      upTo: BigInt(commit.number),
      removals: await commit.removals(),
      owned: true,
    }
    const removal = await of(reading, reading.upTo)
    const counted = await countRemoval(store, reading, removal)
    if (removal.of.kind === 'customer') {
      // A sender's repeat of what an erased customer did stays known.
      await clickhouse.command(
        compile(sql`
          INSERT INTO spent_messages (workspace, message) SELECT workspace, message FROM events
          WHERE workspace = ${param.workspace(workspace)} AND ${removed(removal)}`),
      )
    }
    const transaction = await commit.transaction()
    const { id } = await transaction
      .insertInto('removals')
      .values({ workspace_id: workspace, counted: JSON.stringify(counted), ...rowOf(removal) })
      .returning('id')
      .executeTakeFirstOrThrow()
    return { id, removal, counted }
  })
  await part(store, workspace, begun.id, begun.removal)
  return begun.counted
}

/** Ends removals that a crash cut short: their facts are hidden, but keys may still be linked by them. */
export async function finishRemovals(store: EventStore): Promise<void> {
  const rows = await asSystem(store.stores.database, (tx) =>
    tx
      .selectFrom('removals')
      .select(['id', 'workspace_id', 'commit', 'from_commit', 'source', 'stretches'])
      .where('gone_at', 'is', null)
      .where('parted', '=', false)
      .orderBy('id')
      .execute(),
  )
  for (const { id, workspace_id, ...row } of rows) {
    await part(store, workspace_id, id, removalOf(row))
  }
}

async function part(
  store: EventStore,
  workspace: number,
  id: number,
  removal: Removal,
): Promise<void> {
  const { owners } = store
  const { clickhouse } = store.stores
  await storeCommit(store, workspace, async (commit) => {
    const { removals } = commit
    const keys = await partedKeys(clickhouse, workspace, removal)
    await partIdentity({ clickhouse, owners, removals }, workspace, keys, commit.number)
    const transaction = await commit.transaction()
    await transaction.updateTable('removals').set({ parted: true }).where('id', '=', id).execute()
  })
}

function rowOf({ commit, fromCommit, of }: Removal) {
  return {
    commit: Number(commit),
    from_commit: Number(fromCommit),
    source: of.kind === 'source' ? of.source : null,
    stretches:
      of.kind === 'source'
        ? null
        : JSON.stringify(of.stretches.map((stretch) => ({ ...stretch, key: String(stretch.key) }))),
  }
}
