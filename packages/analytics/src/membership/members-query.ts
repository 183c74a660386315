import type { ResolvedSegment } from '@parcurs/domain'
import { kindCoding } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { customersWithTraits } from '../journey/tables.ts'
import type { SegmentReading } from '../segment/segment-reading.ts'
import { segmentCondition } from '../segment/segment-sql.ts'
import { type Compiled, compile, param, sql, type Sql } from '../sql.ts'

/** 64-bit numbers as decimal text; null: no events. */
export interface MemberRow {
  readonly customer: string
  readonly events: number
  readonly first_ms: string | null
  readonly last_ms: string | null
}

/** Where a page ended. */
export interface MemberPlace {
  readonly lastMs: number | null
  readonly customer: bigint
}

/** The customers of a segment: who did something last comes first, those without events come last. */
export function membersQuery(
  at: SegmentReading,
  rule: ResolvedSegment,
  { after, limit }: { readonly after: MemberPlace | null; readonly limit: number },
): Compiled {
  const condition = segmentCondition(at, rule)
  const journeys = journeysOf(at.reading, {
    coding: kindCoding(at.kinds),
    period: null,
    keep: 'all',
    customers: condition,
  })
  const where = condition === null ? sql`` : sql`WHERE ${condition}`
  return compile(sql`
    SELECT customer, toUInt32(max(events)) AS events, max(first_at) AS first_ms, max(last_at) AS last_ms
    FROM (
      SELECT customer, length(times) AS events, toNullable(times[1]) AS first_at, toNullable(times[-1]) AS last_at
      FROM (${journeys})
      UNION ALL
      SELECT customer, 0 AS events, CAST(NULL, 'Nullable(Int64)') AS first_at, CAST(NULL, 'Nullable(Int64)') AS last_at
      FROM (${customersWithTraits(at.reading, at.asOfMs)}) ${where}
    ) GROUP BY customer ${after === null ? sql`` : sql`HAVING ${beyond(after)}`}
    ORDER BY last_ms DESC NULLS LAST, customer LIMIT ${param.count(limit)}`)
}

function beyond({ lastMs, customer }: MemberPlace): Sql {
  const key = param.key(customer)
  if (lastMs === null) return sql`isNull(last_ms) AND customer > ${key}`
  const time = param.ms(lastMs)
  return sql`isNull(last_ms) OR last_ms < ${time} OR (last_ms = ${time} AND customer > ${key})`
}

export function memberPlaceText({ lastMs, customer }: MemberPlace): string {
  return `${lastMs ?? 'none'}.${customer}`
}

/** Null: no place of a list. */
export function memberPlaceOf(text: string): MemberPlace | null {
  const found = /^(-?\d{1,15}|none)\.(\d{1,20})$/.exec(text)
  if (found === null) return null
  const customer = BigInt(found[2] ?? 0)
  if (customer >= 1n << 64n) return null
  return { lastMs: found[1] === 'none' ? null : Number(found[1]), customer }
}
