import { compile, param, type Reading, sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { settled } from '../log/commit.ts'
import type { Stores } from '../stores/stores.ts'

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
  const { fresh, changed, owned } = await beyondMark(clickhouse, workspace, mark, upTo)
  const unreadable = fold === 0 ? fresh : folded !== currency
  return {
    workspace,
    fold,
    mark,
    upTo,
    currency,
    owned,
    beyond: unreadable ? 'all' : fold > 0 && (fresh || changed) ? 'some' : 'none',
  }
}

/** What the log holds beyond a mark. */
interface Beyond {
  readonly fresh: boolean
  readonly changed: boolean
  /** Some key is not simply its own customer. */
  readonly owned: boolean
}

// Up to a commit the log never changes, so what is known of it holds: a question without anything new before
// it spares a trip to the store.
const held = new WeakMap<
  ClickHouse,
  Map<number, { readonly of: string; readonly beyond: Beyond }>
>()

async function beyondMark(
  clickhouse: ClickHouse,
  workspace: number,
  mark: bigint,
  upTo: bigint,
): Promise<Beyond> {
  const known = held.get(clickhouse) ?? new Map<number, { of: string; beyond: Beyond }>()
  held.set(clickhouse, known)
  const of = `${mark} ${upTo}`
  const before = known.get(workspace)
  if (before?.of === of) return before.beyond
  const [row] = await clickhouse.rows<{ fresh: number; changed: number; owned: number }>(
    compile(sql`
      SELECT
        (SELECT count() > 0 FROM (SELECT 1 FROM events
          WHERE workspace = ${param.workspace(workspace)} AND commit > ${param.count(mark)} LIMIT 1)) AS fresh,
        (SELECT count() > 0 FROM owners
          WHERE workspace = ${param.workspace(workspace)} AND version > ${param.count(mark)}) AS changed,
        (SELECT count() > 0 FROM owners
          WHERE workspace = ${param.workspace(workspace)}) AS owned`),
  )
  const beyond = {
    fresh: row?.fresh === 1,
    changed: row?.changed === 1,
    owned: row?.owned === 1,
  }
  known.set(workspace, { of, beyond })
  return beyond
}
