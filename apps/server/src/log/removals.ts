import type { Removal } from '@parcurs/analytics'
import { type Kysely, sql } from 'kysely'
import type { Database, RemovedStretch } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

/** A row of `removals` as far as readings need it. */
export interface RemovalRow {
  readonly commit: number
  readonly from_commit: number
  readonly source: number | null
  readonly stretches: readonly RemovedStretch[] | null
}

/** What was taken away and whose bytes may still be there: every reading of facts leaves it out. */
export async function pendingRemovals(
  database: Kysely<Database>,
  workspace: number,
): Promise<readonly Removal[]> {
  return await inWorkspace(database, workspace, (tx) => removalsIn(tx, workspace))
}

/** The same inside a transaction of the workspace. */
export async function removalsIn(
  transaction: Kysely<Database>,
  workspace: number,
): Promise<readonly Removal[]> {
  const rows = await transaction
    .selectFrom('removals')
    .select(['commit', 'from_commit', 'source', 'stretches'])
    .where('workspace_id', '=', workspace)
    .where('gone_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(removalOf)
}

/** The same as one value of JSON, to be selected beside something else of a workspace. */
export const PENDING_REMOVALS = sql<readonly RemovalRow[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('commit', r.commit, 'from_commit', r.from_commit,
    'source', r.source, 'stretches', r.stretches) order by r.id), '[]')
  from removals r where r.workspace_id = workspaces.id and r.gone_at is null)`

export function removalOf({ commit, from_commit, source, stretches }: RemovalRow): Removal {
  return {
    commit: BigInt(commit),
    fromCommit: BigInt(from_commit),
    of:
      source === null
        ? { kind: 'customer', stretches: (stretches ?? []).map(stretchOf) }
        : { kind: 'source', source },
  }
}

function stretchOf({ key, fromMs, toMs }: RemovedStretch) {
  return { key: BigInt(key), fromMs, toMs }
}
