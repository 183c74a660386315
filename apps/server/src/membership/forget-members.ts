import { type Kysely, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** Customers are in no watched segment any more, and never were: what an erasure takes along. */
export async function forgetMembers(
  database: Kysely<Database>,
  workspace: number,
  keys: readonly bigint[],
): Promise<void> {
  // As the tables have them: 64 bits with a sign.
  const customers = keys.map((key) => String(BigInt.asIntN(64, key)))
  await inWorkspace(database, workspace, async (tx) => {
    await sql`delete from segment_members where customer = any(${customers}::bigint[])`.execute(tx)
    await sql`delete from segment_changes where customer = any(${customers}::bigint[])`.execute(tx)
  })
}
