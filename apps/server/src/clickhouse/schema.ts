import { compile, sql } from '@parcurs/analytics'
import { pending, type SchemaFile } from '../schema/schema-files.ts'
import type { ClickHouse } from './clickhouse.ts'
import { splitStatements } from './split-statements.ts'

/**
 * Brings the store to this program's schema. ClickHouse has no transactions for DDL, so every
 * statement of a file can be repeated (IF NOT EXISTS), and a file counts only when all have run.
 * The caller makes sure that nobody else does the same at this moment.
 *
 * @throws NewerSchema
 * @returns what was applied
 */
export async function migrateClickHouse(
  clickhouse: ClickHouse,
  upTo: number | null = null,
): Promise<readonly SchemaFile[]> {
  await clickhouse.command(`CREATE TABLE IF NOT EXISTS schema_versions (
    version UInt32, name String, applied DateTime DEFAULT now()
  ) ENGINE = MergeTree ORDER BY version SETTINGS fsync_after_insert = 1`)
  const [row] = await clickhouse.rows<{ version: number }>(
    compile(sql`SELECT max(version) AS version FROM schema_versions`),
  )
  const files = pending('clickhouse', row?.version ?? 0, upTo)
  for (const { version, name, text } of files) {
    for (const statement of splitStatements(text)) await clickhouse.command(statement)
    await clickhouse.insert('schema_versions', [{ version, name }])
  }
  return files
}
