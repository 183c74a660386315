import type { savedSegment } from '@parcurs/contract'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../postgres/tables.ts'
import { listOf, segmentOf } from './saved-segments.ts'

export type SegmentView = z.input<typeof savedSegment>

/** Segments as people see them, by name: with who made them, and what waits for them. */
export async function viewSegments(
  tx: Transaction<Database>,
  only: string | null = null,
): Promise<readonly SegmentView[]> {
  const asked = tx
    .selectFrom('segments')
    .leftJoin('users', 'users.id', 'segments.owner')
    .leftJoin('watched_segments', 'watched_segments.segment_id', 'segments.id')
    .leftJoin('watching', (join) =>
      join
        .onRef('watching.workspace_id', '=', 'segments.workspace_id')
        .on('watching.lane', '=', 'collected'),
    )
    .selectAll('segments')
    .select([
      'users.name as owner_name',
      'users.email as owner_email',
      'watched_segments.segment_id as watched',
      'watched_segments.filled',
      'watched_segments.since_ms',
      'watching.read_to_ms',
    ])
    .orderBy('segments.name')
  const rows = await (only === null ? asked : asked.where('segments.id', '=', only)).execute()
  const watches = await tx.selectFrom('segment_watches').select(['segment_id', 'waiting']).execute()
  return rows.map((row) => {
    const { size, ...segment } = segmentOf(row)
    const watched = row.watched !== null
    return {
      ...segment,
      fixed: listOf(segment) !== null,
      owner: row.owner === null ? null : row.owner_name || row.owner_email,
      size:
        size === null ? null : { customers: size.customers, share: shareOf(size), atMs: size.atMs },
      watch: {
        state: !watched ? 'off' : row.filled === null ? 'kept' : 'filling',
        by: watches.filter(({ segment_id }) => segment_id === row.id).map(({ waiting }) => waiting),
        sinceMs: row.since_ms,
        readToMs: watched ? row.read_to_ms : null,
      },
    }
  })
}

export async function viewSegment(
  tx: Transaction<Database>,
  id: string,
): Promise<SegmentView | null> {
  const [found] = await viewSegments(tx, id)
  return found ?? null
}

/** Null of nobody. */
export function shareOf(size: {
  readonly customers: number
  readonly everybody: number
}): number | null {
  return size.everybody === 0 ? null : size.customers / size.everybody
}
