import { compile, param, sql } from '@parcurs/analytics'
import type { Kysely } from 'kysely'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** Whether anything that a source brought is still there: events, answers, traits, or who is who. */
export async function isThere(
  {
    clickhouse,
    database,
  }: { readonly clickhouse: ClickHouse; readonly database: Kysely<Database> },
  workspace: number,
  source: number,
): Promise<boolean> {
  const row = await inWorkspace(database, workspace, (tx) =>
    tx
      .selectFrom('removals')
      .select(({ fn }) => fn.max('commit').as('commit'))
      .where('workspace_id', '=', workspace)
      .where('source', '=', source)
      .executeTakeFirst(),
  )
  const id = param.workspace(workspace)
  const of = sql`source = ${param.code(source)}`
  // A removal takes what came before it.
  const since = param.count(row?.commit ?? 0)
  const rows = await clickhouse.rows(
    compile(sql`
      SELECT 1 FROM (
        SELECT 1 FROM events WHERE workspace = ${id} AND ${of} AND commit >= ${since} LIMIT 1
        UNION ALL SELECT 1 FROM links WHERE workspace = ${id} AND ${of} AND commit >= ${since} LIMIT 1
        UNION ALL SELECT 1 FROM aliases WHERE workspace = ${id} AND ${of} AND version >= ${since} LIMIT 1
        UNION ALL SELECT 1 FROM trait_values WHERE workspace = ${id} AND ${of} AND commit >= ${since} LIMIT 1
        UNION ALL SELECT 1 FROM feedback WHERE workspace = ${id} AND ${of} AND commit >= ${since} LIMIT 1
      ) LIMIT 1`),
  )
  return rows.length > 0
}
