import { type Kysely, sql } from 'kysely'
import type { Database } from './tables.ts'

/** Stands outside the numbered schema: it is there before any table of a back-up is. */
const MARKER = 'restore_under_way'

/** From here on the stores hold part of a back-up. */
export async function markRestore(database: Kysely<Database>, folder: string): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`create table ${sql.table(MARKER)} (folder text not null)`.execute(transaction)
    await sql`insert into ${sql.table(MARKER)} values (${folder})`.execute(transaction)
  })
}

/** The stores hold all of it. */
export async function wholeAgain(database: Kysely<Database>): Promise<void> {
  await sql`drop table ${sql.table(MARKER)}`.execute(database)
}

/** The folder of the back-up of which the stores hold only a part; null: they are whole. */
export async function halfRestored(database: Kysely<Database>): Promise<string | null> {
  const { rows: tables } = await sql<{ there: boolean }>`
    select to_regclass(${MARKER}) is not null as there`.execute(database)
  if (tables[0]?.there !== true) return null
  const { rows } = await sql<{ folder: string }>`
    select folder from ${sql.table(MARKER)}`.execute(database)
  return rows[0]?.folder ?? ''
}
