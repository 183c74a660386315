import type { ResolvedSegment } from '@parcurs/domain'
import { type SegmentReading } from '../segment/segment-reading.ts'
import { segmentCustomers } from '../segment/segment-query.ts'
import { type Compiled, compile, sql } from '../sql.ts'

/** Decimal text. */
export interface SizeRow {
  readonly customers: string
  readonly everybody: string
}

/** How many are in a segment, and how many there are. */
export function sizeQuery(at: SegmentReading, rule: ResolvedSegment): Compiled {
  return compile(sql`
    SELECT countIf(inside = 1) AS customers, countIf(inside = 0) AS everybody FROM (
      SELECT customer, 1 AS inside FROM (${segmentCustomers(at, rule)})
      UNION ALL SELECT customer, 0 AS inside FROM (${segmentCustomers(at, null)})
    )`)
}

export function sizeOf(row: SizeRow | undefined): { customers: number; everybody: number } {
  return { customers: Number(row?.customers ?? 0), everybody: Number(row?.everybody ?? 0) }
}
