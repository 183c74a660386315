import { type Kysely, sql } from 'kysely'
import { pending, type SchemaFile } from '../schema/schema-files.ts'
import type { Database } from './tables.ts'

/** Brings the database to this program's schema, or to an earlier one. @throws NewerSchema @returns what was applied */
export async function migratePostgres(
  database: Kysely<Database>,
  upTo: number | null = null,
): Promise<readonly SchemaFile[]> {
  await sql`create table if not exists schema_versions (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
  )`.execute(database)
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) as version from schema_versions`.execute(database)
  const files = pending('postgres', rows[0]?.version ?? 0, upTo)
  for (const { version, name, text } of files) {
    await database.transaction().execute(async (transaction) => {
      await sql.raw(text).execute(transaction)
      await sql`insert into schema_versions (version, name) values (${version}, ${name})`.execute(
        transaction,
      )
    })
  }
  return files
}

const LOCK = 7_283_462

/** Runs `work` while no other program on this database runs its own. */
export async function alone<T>(database: Kysely<Database>, work: () => Promise<T>): Promise<T> {
  return await database.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection)
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection)
    }
  })
}
