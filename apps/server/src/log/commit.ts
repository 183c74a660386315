import type { Removal } from '@parcurs/analytics'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { asSystem, enterWorkspace, inWorkspace } from '../postgres/workspace-scope.ts'
import { removalsIn } from './removals.ts'

const COMMIT_LOCK = 7_283_463
const NOW_MS = sql<number>`(extract(epoch from clock_timestamp()) * 1000)::bigint`

/** A commit under way. */
export interface Commit {
  readonly workspace: number
  readonly number: number
  /** By the database's clock, which all processes share: a later commit of the workspace is not earlier. */
  readonly nowMs: number
  /**
   * What was taken away and may still be in the store. TRICKY: asked on the commit's own connection; commits that
   * wait for their turn hold all others, so whoever asked for a second one inside would wait for ever.
   */
  readonly removals: () => Promise<readonly Removal[]>
  /** What is written with it is there when the commit is over, and only then. Inside the workspace. */
  readonly transaction: () => Promise<Kysely<Database>>
}

/**
 * Runs `work` as one commit of the workspace, alone: across all processes no other commit of the
 * workspace is under way. So a message is looked up and stored without a gap, identity is changed by one
 * writer at a time, and commit numbers become visible in their order: the log never gains a row behind
 * its reader. The lock goes with the connection, so a killed process holds nothing.
 *
 * The number is the workspace's last one from the transaction's end on. Of a commit that fails events may be stored
 * all the same, above the last number: the row goes, and the number of all workspaces stands for it until the next
 * commit. A process that is killed cannot do that; the next one that starts does (`forgetCommits`).
 */
export async function inCommit<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (commit: Commit) => Promise<T>,
): Promise<T> {
  try {
    return await commitAlone(database, workspace, work)
  } catch (error) {
    await inWorkspace(database, workspace, (transaction) =>
      transaction.deleteFrom('workspace_commits').where('workspace_id', '=', workspace).execute(),
    ).catch((cause: unknown) => {
      throw new AggregateError([error, cause], 'a commit failed, and so did forgetting its number')
    })
    throw error
  }
}

/** Until its next commit each workspace's log ends with the last number of all: nothing that is stored lies above it. */
export async function forgetCommits(database: Kysely<Database>): Promise<void> {
  await asSystem(database, (transaction) => transaction.deleteFrom('workspace_commits').execute())
}

async function commitAlone<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (commit: Commit) => Promise<T>,
): Promise<T> {
  return await inWorkspace(database, workspace, async (transaction) => {
    // One trip: the lock's row is there before the number is drawn for it.
    const { rows } = await sql<{ number: number; now: number }>`
      with locked as materialized (
        select pg_advisory_xact_lock(${COMMIT_LOCK}::integer, ${workspace}::integer)
      )
      insert into workspace_commits (workspace_id, commit)
      select ${workspace}::integer, nextval('commit_number') from locked
      on conflict (workspace_id) do update set commit = excluded.commit
      returning commit as number, ${NOW_MS} as now`.execute(transaction)
    const [row] = rows
    if (row === undefined) throw new Error('the sequence gave no number')
    const inside = async () => {
      await enterWorkspace(transaction, workspace)
      return transaction
    }
    return await work({
      workspace,
      number: row.number,
      nowMs: row.now,
      transaction: inside,
      removals: async () => await removalsIn(await inside(), workspace),
    })
  })
}

/** Where a workspace's log ends: every commit up to this one is visible, and none received before `nowMs` is to come. */
export interface LogEnd {
  readonly commit: number
  readonly nowMs: number
}

/**
 * Runs `work` between two commits of the workspace: everything up to its own last number is visible then.
 * Waits for the commit under way (some 20 ms), not for those behind it.
 */
export async function settled<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (transaction: Kysely<Database>, end: LogEnd) => Promise<T>,
): Promise<T> {
  return await inWorkspace(database, workspace, async (transaction) => {
    await sql`
      select pg_advisory_xact_lock_shared(${COMMIT_LOCK}::integer, ${workspace}::integer)`.execute(
      transaction,
    )
    // A statement of its own: it sees what was committed while the lock was waited for. No row: nothing was accepted
    // yet, or since PostgreSQL crashed. A sequence that gave no number yet says the one that it will give first.
    const { rows } = await sql<LogEnd>`
      select coalesce(
          (select commit from workspace_commits where workspace_id = ${workspace}::integer),
          case when is_called then last_value else 0 end
        ) as commit, ${NOW_MS} as "nowMs"
      from commit_number`.execute(transaction)
    return await work(transaction, endOf(rows))
  })
}

/** The last number that was given, of whatever workspace; 0: none yet. */
export async function lastCommit(database: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select case when is_called then last_value else 0 end as last from commit_number`.execute(
    database,
  )
  return rows[0]?.last ?? 0
}

function endOf(rows: readonly LogEnd[]): LogEnd {
  const [end] = rows
  if (end === undefined) throw new Error('the sequence commit_number is gone')
  return end
}
