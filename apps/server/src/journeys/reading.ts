import {
  at,
  compile,
  type Compiled,
  contestedOrders,
  param,
  type Reading,
  type Removal,
  sql,
} from '@parcurs/analytics'
import { type Kysely, sql as pg } from 'kysely'
import { settled } from '../log/commit.ts'
import { PENDING_REMOVALS, removalOf } from '../log/removals.ts'
import type { Database } from '../postgres/tables.ts'
import type { Stores } from '../stores/stores.ts'

/** As `Readings` finds it, with nothing known before. */
export async function readingOf(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
): Promise<Reading> {
  const standing = await standingOf(database, workspace)
  const rows = await clickhouse.rows<Beyond>(beyondQuery(workspace, standing))
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
  /** Under which kinds of keys the generation was made, and which there are now. */
  readonly foldedKinds: number
  readonly keyKinds: number
  /** Some order stands in several events of the generation. */
  readonly contested: boolean
  readonly removals: readonly Removal[]
  readonly browserSources: readonly number[]
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
      .select([
        'folds.fold',
        'folds.mark',
        'folds.currency as folded',
        'folds.key_kinds as folded_kinds',
        'folds.contested',
        'workspaces.currency',
        'workspaces.key_kinds',
        PENDING_REMOVALS.as('removals'),
        BROWSER_SOURCES.as('browser_sources'),
      ])
      .executeTakeFirstOrThrow()
    return {
      // Nothing was folded yet.
      fold: row.fold ?? 0,
      mark: BigInt(row.mark ?? 0),
      upTo: BigInt(end.commit),
      folded: row.folded ?? '',
      currency: row.currency,
      foldedKinds: row.folded_kinds ?? row.key_kinds,
      keyKinds: row.key_kinds,
      contested: row.fold !== null && row.fold > 0 && row.contested === true,
      removals: row.removals.map(removalOf),
      browserSources: row.browser_sources,
    }
  })
}

/** Also of keys that are revoked: what they sent is there. */
const BROWSER_SOURCES = pg<readonly number[]>`(
  select coalesce(jsonb_agg(k.source order by k.source), '[]')
  from write_keys k where k.workspace_id = workspaces.id and k.kind = 'browser')`

/** What the log holds beyond a mark: 1 or 0. */
export interface Beyond {
  readonly fresh: number
  readonly changed: number
  /** Some key is not simply its own customer. */
  readonly owned: number
  /** An order of the events beyond stands in several. */
  readonly contested: number
}

export function beyondQuery(workspace: number, { mark, upTo }: Standing): Compiled {
  const id = param.workspace(workspace)
  const fresh = mark === 0n ? null : sql`commit > ${param.count(mark)}`
  return compile(sql`
    SELECT
      (SELECT count() > 0 FROM (SELECT 1 FROM events
        WHERE workspace = ${id} AND commit > ${param.count(mark)} LIMIT 1)) AS fresh,
      (SELECT count() > 0 FROM owners
        WHERE workspace = ${id} AND version > ${param.count(mark)}) AS changed,
      (SELECT count() > 0 FROM owners
        WHERE workspace = ${id}) AS owned,
      (${contestedOrders(workspace, upTo, fresh)}) AS contested`)
}

export function readingAt(workspace: number, standing: Standing, beyond: Beyond): Reading {
  const { fold, mark, upTo, currency, keyKinds, removals, browserSources } = standing
  const fresh = beyond.fresh === 1
  const unreadable =
    fold === 0 ? fresh : standing.folded !== currency || standing.foldedKinds !== keyKinds
  const more = fresh || beyond.changed === 1 || removals.some((removal) => removal.commit > mark)
  return {
    workspace,
    fold,
    mark,
    upTo,
    currency,
    owned: beyond.owned === 1,
    removals,
    contested: standing.contested || beyond.contested === 1,
    browserSources,
    keyKinds,
    beyond: unreadable ? 'all' : fold > 0 && more ? 'some' : 'none',
  }
}
