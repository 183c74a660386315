import {
  compile,
  join,
  param,
  type Removal,
  removed,
  shownAliases,
  shownLinks,
  type Sql,
  sql,
  wholeKeys,
} from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { removalOf } from '../log/removals.ts'
import { rewriteTables } from '../postgres/rewrite-tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'

/**
 * Deletes what was taken away, of the removals that a fold has taken in (their commit is not beyond its mark): no
 * generation needs them any more to know whom they touched. Killed at any point it is done again: a removal
 * counts as gone only when nothing of it is left in any table.
 */
export async function purge(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  mark: bigint,
  nowMs: number,
): Promise<void> {
  const rows = await inWorkspace(database, workspace, (tx) =>
    tx
      .selectFrom('removals')
      .select(['id', 'commit', 'from_commit', 'source', 'stretches'])
      .where('workspace_id', '=', workspace)
      .where('gone_at', 'is', null)
      .where('commit', '<=', Number(mark))
      .where('parted', '=', true)
      .orderBy('id')
      .execute(),
  )
  if (rows.length === 0) return
  const removals = rows.map(removalOf)
  for (const { table, condition } of conditions(removals)) {
    await deleteRows(clickhouse, workspace, table, condition)
  }
  await inWorkspace(database, workspace, async (tx) => {
    for (const { id, source } of rows) {
      await tx
        .updateTable('removals')
        .set({ gone_at: new Date(nowMs), ...(source === null ? { stretches: '[]' } : {}) })
        .where('id', '=', id)
        .execute()
    }
  })
  if (removals.some(({ of }) => of.kind === 'customer')) await rewriteTables(database)
}

/** Every table that holds facts, and which of its rows go. */
function conditions(
  removals: readonly Removal[],
): readonly { readonly table: Sql; readonly condition: Sql }[] {
  const rows = join(
    removals.map((removal) => sql`(${removed(removal)})`),
    ' OR ',
  )
  const keys = removals.flatMap(({ of }) => (of.kind === 'customer' ? wholeKeys(of.stretches) : []))
  const erased = param.keys(keys)
  return [
    { table: sql`events`, condition: rows },
    { table: sql`trait_values`, condition: rows },
    { table: sql`feedback`, condition: rows },
    { table: sql`links`, condition: sql`NOT (${shownLinks(removals) ?? sql`true`})` },
    { table: sql`aliases`, condition: sql`NOT (${shownAliases(removals) ?? sql`true`})` },
    ...(keys.length === 0
      ? []
      : [
          {
            table: sql`owners`,
            condition: sql`key IN ${erased} OR hasAny(users, ${erased})
              OR hasAny(customers, ${erased}) OR hasAny(before, ${erased})`,
          },
        ]),
  ]
}

async function deleteRows(
  clickhouse: ClickHouse,
  workspace: number,
  table: Sql,
  condition: Sql,
): Promise<void> {
  const which = sql`workspace = ${param.workspace(workspace)} AND (${condition})`
  const left = async () => {
    const [row] = await clickhouse.rows<{ left: string }>(
      compile(sql`SELECT count() AS left FROM ${table} WHERE ${which}`),
    )
    return Number(row?.left ?? 0)
  }
  if ((await left()) === 0) return
  // Resolves when the parts are rewritten.
  await clickhouse.command(
    compile(sql`ALTER TABLE ${table} DELETE WHERE ${which} SETTINGS mutations_sync = 1`),
  )
  const remaining = await left()
  if (remaining > 0) throw new Error(`${remaining} rows that were to be deleted are still there`)
}
