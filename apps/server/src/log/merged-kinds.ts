import type { Kysely } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** By the code of each pruned kind: the one that takes it in at last. */
export async function mergedKinds(
  database: Kysely<Database>,
  workspace: number,
): Promise<ReadonlyMap<number, number>> {
  const rows = await inWorkspace(database, workspace, (tx) =>
    tx
      .selectFrom('event_kinds')
      .select(['code', 'merged_into'])
      .where('merged_into', 'is not', null)
      .execute(),
  )
  const into = new Map(rows.map((row) => [row.code, row.merged_into ?? row.code]))
  const last = (code: number): number => {
    const next = into.get(code)
    return next === undefined ? code : last(next)
  }
  return new Map([...into.keys()].map((code) => [code, last(code)]))
}
