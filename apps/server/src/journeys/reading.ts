import {
  at,
  compile,
  type Compiled,
  contestedOrders,
  param,
  type Reading,
  type Removal,
  sql,
  type Sql,
} from '@parcurs/analytics'
import { type Kysely, sql as pg } from 'kysely'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
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
  return readingAt(workspace, standing, await beyondOf(clickhouse, workspace, standing, null))
}

/** @param before what is known of it already; null: nothing */
export async function beyondOf(
  clickhouse: ClickHouse,
  workspace: number,
  standing: Standing,
  before: LookedBeyond | null,
): Promise<Beyond> {
  const query = beyondQuery(workspace, standing, before)
  return query === null ? ALL_BEYOND : at(await clickhouse.rows<Beyond>(query), 0)
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

/** What was found beyond a mark, and up to which commit that was looked for. */
export interface LookedBeyond {
  readonly mark: bigint
  readonly upTo: bigint
  readonly found: Beyond
}

/**
 * The log only grows: what was found beyond the same mark before stays found, and only what came since is looked at.
 *
 * @param before what was found up to an earlier commit; null: nothing is known
 * @returns null: there is nothing left to find
 */
export function beyondQuery(
  workspace: number,
  { mark, upTo }: Pick<Standing, 'mark' | 'upTo'>,
  before: LookedBeyond | null,
): Compiled | null {
  const id = param.workspace(workspace)
  const known = before?.mark === mark && before.upTo <= upTo ? before : null
  const found = known?.found
  if (found?.fresh === 1 && found.changed === 1 && found.owned === 1 && found.contested === 1) {
    return null
  }
  const after = known?.upTo ?? mark
  const fresh = after === 0n ? null : sql`commit > ${param.count(after)}`
  const unless = (name: keyof Beyond, asked: Sql) => (found?.[name] === 1 ? sql`1` : asked)
  return compile(sql`
    SELECT
      ${unless(
        'fresh',
        sql`(SELECT count() > 0 FROM (SELECT 1 FROM events
          WHERE workspace = ${id} AND commit > ${param.count(after)} LIMIT 1))`,
      )} AS fresh,
      ${unless(
        'changed',
        sql`(SELECT count() > 0 FROM owners WHERE workspace = ${id} AND version > ${param.count(mark)})`,
      )} AS changed,
      ${unless('owned', sql`(SELECT count() > 0 FROM owners WHERE workspace = ${id})`)} AS owned,
      ${unless('contested', sql`(${contestedOrders(workspace, upTo, fresh)})`)} AS contested`)
}

const ALL_BEYOND: Beyond = { fresh: 1, changed: 1, owned: 1, contested: 1 }

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
