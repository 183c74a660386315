import { compile, param, sql } from '@parcurs/analytics'
import type { Stores } from '../stores/stores.ts'
import { settled } from './commit.ts'

/** A place in a workspace's log: everything up to and including this row was read. */
export interface LogCursor {
  readonly commit: number
  readonly row: number
}

export const LOG_START: LogCursor = { commit: 0, row: 0 }

/** One accepted event, as the log tells it. */
export interface LoggedEvent {
  readonly cursor: LogCursor
  /** The identity it came in under, as decimal text. */
  readonly key: string
  readonly timeMs: number
  readonly kind: number
  readonly message: string
}

/**
 * The next events after a cursor, in the order in which they were accepted. Gapless: commits of a workspace
 * become visible in their order, so nothing ever appears behind a cursor. A worker saves the cursor of the
 * last event in the transaction in which it saves what it did with it.
 *
 * @param limit at most so many events
 * @returns none: the end of the log is reached
 */
export async function eventsAfter(
  { clickhouse, database }: Pick<Stores, 'clickhouse' | 'database'>,
  workspace: number,
  cursor: LogCursor,
  limit: number,
): Promise<readonly LoggedEvent[]> {
  const last = await settled(database, workspace, async (_tx, end) => end.commit)
  const rows = await clickhouse.rows<{
    commit: string
    row: number
    key: string
    time_ms: string
    kind: number
    message: string
  }>(
    // Served by the projection by_commit, which is sorted as it is read.
    compile(sql`
      SELECT commit, row, key, toUnixTimestamp64Milli(time) AS time_ms, kind, message FROM events
      WHERE workspace = ${param.workspace(workspace)} AND commit <= ${param.count(last)}
        AND commit >= ${param.count(cursor.commit)}
        AND (commit > ${param.count(cursor.commit)} OR row > ${param.count(cursor.row)})
      ORDER BY commit, row LIMIT ${param.count(limit)}`),
  )
  return rows.map((row) => ({
    cursor: { commit: Number(row.commit), row: row.row },
    key: row.key,
    timeMs: Number(row.time_ms),
    kind: row.kind,
    message: row.message,
  }))
}
