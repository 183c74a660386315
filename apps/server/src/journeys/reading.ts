import { compile, param, type Reading, sql } from '@parcurs/analytics'
import { settled } from '../collect/commit.ts'
import type { Stores } from '../program/stores.ts'

/**
 * Where a question about the workspace may read: everything acknowledged before now is in it, and nothing
 * that is stored while the question runs can be seen by one half of it only.
 */
export async function readingOf(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
): Promise<Reading> {
  const { fold, mark, upTo, folded, currency } = await settled(
    database,
    workspace,
    async (tx, lastCommit) => {
      const row = await tx
        .selectFrom('workspaces')
        .leftJoin('folds', 'folds.workspace_id', 'workspaces.id')
        .where('workspaces.id', '=', workspace)
        .select(['folds.fold', 'folds.mark', 'folds.currency as folded', 'workspaces.currency'])
        .executeTakeFirst()
      return {
        fold: row?.fold ?? 0,
        mark: BigInt(row?.mark ?? 0),
        upTo: BigInt(lastCommit),
        folded: row?.folded ?? '',
        currency: row?.currency ?? '',
      }
    },
  )
  const [beyond] = await clickhouse.rows<{ fresh: number; changed: number; owned: number }>(
    compile(sql`
      SELECT
        (SELECT count() > 0 FROM (SELECT 1 FROM events
          WHERE workspace = ${param.workspace(workspace)} AND commit > ${param.count(mark)} LIMIT 1)) AS fresh,
        (SELECT count() > 0 FROM owners
          WHERE workspace = ${param.workspace(workspace)} AND version > ${param.count(mark)}) AS changed,
        (SELECT count() > 0 FROM owners
          WHERE workspace = ${param.workspace(workspace)}) AS owned`),
  )
  const fresh = beyond?.fresh === 1
  const unreadable = fold === 0 ? fresh : folded !== currency
  return {
    workspace,
    fold,
    mark,
    upTo,
    currency,
    owned: beyond?.owned === 1,
    beyond: unreadable ? 'all' : fold > 0 && (fresh || beyond?.changed === 1) ? 'some' : 'none',
  }
}
