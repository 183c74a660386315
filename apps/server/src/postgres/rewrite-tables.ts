import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.ts'

/** Tables that may have held what a person sent or is known by. */
const PERSONAL = ['refusals', 'imports', 'removals'] as const

/**
 * Writes the tables anew without their deleted rows, and has the log before it removed, so that no file of the
 * server holds what was erased. On a server of the operator's own the log is that server's affair, unless we
 * may ask for a checkpoint there.
 */
export async function rewriteTables(database: Kysely<Database>): Promise<void> {
  await database.connection().execute(async (connection) => {
    for (const table of PERSONAL) await sql`vacuum (full) ${sql.table(table)}`.execute(connection)
    const { rows } = await sql<{ role: string; superuser: boolean }>`
      select current_user::text as role, rolsuper as superuser
      from pg_roles where rolname = session_user`.execute(connection)
    const [self] = rows
    if (self?.superuser !== true) return
    await sql`reset role`.execute(connection)
    try {
      await sql`checkpoint`.execute(connection)
      await sql`select pg_switch_wal()`.execute(connection)
      await sql`checkpoint`.execute(connection)
    } finally {
      await sql`set role ${sql.id(self.role)}`.execute(connection)
    }
  })
}
