import { at, compile, type Compiled, param, type Reading, sql } from '@parcurs/analytics'
import type { Kysely } from 'kysely'
import { settled } from '../log/commit.ts'
import type { Database } from '../postgres/tables.ts'
import type { Stores } from '../stores/stores.ts'

/** As `Readings` finds it, with nothing known before. */
export async function readingOf(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
): Promise<Reading> {
  const standing = await standingOf(database, workspace)
  const rows = await clickhouse.rows<Beyond>(beyondQuery(workspace, standing.mark))
  return readingAt(workspace, standing, at(rows, 0))
}

/** Where a workspace's generation of journeys and its log stand. */
export interface Standing {
  readonly fold: number
  readonly mark: bigint
  readonly upTo: bigint
  /** Of the values in the generation. */
  readonly folded: string
  readonly currency: string
}

/**
 * Everything acknowledged before now is in it, and nothing that is stored while a question runs can be seen by
 * one half of it only.
 */
export async function standingOf(database: Kysely<Database>, workspace: number): Promise<Standing> {
  return await settled(database, workspace, async (tx, end) => {
    const row = await tx
      .selectFrom('workspaces')
      .leftJoin('folds', 'folds.workspace_id', 'workspaces.id')
      .where('workspaces.id', '=', workspace)
      .select(['folds.fold', 'folds.mark', 'folds.currency as folded', 'workspaces.currency'])
      .executeTakeFirstOrThrow()
    return {
      // Nothing was folded yet.
      fold: row.fold ?? 0,
      mark: BigInt(row.mark ?? 0),
      upTo: BigInt(end.commit),
      folded: row.folded ?? '',
      currency: row.currency,
    }
  })
}

/** What the log holds beyond a mark: 1 or 0. */
export interface Beyond {
  readonly fresh: number
  readonly changed: number
  /** Some key is not simply its own customer. */
  readonly owned: number
}

export function beyondQuery(workspace: number, mark: bigint): Compiled {
  const id = param.workspace(workspace)
  return compile(sql`
    SELECT
      (SELECT count() > 0 FROM (SELECT 1 FROM events
        WHERE workspace = ${id} AND commit > ${param.count(mark)} LIMIT 1)) AS fresh,
      (SELECT count() > 0 FROM owners
        WHERE workspace = ${id} AND version > ${param.count(mark)}) AS changed,
      (SELECT count() > 0 FROM owners
        WHERE workspace = ${id}) AS owned`)
}

export function readingAt(workspace: number, standing: Standing, beyond: Beyond): Reading {
  const { fold, mark, upTo, folded, currency } = standing
  const fresh = beyond.fresh === 1
  const unreadable = fold === 0 ? fresh : folded !== currency
  const more = fresh || beyond.changed === 1
  return {
    workspace,
    fold,
    mark,
    upTo,
    currency,
    owned: beyond.owned === 1,
    beyond: unreadable ? 'all' : fold > 0 && more ? 'some' : 'none',
  }
}
