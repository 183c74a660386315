import type { ResolvedSegment } from '@parcurs/domain'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import { insideRows, type OverlapRow } from './overlap-query.ts'

/** Bit 0: in it at the beginning; bit 1: in it at the end. */
export function bothEndsQuery(
  begin: SegmentReading,
  end: SegmentReading,
  rule: ResolvedSegment,
): Compiled {
  const rows = insideRows([
    [begin, rule],
    [end, rule],
  ])
  return compile(sql`
    SELECT inside, count() AS customers
    FROM (SELECT customer, groupBitOr(bit) AS inside FROM (${rows}) GROUP BY customer) GROUP BY inside`)
}

export interface ChangedRow {
  readonly customer: string
  /** 1: left; 2: entered. */
  readonly inside: number
}

export interface ChangedPage {
  readonly change: 'entered' | 'left' | null
  readonly after: bigint | null
  readonly limit: number
}

/** Those who are in it at one end only, by key. */
export function changedQuery(
  begin: SegmentReading,
  end: SegmentReading,
  rule: ResolvedSegment,
  { change, after, limit }: ChangedPage,
): Compiled {
  const rows = insideRows([
    [begin, rule],
    [end, rule],
  ])
  const wanted = change === null ? [1, 2] : [change === 'left' ? 1 : 2]
  const beyond = after === null ? sql`` : sql`AND customer > ${param.key(after)}`
  return compile(sql`
    SELECT customer, inside
    FROM (SELECT customer, groupBitOr(bit) AS inside FROM (${rows}) GROUP BY customer)
    WHERE has(${param.codes(wanted)}, inside) ${beyond} ORDER BY customer LIMIT ${param.count(limit)}`)
}

export function changesOf(rows: readonly OverlapRow[]) {
  const of = (inside: number) => Number(rows.find((row) => row.inside === inside)?.customers ?? 0)
  return { left: of(1), entered: of(2), stayed: of(3) }
}
