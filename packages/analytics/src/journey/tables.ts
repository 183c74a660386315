import { param, sql, type Sql } from '../sql.ts'
import type { CustomerRange } from './customer-range.ts'
import type { Reading } from './reading.ts'

// The only place that names the tables. Every piece takes the reading and closes over its workspace:
// isolation stands here and nowhere else.

/** Rows of the folded generation. Columns: customer, times, kinds, values. */
export function foldedJourneys(reading: Reading): Sql {
  const untouched =
    reading.beyond === 'some' ? sql`AND customer NOT IN (${touchedCustomers(reading)})` : sql``
  return sql`
    SELECT customer, times, kinds, values FROM journeys
    WHERE workspace = ${workspace(reading)} AND fold = ${param.code(reading.fold)} ${untouched}`
}

/**
 * Events with the customer who owns each of them today, as column `customer`.
 *
 * @param columns what to select beside it, in terms of the columns of `events`
 * @param where further condition on columns of `events`; null: all of them
 * @param bounded read only what the reading has settled. Needed wherever the rows are joined with
 *   the folded generation, else a commit that lands meanwhile is seen by one half of the query only
 */
export function customerEvents(
  reading: Reading,
  columns: Sql,
  where: Sql | null = null,
  bounded = false,
): Sql {
  const bound = bounded ? sql`AND commit <= ${param.count(reading.upTo)}` : sql``
  const also = where === null ? sql`` : sql`AND (${where})`
  const rows = sql`events WHERE workspace = ${workspace(reading)} ${bound} ${also}`
  if (!reading.owned) return sql`SELECT ${columns}, key AS customer FROM ${rows}`
  return sql`
    SELECT ${columns}, ${ownerAtTime} AS customer
    FROM (SELECT * FROM ${rows}) AS seen
    LEFT ANY JOIN (${owners(reading)}) AS owner ON seen.key = owner.owned_key`
}

/**
 * Whole histories of the given customers: as `customerEvents`, but reading only the keys that are theirs.
 *
 * @param customers subquery of one column; a customer's former keys need not be in it
 */
export function eventsOfCustomers(
  reading: Reading,
  columns: Sql,
  customers: Sql,
  where: Sql | null = null,
  bounded = false,
): Sql {
  const also = where === null ? sql`` : sql`AND (${where})`
  if (!reading.owned) {
    return customerEvents(reading, columns, sql`key IN (${customers}) ${also}`, bounded)
  }
  const keys = keysOf(reading, customers)
  return sql`
    SELECT * FROM (${customerEvents(reading, columns, sql`key IN (${keys}) ${also}`, bounded)})
    WHERE customer IN (${customers})`
}

/** The customers themselves and every key that some of them own or owned. */
function keysOf(reading: Reading, customers: Sql): Sql {
  if (!reading.owned) return customers
  return sql`
    ${customers}
    UNION ALL
    SELECT owned_key FROM (
      SELECT owned_key, arrayJoin(owner_customers) AS owning FROM (${owners(reading)})
    ) WHERE owning IN (${customers})`
}

/**
 * Customers whose journey may differ from the folded one: they have events beyond the mark, or the
 * ownership of one of their keys changed. May name too many (they are then recomputed in vain), never too few.
 */
export function touchedCustomers(reading: Reading): Sql {
  const fresh = sql`
    SELECT key AS touched FROM events
    WHERE workspace = ${workspace(reading)}
      AND commit > ${param.count(reading.mark)} AND commit <= ${param.count(reading.upTo)}`
  if (!reading.owned) return fresh
  const changed = sql`
    SELECT owned_key AS touched FROM (${owners(reading)})
    WHERE owner_version > ${param.count(reading.mark)}`
  const keys = sql`${fresh} UNION ALL ${changed}`
  return sql`
    ${keys}
    UNION ALL
    SELECT arrayJoin(arrayConcat(owner_customers, owner_before)) AS touched
    FROM (${owners(reading)}) WHERE owned_key IN (${keys})`
}

