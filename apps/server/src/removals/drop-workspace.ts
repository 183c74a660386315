import { compile, param, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'

/** Every table of the event store that has rows of workspaces; a test compares with the store. */
const TABLES = [
  sql`events`,
  sql`journeys`,
  sql`owners`,
  sql`links`,
  sql`aliases`,
  sql`trait_values`,
  sql`feedback`,
  sql`spent_messages`,
  sql`lists`,
]

/** Takes the rows of a workspace that is gone out of the store. Its files are rewritten in the background. */
export async function dropWorkspace(clickhouse: ClickHouse, workspace: number): Promise<void> {
  for (const table of TABLES) {
    await clickhouse.command(
      compile(sql`ALTER TABLE ${table} DELETE WHERE workspace = ${param.workspace(workspace)}`),
    )
  }
}
