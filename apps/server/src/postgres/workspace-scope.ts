import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './tables.ts'

/**
 * The one place where a transaction says whose rows it sees. Row-level security closes every table
 * that has a workspace_id: outside these two functions such a table is empty and refuses rows.
 */
export async function inWorkspace<T>(
  database: Kysely<Database>,
  workspaceId: number,
  work: (transaction: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return await database.transaction().execute(async (transaction) => {
    await enterWorkspace(transaction, workspaceId)
    return await work(transaction)
  })
}

/** For a transaction that was begun for something else. */
export async function enterWorkspace(
  transaction: Transaction<Database>,
  workspaceId: number,
): Promise<void> {
  await sql`select set_config('parcurs.workspace', ${String(workspaceId)}, true)`.execute(
    transaction,
  )
}

/** For what stands above workspaces: signing in, looking up keys, workers. Never for a user's question. */
export async function asSystem<T>(
  database: Kysely<Database>,
  work: (transaction: Transaction<Database>) => Promise<T>,
  /** Everything is read as of the first statement. */
  { snapshot = false }: { readonly snapshot?: boolean } = {},
): Promise<T> {
  const begun = database.transaction()
  const isolated = snapshot ? begun.setIsolationLevel('repeatable read') : begun
  return await isolated.execute(async (transaction) => {
    await sql`select set_config('parcurs.scope', 'system', true)`.execute(transaction)
    return await work(transaction)
  })
}