/** Whole histories of the customers in a range: as `customerEvents`, reading only the keys that are theirs. */
export function eventsOfRange(reading: Reading, columns: Sql, range: CustomerRange): Sql {
  const within = (column: Sql) =>
    sql`${column} >= ${param.key(range.first)} AND ${column} <= ${param.key(range.last)}`
  if (!reading.owned) return customerEvents(reading, columns, within(sql`key`), true)
  const owned = sql`
    SELECT owned_key FROM (
      SELECT owned_key, arrayJoin(owner_customers) AS owning FROM (${owners(reading)})
    ) WHERE ${within(sql`owning`)}`
  const keys = sql`(${within(sql`key`)}) OR key IN (${owned})`
  return sql`
    SELECT * FROM (${customerEvents(reading, columns, keys, true)})
    WHERE ${within(sql`customer`)}`
}

/** Those of `touchedCustomers` in a range. */
export function touchedOfRange(reading: Reading, range: CustomerRange): Sql {
  return sql`
    SELECT touched FROM (${touchedCustomers(reading)})
    WHERE touched >= ${param.key(range.first)} AND touched <= ${param.key(range.last)}`
}

/** Owners, at the time of the reading, of every key that is not simply its own customer. */
export function owners(reading: Reading): Sql {
  return sql`
    SELECT key AS owned_key, max(version) AS owner_version, argMax(from_ms, version) AS owner_from,
      argMax(customers, version) AS owner_customers, argMax(before, version) AS owner_before
    FROM owners WHERE workspace = ${workspace(reading)} AND version <= ${param.count(reading.upTo)}
    GROUP BY key`
}

/**
 * Latest value of each trait of each customer. Columns: customer, trait, value.
 *
 * @param where further condition on columns of `trait_values`; null: all of them
 * @param asOfMs values of that time and earlier ones, with today's identities; null: all of them. History
 *   begins where it was first kept: of earlier times only the latest value is known
 */
export function customerTraits(
  reading: Reading,
  where: Sql | null = null,
  { asOfMs = null }: { readonly asOfMs?: number | null } = {},
): Sql {
  const until = asOfMs === null ? sql`` : sql`AND time <= ${param.instant(asOfMs)}`
  const also = where === null ? until : sql`${until} AND (${where})`
  // An anonymous key's traits go where its latest events go: to the last owner.
  const from = reading.owned
    ? sql`
      (SELECT * FROM trait_values WHERE workspace = ${workspace(reading)} ${also}) AS known
      LEFT ANY JOIN (${owners(reading)}) AS owner ON known.key = owner.owned_key`
    : sql`trait_values WHERE workspace = ${workspace(reading)} ${also}`
  const customer = reading.owned
    ? sql`if(empty(owner_customers), key, owner_customers[-1])`
    : sql`key`
  return sql`
    SELECT ${customer} AS customer, trait, argMax(value, (time, commit, key)) AS value
    FROM ${from} GROUP BY customer, trait`
}

/** As `customerTraits` of some customers, reading only the keys that are theirs. */
export function traitsOfCustomers(reading: Reading, customers: Sql): Sql {
  return sql`
    SELECT * FROM (${customerTraits(reading, sql`key IN (${keysOf(reading, customers)})`)})
    WHERE customer IN (${customers})`
}

/**
 * A trait of the groups that customers belong to, under the customer. Columns: customer, trait, value.
 *
 * @param holder the customers' trait that names the group
 * @param name of the group's own trait
 * @param called what it is called in the rows
 */
