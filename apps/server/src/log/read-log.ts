import { compile, param, shown, sql, type Sql } from '@parcurs/analytics'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { ownersAt } from '../identity/owners-at.ts'
import type { Stores } from '../stores/stores.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { EVENT_COLUMNS } from './event-row.ts'
import {
  endOfCommit,
  type LogEntry,
  type LoggedEvent,
  type LogPlace,
  type LoggedRemoval,
  type OwnerChange,
} from './log-entry.ts'
import { EventReader, type ReadEvent } from './read-event.ts'
import { pendingRemovals } from './removals.ts'

/** A stretch of a workspace's log. */
export interface LogPiece {
  /** It begins behind this place … */
  readonly from: LogPlace
  /** … and goes up to this one. */
  readonly to: LogPlace
  readonly entries: readonly LogEntry[]
  /** When the last of its events was received: whatever was received before stands before it; null: it has none. */
  readonly receivedMs: number | null
}

export interface LogStretch {
  readonly workspace: number
  readonly from: LogPlace
  /** The last commit that is known to be whole, with all before it. */
  readonly upTo: number
  /** At most so many events. */
  readonly limit: number
  /** Which kinds are to be read whole; null: all. */
  readonly wants: ((kind: number) => boolean) | null
}

/**
 * Reads on in the log: what happened after a place, in the order in which it was accepted. First the
 * projection by_commit says how far that goes and of which kinds it is; whole rows are then read once, of the
 * few parts that the projection names (ARCHITECTURE.md has the figures).
 */
export async function readLog(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  stretch: LogStretch,
): Promise<LogPiece> {
  const { workspace, from, upTo, limit, wants } = stretch
  const [places, changed, removed] = await Promise.all([
    eventPlaces(clickhouse, stretch),
    ownerChanges(clickhouse, workspace, from.commit, upTo),
    removals(database, workspace, from.commit, upTo),
  ])
  const last = places.at(-1)
  const to = places.length < limit || last === undefined ? endOfCommit(upTo) : last
  const kinds = [...new Set(places.map(({ kind }) => kind))]
  const wanted = wants === null ? kinds : kinds.filter(wants)
  const all = wanted.length === kinds.length
  // What was taken away meanwhile is told by its removal alone, also while its bytes are still there.
  const read =
    wanted.length === 0
      ? []
      : await wholeEvents(clickhouse, workspace, {
          from,
          to,
          kinds: all ? null : wanted,
          shown: shown(await pendingRemovals(database, workspace)),
        })
  const owners = await ownersAt(
    clickhouse,
    workspace,
    [...new Set(read.map(({ key }) => key))],
    to.commit,
  )
  const events = read.map(
    (event): LoggedEvent => ({
      ...event,
      owner: owners.ownerOf(event.key, event.timeMs, event.place.commit),
    }),
  )
  const others = [...changed, ...removed].filter(({ place }) => place.commit <= to.commit)
  const entries = inOrder([...others, ...events])
  return { from, to, entries, receivedMs: latestOf(events) }
}

/** Commits of a workspace are received one after the other. */
function latestOf(events: readonly LoggedEvent[]): number | null {
  return events.length === 0
    ? null
    : events.reduce((latest, { receivedMs }) => Math.max(latest, receivedMs), 0)
}

function inOrder(entries: readonly LogEntry[]): readonly LogEntry[] {
  return entries.toSorted(({ place: a }, { place: b }) => a.commit - b.commit || a.row - b.row)
}

interface EventPlace extends LogPlace {
  readonly kind: number
}

async function eventPlaces(
  clickhouse: ClickHouse,
  { workspace, from, upTo, limit }: LogStretch,
): Promise<readonly EventPlace[]> {
  const rows = await clickhouse.rows<{ commit: string; row: number; kind: number }>(
    compile(sql`
      SELECT commit, row, kind FROM events
      WHERE ${after(workspace, from)} AND commit <= ${param.count(upTo)}
      ORDER BY commit, row LIMIT ${param.count(limit)}`),
  )
  return rows.map((row) => ({ ...row, commit: Number(row.commit) }))
}

/** A commit is one insert: of one that was begun before, only rows are left. */
function after(workspace: number, { commit, row }: LogPlace) {
  return sql`workspace = ${param.workspace(workspace)} AND commit >= ${param.count(commit)}
    AND (commit > ${param.count(commit)} OR row > ${param.ms(row)})`
}

interface WholeStretch {
  readonly from: LogPlace
  readonly to: LogPlace
  /** null: all. */
  readonly kinds: readonly number[] | null
  /** Condition on the columns of `events`; null: nothing was taken away. */
  readonly shown: Sql | null
}

async function wholeEvents(
  clickhouse: ClickHouse,
  workspace: number,
  { from, to, kinds, shown: kept }: WholeStretch,
): Promise<readonly ReadEvent[]> {
  const only = kinds === null ? sql`` : sql`AND kind IN ${param.codes(kinds)}`
  const left = kept === null ? sql`` : sql`AND ${kept}`
  // The columns are names of ours, in the one order in which they are read.
  const query = compile(sql`
    SELECT EVENT_COLUMNS FROM events
    WHERE ${after(workspace, from)} AND commit <= ${param.count(to.commit)}
      AND (commit < ${param.count(to.commit)} OR row <= ${param.ms(to.row)}) ${only} ${left}`)
  const text = query.text.replace('EVENT_COLUMNS', EVENT_COLUMNS.join(', '))
  const reader = new EventReader()
  const events: ReadEvent[] = []
  for await (const bytes of await clickhouse.bytes({ ...query, text }, 'RowBinary')) {
    if (Buffer.isBuffer(bytes)) events.push(...reader.read(bytes))
  }
  return events
}

async function ownerChanges(
  clickhouse: ClickHouse,
  workspace: number,
  after: number,
  upTo: number,
): Promise<readonly OwnerChange[]> {
  const id = param.workspace(workspace)
  const rows = await clickhouse.rows<{
    key: string
    version: string
    customers: readonly string[]
    cause: OwnerChange['cause']
    was: readonly string[]
  }>(
    compile(sql`
      SELECT key, version, customers, cause, was FROM (
        SELECT key, version, customers, cause,
          lagInFrame(customers) OVER (PARTITION BY key ORDER BY version
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS was
        FROM owners
        WHERE workspace = ${id} AND version <= ${param.count(upTo)} AND key IN (
          SELECT key FROM owners
          WHERE workspace = ${id} AND version > ${param.count(after)}
            AND version <= ${param.count(upTo)})
      ) WHERE version > ${param.count(after)} ORDER BY version, key`),
  )
  return rows.map(({ key, version, customers, cause, was }) => ({
    entry: 'owner',
    place: { commit: Number(version), row: -1 },
    cause,
    key: BigInt(key),
    was: BigInt(was.at(-1) ?? key),
    now: BigInt(customers.at(-1) ?? key),
    owners: customers.map(BigInt),
  }))
}

async function removals(
  database: Stores['database'],
  workspace: number,
  after: number,
  upTo: number,
): Promise<readonly LoggedRemoval[]> {
  const rows = await inWorkspace(database, workspace, (tx) =>
    tx
      .selectFrom('removals')
      .select(['id', 'commit'])
      .where('workspace_id', '=', workspace)
      .where('commit', '>', after)
      .where('commit', '<=', upTo)
      .orderBy('commit')
      .execute(),
  )
  return rows.map(({ id, commit }) => ({
    entry: 'removal',
    place: { commit, row: -1 },
    removalId: id,
  }))
}
