import type { Reading } from '../journey/reading.ts'
import { customersOfGroups, TOUCHED_BY, touchedSince } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'

/** Decimal text; `causes` as bits of `TOUCHED_BY`. */
export interface TouchedRow {
  readonly customer: string
  readonly causes: number
}

export interface TouchedPage {
  /** Commits after this one, up to the reading's. */
  readonly place: bigint
  /** `collected`: what keys brought and who was linked; `data`: what was imported or removed. */
  readonly lane: 'collected' | 'data'
  /** Rules ask for traits of groups: a group that was touched touches its customers. */
  readonly groups: boolean
  readonly after: bigint | null
  readonly limit: number
}

/** Customers who may have to be looked at again, by key. */
export function touchedQuery(reading: Reading, page: TouchedPage): Compiled {
  const { place, lane, groups, after, limit } = page
  const touched = touchedSince(reading, place)
  const rows = groups
    ? sql`${touched} UNION ALL
        SELECT customer, ${param.code(TOUCHED_BY.collected | TOUCHED_BY.imported)} AS causes
        FROM (${customersOfGroups(reading, sql`SELECT customer FROM (${touched})`)})`
    : touched
  const collected = param.code(TOUCHED_BY.collected)
  const mine = {
    collected: sql`bitAnd(causes, ${collected}) != 0 OR causes = ${param.code(TOUCHED_BY.linked)}`,
    data: sql`bitAnd(causes, ${collected}) = 0 AND causes != ${param.code(TOUCHED_BY.linked)}`,
  }[lane]
  const beyond = after === null ? sql`` : sql`AND customer > ${param.key(after)}`
  return compile(sql`
    SELECT toString(met) AS customer, causes FROM (
      SELECT customer AS met, groupBitOr(cause) AS causes FROM (
        SELECT customer, causes AS cause FROM (${rows})
      ) GROUP BY customer
      HAVING (${mine}) ${beyond} ORDER BY customer LIMIT ${param.count(limit)}
    )`)
}
