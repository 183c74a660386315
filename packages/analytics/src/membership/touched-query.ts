import type { Reading } from '../journey/reading.ts'
import { groupsOfCustomers, TOUCHED_BY, touchedSince } from '../journey/tables.ts'
import { type Compiled, compile, param, sql } from '../sql.ts'
import type { Touch } from './touch.ts'

/** `customer` is decimal text; `causes` as bits of `TOUCHED_BY`. */
export interface TouchedRow {
  readonly customer: string
  readonly causes: number
  readonly kinds: readonly number[]
  readonly traits: readonly string[]
  readonly whole: number
}

export interface TouchedPage {
  /** Commits after this one, up to the reading's. */
  readonly place: bigint
  /** `collected`: what keys brought and who was linked; `data`: what was imported or removed. Who has both is in both. */
  readonly lane: 'collected' | 'data'
  /** Rules ask for traits of groups: a group that was touched touches its customers. */
  readonly groups: boolean
  readonly after: bigint | null
  readonly limit: number
}

const LANES: Readonly<Record<TouchedPage['lane'], number>> = {
  collected: TOUCHED_BY.collected | TOUCHED_BY.linked,
  data: TOUCHED_BY.imported | TOUCHED_BY.indirect,
}

/** Customers who may have to be looked at again, by key. */
export function touchedQuery(reading: Reading, page: TouchedPage): Compiled {
  const { place, lane, groups, after, limit } = page
  const touched = touchedSince(reading, place)
  const columns = sql`causes, new_kinds, new_traits, whole`
  const rows = groups
    ? sql`
        SELECT customer, ${columns} FROM (${touched})
        UNION ALL
        SELECT belongs.customer AS customer, causes, new_kinds, new_traits, 1 AS whole
        FROM (${groupsOfCustomers(reading)}) AS belongs
        INNER JOIN (SELECT customer AS touched_group, causes, new_kinds, new_traits FROM (${touched})) AS met
        ON belongs.group_of = met.touched_group`
    : touched
  const beyond = after === null ? sql`` : sql`AND customer > ${param.key(after)}`
  return compile(sql`
    SELECT toString(met) AS customer, all_causes AS causes, all_kinds AS kinds, all_traits AS traits, any_whole AS whole
    FROM (
      SELECT customer AS met, groupBitOr(causes) AS all_causes, groupUniqArrayArray(new_kinds) AS all_kinds,
        groupUniqArrayArray(new_traits) AS all_traits, max(whole) AS any_whole
      FROM (${rows}) GROUP BY customer
      HAVING bitAnd(all_causes, ${param.code(LANES[lane])}) != 0 ${beyond}
      ORDER BY customer LIMIT ${param.count(limit)}
    )`)
}

export function touchOf({ kinds, traits, whole }: TouchedRow): Touch {
  return whole === 1 ? 'whole' : { kinds, traits }
}
