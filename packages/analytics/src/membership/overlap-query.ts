import type { ResolvedSegment } from '@parcurs/domain'
import { segmentCustomers } from '../segment/segment-query.ts'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { shareOf } from '../share.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'

/** Customers by which of the segments they are in: bit 0 is the first. */
export interface OverlapRow {
  readonly inside: number
  /** Decimal text. */
  readonly customers: string
}

/** @param rules at most 31 */
export function overlapQuery(at: SegmentReading, rules: readonly ResolvedSegment[]): Compiled {
  return compile(sql`
    SELECT inside, count() AS customers
    FROM (SELECT customer, groupBitOr(bit) AS inside FROM (${insideRows(rules.map((rule) => [at, rule]))}) GROUP BY customer)
    GROUP BY inside`)
}

/** Rows `customer, bit`: one for each of the segments that a customer is in, each by its own reading. */
export function insideRows(segments: readonly (readonly [SegmentReading, ResolvedSegment])[]): Sql {
  const [first, ...others] = segments.map(
    ([at, rule], i) =>
      sql`SELECT customer, ${param.code((1 << i) >>> 0)} AS bit FROM (${segmentCustomers(at, rule)})`,
  )
  return others.reduce(
    (before, one) => sql`${before} UNION ALL ${one}`,
    first ?? sql`SELECT toUInt64(0) AS customer, toUInt32(0) AS bit WHERE false`,
  )
}

export interface Overlap {
  readonly customers: number
  readonly both: number
  readonly shareOfThis: number | null
  readonly shareOfOther: number | null
  readonly jaccard: number | null
}

/** The first segment with each of the others. */
export function overlapsOf(rows: readonly OverlapRow[], others: number): readonly Overlap[] {
  const having = (mask: number) =>
    rows.reduce(
      (sum, { inside, customers }) => sum + ((inside & mask) === mask ? Number(customers) : 0),
      0,
    )
  const own = having(1)
  return Array.from({ length: others }, (_, i) => {
    const bit = 1 << (i + 1)
    const customers = having(bit)
    const both = having(bit | 1)
    return {
      customers,
      both,
      shareOfThis: shareOf(both, own),
      shareOfOther: shareOf(both, customers),
      jaccard: shareOf(both, own + customers - both),
    }
  })
}

export function ownCustomers(rows: readonly OverlapRow[]): number {
  return rows.reduce((sum, row) => sum + ((row.inside & 1) === 1 ? Number(row.customers) : 0), 0)
}
