import {
  compile,
  contestedOrders,
  customerRanges,
  foldedJourneys,
  foldRows,
  param,
  type Reading,
  removed,
  shown,
  sql,
  type Sql,
} from '@parcurs/analytics'
import { type Kysely, sql as pg } from 'kysely'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { mergedKinds } from '../log/merged-kinds.ts'
import type { Stores } from '../stores/stores.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { purge } from './purge.ts'
import { readingOf } from './reading.ts'

export type FoldOutcome =
  /** A new generation holds. */
  | { readonly state: 'folded'; readonly fold: number; readonly customers: number }
  /** Everything was folded already. */
  | { readonly state: 'current' }
  /** Another process is at it. */
  | { readonly state: 'busy' }

export interface FoldOptions {
  readonly signal?: AbortSignal
  /** Wait for a fold under way elsewhere, then fold what it left. */
  readonly wait?: boolean
  /** Generations that no longer hold are kept this long, for questions that still read them. */
  readonly graceMs?: number
  readonly nowMs: number
}

const FOLD_LOCK = 7_283_465
export const GRACE_MS = 15 * 60_000
/** What one statement groups in memory: some 200 MB, measured on 12 million events. */
const EVENTS_AT_ONCE = 300_000

/** Beyond this share of new events nearly all customers are touched: grouping all is cheaper than finding them. */
const ANEW_SHARE = 0.2
/** Rows of a statement wait in memory until they are so many or so much, and are sorted then. */
const BLOCK = sql`min_insert_block_size_rows = 200000, min_insert_block_size_bytes = 33554432`

/**
 * Builds the next generation of the workspace's journeys: rows of untouched customers are copied, those
 * touched since the mark are grouped anew from the events. Nothing that holds is changed: the generation
 * becomes the one that is read by a single update in PostgreSQL, after everything is written. So it can be
 * killed at any point; what it left is dropped by the next.
 */
export async function fold(
  stores: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  options: FoldOptions,
): Promise<FoldOutcome> {
  // One at a time in this process: a fold holds a connection while it asks for others, so that many at
  // once would take the whole pool and wait for each other; and each of them takes its share of memory.
  const { database } = stores
  const before = lines.get(database) ?? Promise.resolve()
  const turn = before.then(() => foldLocked(stores, workspace, options))
  lines.set(
    database,
    turn.then(
      () => {},
      () => {},
    ),
  )
  return await turn
}

const lines = new WeakMap<Kysely<Database>, Promise<void>>()

async function foldLocked(
  stores: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  options: FoldOptions,
): Promise<FoldOutcome> {
  return await stores.database.connection().execute(async (connection) => {
    if (!(await locked(connection, workspace, options.wait ?? false))) return { state: 'busy' }
    try {
      return await foldAlone(stores, workspace, options)
    } finally {
      await unlocked(connection, workspace)
    }
  })
}

async function unlocked(connection: Kysely<Database>, workspace: number): Promise<void> {
  await pg`select pg_advisory_unlock(${FOLD_LOCK}::integer, ${workspace}::integer)`.execute(
    connection,
  )
}

async function locked(
  connection: Kysely<Database>,
  workspace: number,
  wait: boolean,
): Promise<boolean> {
  if (wait) {
    await pg`select pg_advisory_lock(${FOLD_LOCK}::integer, ${workspace}::integer)`.execute(
      connection,
    )
    return true
  }
  const { rows } = await pg<{ taken: boolean }>`
    select pg_try_advisory_lock(${FOLD_LOCK}::integer, ${workspace}::integer) as taken`.execute(
    connection,
  )
  return rows[0]?.taken === true
}

async function foldAlone(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  { signal, nowMs, graceMs = GRACE_MS }: FoldOptions,
): Promise<FoldOutcome> {
  const held = await readingOf({ clickhouse, database }, workspace)
  await dropGenerations(clickhouse, database, held, nowMs - graceMs)
  if (held.beyond === 'none') {
    await purge({ clickhouse, database }, workspace, held.mark, nowMs)
    return { state: 'current' }
  }
  const { all, fresh } = await eventsOf(clickhouse, held)
  const reading: Reading = fresh >= all * ANEW_SHARE ? { ...held, beyond: 'all' } : held
  const next = reading.fold + 1
  const ask = signal === undefined ? {} : { signal }
  const into = sql`INSERT INTO journeys (workspace, fold, customer, times, kinds, values)
    SETTINGS ${BLOCK} SELECT ${param.workspace(workspace)}, ${param.code(next)}, customer, times,
      ${keptKinds(await mergedKinds(database, workspace))}, values`
  if (reading.beyond === 'some') {
    await clickhouse.command(compile(sql`${into} FROM (${foldedJourneys(reading)})`), ask)
  }
  // Touched customers' older events are not known yet; ten times the new ones is a guess on the safe side.
  const grouped = reading.beyond === 'all' ? all : Math.min(all, 10 * fresh)
  const pieces = Math.ceil(grouped / EVENTS_AT_ONCE)
  for (const range of customerRanges(Math.max(1, pieces))) {
    await clickhouse.command(compile(sql`${into} FROM (${foldRows(reading, range)})`), ask)
  }
  const customers = await checked(clickhouse, reading, next)
  const contested = reading.contested && (await someContested(clickhouse, reading))
  await inWorkspace(database, workspace, async (tx) => {
    const { upTo, currency } = reading
    const mark = Number(upTo)
    const made = {
      fold: next,
      mark,
      currency,
      contested,
      key_kinds: reading.keyKinds,
      alone: false,
      folded_at: new Date(nowMs),
    }
    await tx
      .insertInto('folds')
      .values({ workspace_id: workspace, ...made })
      .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(made))
      .execute()
  })
  await purge({ clickhouse, database }, workspace, reading.upTo, nowMs)
  return { state: 'folded', fold: next, customers }
}

