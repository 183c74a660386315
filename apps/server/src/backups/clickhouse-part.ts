import { compile, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { type StorePart, readTable, type TablePart, writeTable } from './manifest.ts'

/** Derived from events, and the runner's own: made again, not carried. */
const LEFT_OUT: readonly string[] = ['journeys', 'schema_versions']

/**
 * Every table. Events first: what they refer to (links, owners, traits, kinds) is written before them,
 * so whatever is copied later holds at least as much as they need.
 */
export async function backUpClickHouse(clickhouse: ClickHouse, folder: string): Promise<StorePart> {
  const tables: TablePart[] = []
  for (const name of await tableNames(clickhouse)) {
    const rows = await clickhouse.bytes({ text: `SELECT * FROM ${name}`, params: {} }, 'Native')
    tables.push(await writeTable(folder, name, `clickhouse-${name}.native.gz`, rows))
  }
  const [version] = await clickhouse.rows<{ schema: number }>(
    compile(sql`SELECT max(version) AS schema FROM schema_versions`),
  )
  return { schema: version?.schema ?? 0, tables }
}

export async function restoreClickHouse(
  clickhouse: ClickHouse,
  folder: string,
  { tables }: StorePart,
): Promise<void> {
  for (const table of tables) {
    await clickhouse.insert(table.name, readTable(folder, table), { format: 'Native' })
  }
}

export async function clickhouseIsEmpty(clickhouse: ClickHouse): Promise<boolean> {
  const [row] = await clickhouse.rows<{ empty: number }>(
    compile(sql`SELECT count() = 0 AS empty FROM (SELECT 1 FROM events LIMIT 1)`),
  )
  return row?.empty === 1
}

async function tableNames(clickhouse: ClickHouse): Promise<readonly string[]> {
  const rows = await clickhouse.rows<{ name: string }>(
    compile(sql`
      SELECT name FROM system.tables
      WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
      ORDER BY name != 'events', name`),
  )
  return rows.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name))
}
