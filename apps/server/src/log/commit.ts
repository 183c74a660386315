import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

const COMMIT_LOCK = 7_283_463

/**
 * Runs `work` as one commit of the workspace, alone: across all processes no other commit of the
 * workspace is under way. So a message is looked up and stored without a gap, identity is changed by one
 * writer at a time, and commit numbers become visible in their order: the log never gains a row behind
 * its reader. The lock goes with the connection, so a killed process holds nothing.
 */
export async function inCommit<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (commit: number) => Promise<T>,
): Promise<T> {
  return await database.transaction().execute(async (transaction) => {
    // One trip: the lock's row is there before the number is drawn for it.
    const { rows } = await sql<{ commit: number }>`
      with locked as materialized (
        select pg_advisory_xact_lock(${COMMIT_LOCK}::integer, ${workspace}::integer)
      )
      select nextval('commit_number') as commit from locked`.execute(transaction)
    const [row] = rows
    if (row === undefined) throw new Error('the sequence gave no number')
    return await work(row.commit)
  })
}

/**
 * Runs `work` between two commits of the workspace: everything up to the last number is visible then.
 * Waits for the commit under way (some 20 ms), not for those behind it.
 */
export async function settled<T>(
  database: Kysely<Database>,
  workspace: number,
  work: (transaction: Kysely<Database>, lastCommit: number) => Promise<T>,
): Promise<T> {
  return await inWorkspace(database, workspace, async (transaction) => {
    await sql`
      select pg_advisory_xact_lock_shared(${COMMIT_LOCK}::integer, ${workspace}::integer)`.execute(
      transaction,
    )
    return await work(transaction, await lastCommit(transaction))
  })
}

/** The last number that was given, of whatever workspace; 0: none yet. */
export async function lastCommit(database: Kysely<Database>): Promise<number> {
  // A sequence that gave no number yet says the one that it will give first.
  const { rows } = await sql<{ last: number }>`
    select case when is_called then last_value else 0 end as last from commit_number`.execute(
    database,
  )
  return rows[0]?.last ?? 0
}