/** A journey's kinds without the pruned ones. */
function keptKinds(merged: ReadonlyMap<number, number>) {
  if (merged.size === 0) return sql`kinds`
  const from = param.codes([...merged.keys()])
  const into = param.codes([...merged.values()])
  return sql`arrayMap(kind -> transform(kind, ${from}, ${into}, kind), kinds)`
}

/** `fresh`: those that came since the mark, and those that were taken away since. */
async function eventsOf(
  clickhouse: ClickHouse,
  reading: Reading,
): Promise<{ readonly all: number; readonly fresh: number }> {
  const id = param.workspace(reading.workspace)
  const changed = reading.removals
    .filter(({ commit }) => commit > reading.mark)
    .reduce(
      (some, removal) => sql`${some} OR (${removed(removal)})`,
      sql`commit > ${param.count(reading.mark)}`,
    )
  const [row] = await clickhouse.rows<{ all: string; fresh: string }>(
    compile(sql`
      SELECT countIf(${there(reading)}) AS all, countIf(${changed}) AS fresh
      FROM events WHERE workspace = ${id}`),
  )
  return { all: Number(row?.all ?? 0), fresh: Number(row?.fresh ?? 0) }
}

function there(reading: Reading): Sql {
  return shown(reading.removals) ?? sql`true`
}

async function someContested(
  clickhouse: ClickHouse,
  { workspace, upTo }: Reading,
): Promise<boolean> {
  const [row] = await clickhouse.rows<{ contested: number }>(
    compile(contestedOrders(workspace, upTo, null)),
  )
  return row?.contested === 1
}

/** A generation that does not hold every event exactly once must never be read. */
async function checked(clickhouse: ClickHouse, reading: Reading, next: number): Promise<number> {
  const id = param.workspace(reading.workspace)
  const [row] = await clickhouse.rows<{ customers: string; held: string; events: string }>(
    compile(sql`
      SELECT count() AS customers, sum(length(times)) AS held,
        (SELECT count() FROM events WHERE workspace = ${id}
          AND commit <= ${param.count(reading.upTo)} AND ${there(reading)}) AS events
      FROM journeys WHERE workspace = ${id} AND fold = ${param.code(next)}`),
  )
  if (row === undefined || row.held !== row.events) {
    throw new Error(
      `fold ${next} of workspace ${reading.workspace} holds ${row?.held} of ${row?.events} events`,
    )
  }
  return Number(row.customers)
}

/** Drops what an interrupted fold left, and what has not been read for the time of grace. */
async function dropGenerations(
  clickhouse: ClickHouse,
  database: Kysely<Database>,
  { workspace, fold }: Pick<Reading, 'workspace' | 'fold'>,
  beforeMs: number,
): Promise<void> {
  const present = await clickhouse.rows<{ fold: number }>(
    compile(sql`
      SELECT DISTINCT fold FROM journeys WHERE workspace = ${param.workspace(workspace)}`),
  )
  const row = await inWorkspace(database, workspace, (tx) =>
    tx.selectFrom('folds').select(['fold', 'folded_at']).executeTakeFirst(),
  )
  const holding = row?.fold ?? fold
  const old = row !== undefined && row.folded_at.getTime() <= beforeMs
  for (const { fold: generation } of present) {
    if (generation > holding || (old && generation < holding)) {
      // Numbers of ours: nothing a sender chose can stand here.
      await clickhouse.command(
        `ALTER TABLE journeys DROP PARTITION (${Number(workspace)}, ${Number(generation)})`,
      )
    }
  }
  if (!old) return
  await inWorkspace(database, workspace, (tx) =>
    tx.updateTable('folds').set({ alone: true }).where('fold', '=', holding).execute(),
  )
}

/**
 * Drops earlier generations of a workspace whose time of grace is over, also when nothing new is folded: who was
 * erased must leave them too.
 */
export async function dropFormer(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  { nowMs, graceMs = GRACE_MS }: Pick<FoldOptions, 'nowMs' | 'graceMs'>,
): Promise<void> {
  await database.connection().execute(async (connection) => {
    if (!(await locked(connection, workspace, false))) return
    try {
      const held = await inWorkspace(database, workspace, (tx) =>
        tx.selectFrom('folds').select('fold').executeTakeFirst(),
      )
      const generation = { workspace, fold: held?.fold ?? 0 }
      await dropGenerations(clickhouse, database, generation, nowMs - graceMs)
    } finally {
      await unlocked(connection, workspace)
    }
  })
}