export function groupTraits(
  reading: Reading,
  asOfMs: number | null,
  holder: string,
  name: string,
  called: string,
): Sql {
  const then = asOfMs === null ? sql`` : sql`AND time <= ${param.instant(asOfMs)}`
  const groups = sql`
    SELECT key AS group_key, argMax(value, (time, commit)) AS group_value FROM trait_values
    WHERE workspace = ${workspace(reading)} AND trait = ${param.text(name)} ${then} GROUP BY key`
  return sql`
    SELECT customer, ${param.text(called)} AS trait, group_value AS value
    FROM (SELECT customer, ${groupKey(reading, sql`value`)} AS group_of FROM (${customerTraits(reading, null, { asOfMs })})
      WHERE trait = ${param.text(holder)}) AS belongs
    INNER JOIN (${groups}) AS own ON belongs.group_of = own.group_key`
}

/** All traits of the groups of some customers. Columns: customer, holder, trait, value. */
export function groupTraitsOfCustomers(reading: Reading, customers: Sql): Sql {
  const belongs = sql`trait = 'group' OR startsWith(trait, 'group.')`
  const groups = sql`
    SELECT key AS group_key, trait AS group_trait, argMax(value, (time, commit)) AS group_value
    FROM trait_values WHERE workspace = ${workspace(reading)} GROUP BY key, trait`
  return sql`
    SELECT customer, holder, group_trait AS trait, group_value AS value
    FROM (SELECT customer, trait AS holder, ${groupKey(reading, sql`value`)} AS group_of
      FROM (${traitsOfCustomers(reading, customers)}) WHERE ${belongs}) AS belongs
    INNER JOIN (${groups}) AS own ON belongs.group_of = own.group_key`
}

/** Customers who have a trait; groups, whose traits stand in the same table, are none. */
export function customersWithTraits(reading: Reading, asOfMs: number | null): Sql {
  const traits = customerTraits(reading, null, { asOfMs })
  const groups = sql`
    SELECT ${groupKey(reading, sql`value`)} FROM trait_values
    WHERE workspace = ${workspace(reading)} AND (trait = 'group' OR startsWith(trait, 'group.'))`
  return sql`SELECT DISTINCT customer FROM (${traits}) WHERE customer NOT IN (${groups})`
}

/** The key under which a group's own traits stand, as the server makes it. */
function groupKey(reading: Reading, id: Sql): Sql {
  return sql`xxHash64(concat(${param.text(`${reading.workspace}\0group\0`)}, ${id}))`
}

/** A row if there is any trait at all. */
export function anyTrait(reading: Reading): Sql {
  return sql`SELECT trait FROM trait_values WHERE workspace = ${workspace(reading)} LIMIT 1`
}

/**
 * Answers of customers, each once. Columns: customer, time, message, kind, scale, score, touchpoint.
 */
export function customerFeedback(reading: Reading, where: Sql | null = null): Sql {
  const also = where === null ? sql`` : sql`AND (${where})`
  const rows = sql`feedback FINAL WHERE workspace = ${workspace(reading)} ${also}`
  const columns = sql`time, message, kind, scale, score, touchpoint`
  if (!reading.owned) return sql`SELECT key AS customer, ${columns} FROM ${rows}`
  return sql`
    SELECT ${ownerAtTime} AS customer, ${columns}
    FROM (SELECT * FROM ${rows}) AS seen
    LEFT ANY JOIN (${owners(reading)}) AS owner ON seen.key = owner.owned_key`
}

/** Counts of each kind over all time. Columns: kind, events, last_ms. */
export function kindCounts(reading: Reading): Sql {
  return sql`
    SELECT kind, count() AS events, toUnixTimestamp64Milli(max(time)) AS last_ms
    FROM events WHERE workspace = ${workspace(reading)} GROUP BY kind`
}

function workspace(reading: Reading) {
  return param.workspace(reading.workspace)
}

// The latest entry that began at or before the event; the first one also owns everything earlier.
const ownerAtTime = sql`if(empty(owner_customers), key, owner_customers[greatest(1,
      arrayLastIndex(began -> began <= toUnixTimestamp64Milli(time), owner_from))])`
