import { journeysOf } from '../journey/journey-source.ts'
import type { Reading } from '../journey/reading.ts'
import {
  customerEvents,
  customerTraits,
  eventsOfCustomers,
  groupsOfCustomers,
  owners,
} from '../journey/tables.ts'
import { type Compiled, compile, join, param, type Sql, sql } from '../sql.ts'

/** 64-bit numbers as decimal text. */
export interface CustomerRow {
  readonly customer: string
  readonly events: number
  readonly first_ms: string
  readonly last_ms: string
}

/**
 * @param among a subquery of customers; null: everybody
 * @param customers a condition on the column `customer`; null: all of them
 */
function histories(reading: Reading, among: Sql | null, customers: Sql | null): Sql {
  const conditions = [among === null ? null : sql`customer IN (${among})`, customers].filter(
    (condition) => condition !== null,
  )
  return journeysOf(reading, {
    coding: { mode: 'first', byKind: [0], openKinds: [], cases: [] },
    period: null,
    keep: 'all',
    customers: conditions.length === 0 ? null : join(conditions, ' AND '),
  })
}

/** The customers who did something last come first. */
export function customersQuery(
  reading: Reading,
  among: Sql | null,
  customers: Sql | null,
  limit: number,
): Compiled {
  return compile(sql`
    SELECT customer, toUInt32(length(times)) AS events, times[1] AS first_ms, times[-1] AS last_ms
    FROM (${histories(reading, among, customers)})
    ORDER BY last_ms DESC, customer LIMIT ${param.count(limit)}`)
}

export function customerCountQuery(
  reading: Reading,
  among: Sql | null,
  customers: Sql | null,
): Compiled {
  return compile(sql`SELECT count() AS total FROM (${histories(reading, among, customers)})`)
}

/** Customers of these keys, as a subquery. */
export function customersAmong(keys: readonly bigint[]): Sql {
  return sql`SELECT arrayJoin(${param.keys(keys)})`
}

/**
 * Customers behind the given identities, and those of whom an id, a trait or a trait of their group contains the text
 * in any case.
 */
export function customersFound(reading: Reading, keys: readonly bigint[], text: string): Sql {
  const holds = (column: Sql) =>
    sql`positionCaseInsensitiveUTF8(${column}, ${param.text(text)}) > 0`
  const byTrait = sql`SELECT customer FROM (${customerTraits(reading)}) WHERE ${holds(sql`value`)}`
  const byId = customerEvents(
    reading,
    sql`key`,
    sql`${holds(sql`user_id`)} OR ${holds(sql`anonymous_id`)}`,
  )
  const found = sql`${customersAmong(keys)}
    UNION ALL ${byTrait}
    UNION ALL SELECT customer FROM (${byId})
    UNION ALL SELECT customer FROM (${groupsOfCustomers(reading)}) WHERE group_of IN (${byTrait})`
  if (!reading.owned) return found
  return sql`${found} UNION ALL
    SELECT arrayJoin(owner_customers) FROM (${owners(reading)}) WHERE has(${param.keys(keys)}, owned_key)`
}

export interface CustomerNameRow {
  readonly customer: string
  readonly user_id: string
  readonly anonymous_id: string
}

/** The latest ids that each of these customers came in under. */
export function customerNamesQuery(reading: Reading, keys: readonly bigint[]): Compiled {
  const columns = sql`time, user_id, anonymous_id`
  return compile(sql`
    SELECT customer, argMaxIf(user_id, time, user_id != '') AS user_id,
      argMaxIf(anonymous_id, time, anonymous_id != '') AS anonymous_id
    FROM (${eventsOfCustomers(reading, columns, customersAmong(keys))}) GROUP BY customer`)
}

export interface TraitRow {
  readonly customer: string
  readonly trait: string
  readonly value: string
}

export function traitsOfQuery(reading: Reading, keys: readonly bigint[]): Compiled {
  return compile(sql`
    SELECT customer, trait, value FROM (${customerTraits(reading)})
    WHERE customer IN (${customersAmong(keys)}) ORDER BY customer, trait`)
}

/** Who owns a key today; no row: itself. */
export function ownerOfQuery(reading: Reading, key: bigint): Compiled {
  return compile(sql`
    SELECT owner_customers[-1] AS customer FROM (${owners(reading)})
    WHERE owned_key = ${param.key(key)} AND notEmpty(owner_customers)`)
}

/** What people call a customer: by name, else email, else the id. */
export function customerLabel(
  traits: ReadonlyMap<string, string>,
  userId: string,
  anonymousId: string,
): string {
  const whole = [
    traits.get('firstName') ?? traits.get('first_name'),
    traits.get('lastName') ?? traits.get('last_name'),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
  const known = [traits.get('name'), whole, traits.get('email'), userId, anonymousId]
  return known.find((text) => text !== undefined && text !== '') ?? ''
}
