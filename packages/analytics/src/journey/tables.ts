import { FIRST_IMPORT } from '@parcurs/domain'
import { param, sql, type Sql } from '../sql.ts'
import type { CustomerRange } from './customer-range.ts'
import type { Reading } from './reading.ts'
import { removed, shown } from './removal.ts'

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
  const bound = bounded ? upTo(reading) : sql``
  const also = where === null ? sql`` : sql`AND (${where})`
  const rows = sql`events WHERE workspace = ${workspace(reading)} ${bound} ${visible(reading)} ${also}`
  if (!reading.owned) return sql`SELECT ${columns}, key AS customer FROM ${rows}`
  return sql`
    SELECT ${columns}, ${ownerAtTime} AS customer
    FROM (SELECT *, order_key FROM ${rows}) AS seen
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
 * Customers whose journey may differ from the folded one: they have events beyond the mark, some of theirs
 * were taken away since, the ownership of one of their keys changed, or an order of theirs may have come to or
 * gone from somebody else. May name too many (they are then recomputed in vain), never too few.
 */
export function touchedCustomers(reading: Reading): Sql {
  const fresh = sql`commit > ${param.count(reading.mark)} ${upTo(reading)}`
  const events = [
    fresh,
    ...reading.removals.flatMap((removal) =>
      removal.commit > reading.mark ? [removed(removal)] : [],
    ),
  ]
  const own = events.map((condition) => rawKeys(reading, condition))
  const orders = reading.contested
    ? events.map((condition) => rawKeys(reading, orderIn(ordersOf(reading, condition))))
    : []
  const [first = sql``, ...more] = [...own, ...orders]
  const met = more.reduce((all, keys) => sql`${all} UNION ALL ${keys}`, first)
  if (!reading.owned) return met
  const changed = sql`
    SELECT owned_key AS touched FROM (${owners(reading)})
    WHERE owner_version > ${param.count(reading.mark)}`
  const keys = sql`${met} UNION ALL ${changed}`
  return sql`
    ${keys}
    UNION ALL
    SELECT arrayJoin(arrayConcat(owner_customers, owner_before)) AS touched
    FROM (${owners(reading)}) WHERE owned_key IN (${keys})`
}

/** Keys of events, also of those that were taken away. */
function rawKeys(reading: Reading, condition: Sql): Sql {
  return sql`SELECT key AS touched FROM events WHERE workspace = ${workspace(reading)} AND ${condition}`
}

function ordersOf(reading: Reading, condition: Sql): Sql {
  return sql`
    SELECT order_key FROM events
    WHERE workspace = ${workspace(reading)} AND order_key != 0 AND ${condition}`
}

function orderIn(orders: Sql): Sql {
  return sql`order_key IN (${orders})`
}

/** The orders of the given customers and of every key that some of them own or owned, as a subquery. */
export function ordersOfCustomers(reading: Reading, customers: Sql): Sql {
  return ordersOf(reading, sql`key IN (${keysOf(reading, customers)})`)
}

/** The orders of the customers in a range, as a subquery. */
export function ordersOfRange(reading: Reading, range: CustomerRange): Sql {
  return ordersOf(reading, keysInRange(reading, range))
}

/**
 * The message of the event that holds each order: a key that everybody can read comes behind the others, then
 * the earliest event holds. Decided from the events whenever it is asked, so there is nothing to keep in step.
 *
 * @param orders a subquery; null: all
 */
export function orderHolders(reading: Reading, orders: Sql | null): Sql {
  // The projection by_order gives the keys, and the keys lead to the rows. Further orders of these keys come along,
  // perhaps without all of their events: nobody asks for them.
  const among = orders === null ? sql`` : sql`AND key IN (${rawKeys(reading, orderIn(orders))})`
  return sql`
    SELECT argMin(message, (${fromBrowser(reading)} time, position, message)) AS holding FROM events
    WHERE workspace = ${workspace(reading)} ${upTo(reading)} ${visible(reading)} AND order_key != 0 ${among}
    GROUP BY order_key`
}

/**
 * The message of the event that stands for each order id, with money or without: the holder where some event of it has
 * money, else the first. Money given back stands for none.
 */
export function orderMessages(reading: Reading): Sql {
  return sql`
    SELECT argMin(message, (order_key = 0, ${fromBrowser(reading)} time, position, message)) AS standing FROM events
    WHERE workspace = ${workspace(reading)} ${upTo(reading)} ${visible(reading)}
      AND order_id != '' AND (isNull(value) OR value >= 0)
    GROUP BY ${ORDER}`
}

// TRICKY: as `order_key` is materialized, but of events without money too: see 0002_facts.sql.
const ORDER = sql`cityHash64(order_id, if(lower(name) IN ('purchase', 'order completed', 'order_completed'), 'purchase', name))`

/** What everybody can send comes behind what servers and files say; before other places of a tuple. */
function fromBrowser({ browserSources }: Reading): Sql {
  return browserSources.length === 0 ? sql`` : sql`source IN ${param.codes(browserSources)},`
}

/** One row: whether some order stands in several events, as far as some of them satisfy the condition; null: any. */
export function contestedOrders(
  workspaceId: number,
  upToCommit: bigint,
  condition: Sql | null,
): Sql {
  const id = param.workspace(workspaceId)
  const some =
    condition === null
      ? sql`order_key != 0`
      : orderIn(sql`
          SELECT order_key FROM events WHERE workspace = ${id} AND order_key != 0 AND ${condition}`)
  return sql`
    SELECT count() > 0 AS contested FROM (
      SELECT order_key FROM events
      WHERE workspace = ${id} AND commit <= ${param.count(upToCommit)} AND ${some}
      GROUP BY order_key HAVING count() > 1 LIMIT 1
    )`
}

/** Whole histories of the customers in a range: as `customerEvents`, reading only the keys that are theirs. */
export function eventsOfRange(reading: Reading, columns: Sql, range: CustomerRange): Sql {
  const keys = keysInRange(reading, range)
  if (!reading.owned) return customerEvents(reading, columns, keys, true)
  return sql`
    SELECT * FROM (${customerEvents(reading, columns, keys, true)})
    WHERE ${within(sql`customer`, range)}`
}

/** A condition on `key`: it is, or was at some time, of a customer in the range. */
function keysInRange(reading: Reading, range: CustomerRange): Sql {
  if (!reading.owned) return within(sql`key`, range)
  const owned = sql`
    SELECT owned_key FROM (
      SELECT owned_key, arrayJoin(owner_customers) AS owning FROM (${owners(reading)})
    ) WHERE ${within(sql`owning`, range)}`
  return sql`((${within(sql`key`, range)}) OR key IN (${owned}))`
}

function within(column: Sql, { first, last }: CustomerRange): Sql {
  return sql`${column} >= ${param.key(first)} AND ${column} <= ${param.key(last)}`
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
  const { rows, customer } = traitRows(reading, where, asOfMs)
  return sql`
    SELECT ${customer} AS customer, trait, argMax(value, (time, commit, key)) AS value
    FROM ${rows} GROUP BY customer, trait`
}

/** Every value that was ever said of a trait, and whose it is today: what to read from, and what to read as the customer. */
function traitRows(reading: Reading, where: Sql | null, asOfMs: number | null) {
  const until = asOfMs === null ? sql`` : sql`AND time <= ${param.instant(asOfMs)}`
  const also = where === null ? until : sql`${until} AND (${where})`
  // An anonymous key's traits go where its latest events go: to the last owner.
  const rows = reading.owned
    ? sql`
      (SELECT * FROM trait_values WHERE workspace = ${workspace(reading)} ${visible(reading)} ${also}) AS known
      LEFT ANY JOIN (${owners(reading)}) AS owner ON known.key = owner.owned_key`
    : sql`trait_values WHERE workspace = ${workspace(reading)} ${visible(reading)} ${also}`
  const customer = reading.owned
    ? sql`if(empty(owner_customers), key, owner_customers[-1])`
    : sql`key`
  return { rows, customer }
}

/**
 * As `customerTraits` of some customers, reading only the keys that are theirs.
 *
 * @param groups groups have traits in the same table, under keys of their own
 */
export function traitsOfCustomers(
  reading: Reading,
  customers: Sql,
  {
    asOfMs = null,
    groups = 'welcome',
  }: { readonly asOfMs?: number | null; readonly groups?: 'welcome' | 'left-out' } = {},
): Sql {
  const theirs = customerTraits(reading, sql`key IN (${keysOf(reading, customers)})`, { asOfMs })
  const apart = groups === 'welcome' ? sql`` : sql`AND customer NOT IN (${groupKeys(reading)})`
  return sql`SELECT * FROM (${theirs}) WHERE customer IN (${customers}) ${apart}`
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
    WHERE workspace = ${workspace(reading)} ${visible(reading)} AND trait = ${param.text(name)} ${then} GROUP BY key`
  return sql`
    SELECT customer, ${param.text(called)} AS trait, group_value AS value
    FROM (SELECT customer, ${groupKey(reading, sql`value`)} AS group_of
      FROM (${customerTraits(reading, sql`trait = ${param.text(holder)}`, { asOfMs })})) AS belongs
    INNER JOIN (${groups}) AS own ON belongs.group_of = own.group_key`
}

/** Customers who have a trait; groups, whose traits stand in the same table, are none. */
export function customersWithTraits(reading: Reading, asOfMs: number | null): Sql {
  // Whoever has a value of any trait: which one is the latest does not matter.
  const { rows, customer } = traitRows(reading, null, asOfMs)
  return sql`
    SELECT DISTINCT customer FROM (SELECT ${customer} AS customer FROM ${rows})
    WHERE customer NOT IN (${groupKeys(reading)})`
}

/**
 * Every trait that a rule can ask of customers: their own, and those of their groups by the name that rules give them
 * (`group.account.size`). Columns: customer, trait, value.
 */
export function askableTraits(reading: Reading): Sql {
  return sql`
    SELECT customer, trait, value FROM (${customerTraits(reading)})
    WHERE customer NOT IN (${groupKeys(reading)})
    UNION ALL
    SELECT belongs.customer AS customer, concat(type, '.', own.trait) AS trait, own.value AS value
    FROM (
      SELECT customer, if(trait = 'group', 'group.account', trait) AS type, ${groupKey(reading, sql`value`)} AS group_of
      FROM (${customerTraits(reading, HOLDERS)})
    ) AS belongs
    INNER JOIN (SELECT customer AS group_key, trait, value FROM (${customerTraits(reading)})
      WHERE customer IN (${groupKeys(reading)})) AS own
    ON belongs.group_of = own.group_key`
}

/** Traits of a customer that name a group. */
const HOLDERS = sql`trait = 'group' OR startsWith(trait, 'group.')`

/** Keys under which groups have traits. */
function groupKeys(reading: Reading): Sql {
  return sql`
    SELECT ${groupKey(reading, sql`value`)} FROM trait_values
    WHERE workspace = ${workspace(reading)} ${visible(reading)} AND (${HOLDERS})`
}

/** As `groupTraits` of some customers. */
export function groupTraitsOfCustomers(
  reading: Reading,
  asOfMs: number | null,
  {
    holder,
    name,
    called,
  }: { readonly holder: string; readonly name: string; readonly called: string },
  customers: Sql,
): Sql {
  return sql`
    SELECT toString(customer) AS customer, ${param.text(called)} AS trait, own.value AS value
    FROM (SELECT customer, ${groupKey(reading, sql`value`)} AS group_of
      FROM (${traitsOfCustomers(reading, customers, { asOfMs })}) WHERE trait = ${param.text(holder)}) AS belongs
    INNER JOIN (SELECT customer AS group_key, value
      FROM (${customerTraits(reading, sql`trait = ${param.text(name)}`, { asOfMs })})) AS own
    ON belongs.group_of = own.group_key`
}

/** What a customer was touched by, as bits; `indirect`: facts were taken away, or an order may have another holder. */
export const TOUCHED_BY = { collected: 1, imported: 2, linked: 4, indirect: 8 } as const

/**
 * Customers about whom anything came, went or changed its owner after a commit, with what it was. Columns: customer,
 * causes, new_kinds (of events), new_traits (that have other values), whole (1: anything of theirs may be another).
 * Some may be named in vain, none is left out.
 */
export function touchedSince(reading: Reading, place: bigint): Sql {
  const commits = sql`commit > ${param.count(place)} AND commit <= ${param.count(reading.upTo)}`
  const cause = (imported: Sql, otherwise: number) =>
    sql`toUInt32(if(${imported}, ${param.code(TOUCHED_BY.imported)}, ${param.code(otherwise)})) AS cause`
  const sent = cause(sql`source >= ${param.count(FIRST_IMPORT)}`, TOUCHED_BY.collected)
  const own = sql`
    SELECT key, ${sent}, [kind] AS kinds, ${NO_TRAITS} AS traits FROM events
    WHERE workspace = ${workspace(reading)} AND ${commits}
    UNION ALL
    SELECT key, ${sent}, ${NO_KINDS} AS kinds, [toString(trait)] AS traits FROM trait_values
    WHERE workspace = ${workspace(reading)} AND ${commits}`
  const removals = reading.removals.filter((removal) => removal.commit > place).map(removed)
  const moved = reading.contested ? [commits, ...removals] : []
  const indirect = [
    ...removals.map((condition) => rawKeys(reading, condition)),
    ...removals.map(
      (condition) => sql`
        SELECT key AS touched FROM trait_values
        WHERE workspace = ${workspace(reading)} AND ${condition}`,
    ),
    ...moved.map((condition) => rawKeys(reading, orderIn(ordersOf(reading, condition)))),
  ].map((keys) => wholly(keys, sql`toUInt32(${param.code(TOUCHED_BY.indirect)}) AS cause`))
  // What an import linked stands in commits of nothing but imports: it holds up nobody who is waited for.
  const importing = sql`
    SELECT commit FROM events WHERE workspace = ${workspace(reading)} AND ${commits}
    GROUP BY commit HAVING min(source) >= ${param.count(FIRST_IMPORT)}`
  const linked = sql`
    SELECT owned_key AS touched, owner_version FROM (${owners(reading)})
    WHERE owner_version > ${param.count(place)}`
  const links = reading.owned
    ? [wholly(linked, cause(sql`owner_version IN (${importing})`, TOUCHED_BY.linked))]
    : []
  const keys = [...indirect, ...links].reduce((all, more) => sql`${all} UNION ALL ${more}`, own)
  const customers = reading.owned
    ? sql`
        SELECT arrayJoin(arrayConcat([key], owner_customers, owner_before)) AS customer, cause, kinds, traits
        FROM (${keys}) AS met LEFT ANY JOIN (${owners(reading)}) AS owner ON met.key = owner.owned_key`
    : sql`SELECT key AS customer, cause, kinds, traits FROM (${keys})`
  return sql`
    SELECT customer, groupBitOr(cause) AS causes, groupUniqArrayArray(kinds) AS new_kinds,
      groupUniqArrayArray(traits) AS new_traits, max(empty(kinds) AND empty(traits)) AS whole
    FROM (${customers}) GROUP BY customer`
}

const NO_KINDS = sql`CAST([], 'Array(UInt32)')`
const NO_TRAITS = sql`CAST([], 'Array(String)')`

function wholly(keys: Sql, cause: Sql): Sql {
  return sql`
    SELECT touched AS key, ${cause}, ${NO_KINDS} AS kinds, ${NO_TRAITS} AS traits FROM (${keys})`
}

/** Who belongs to a group, by the trait that names it. Columns: customer, group_of (the key of its own traits). */
export function groupsOfCustomers(reading: Reading): Sql {
  return sql`
    SELECT customer, ${groupKey(reading, sql`value`)} AS group_of
    FROM (${customerTraits(reading, HOLDERS)})`
}

/** Keys that an event, a trait or a link is known of, with who owns each today. Columns: key, customer. */
export function customersOfKeys(reading: Reading, keys: Sql): Sql {
  const known = sql`
    SELECT DISTINCT key FROM events
    WHERE workspace = ${workspace(reading)} ${visible(reading)} AND key IN (${keys})
    UNION DISTINCT
    SELECT DISTINCT key FROM trait_values
    WHERE workspace = ${workspace(reading)} ${visible(reading)} AND key IN (${keys})`
  if (!reading.owned) return sql`SELECT key, key AS customer FROM (${known})`
  const linked = sql`SELECT owned_key AS key FROM (${owners(reading)}) WHERE owned_key IN (${keys})`
  return sql`
    SELECT key, if(empty(owner_customers), key, owner_customers[-1]) AS customer
    FROM (${known} UNION DISTINCT ${linked}) AS found
    LEFT ANY JOIN (${owners(reading)}) AS owner ON found.key = owner.owned_key`
}

/** Who is on a list today: one column, `customer`. A list holds keys; they follow their customers. */
export function listedCustomers(reading: Reading, list: string): Sql {
  return sql`SELECT customer FROM (${listRows(reading, [list])})`
}

/** Columns: customer, list. */
export function listsOfCustomers(reading: Reading, lists: readonly string[], customers: Sql): Sql {
  return sql`
    SELECT DISTINCT toString(customer) AS customer, list FROM (${listRows(reading, lists)})
    WHERE customer IN (${customers})`
}

function listRows(reading: Reading, lists: readonly string[]): Sql {
  const rows = sql`lists WHERE workspace = ${workspace(reading)} AND list IN (${param.texts(lists)})`
  if (!reading.owned) return sql`SELECT key AS customer, list FROM ${rows}`
  return sql`
    SELECT if(empty(owner_customers), key, owner_customers[-1]) AS customer, list
    FROM (SELECT * FROM ${rows}) AS listed
    LEFT ANY JOIN (${owners(reading)}) AS owner ON listed.key = owner.owned_key`
}

/** The key under which a group's own traits stand, as the server makes it. */
function groupKey(reading: Reading, id: Sql): Sql {
  return sql`xxHash64(concat(${param.text(`${reading.workspace}\0group\0`)}, ${id}))`
}

/** Every value that a trait of a key ever had, as far as it satisfies the condition. Columns: key, trait, value. */
export function traitValues(reading: Reading, where: Sql): Sql {
  return sql`
    SELECT key, trait, value FROM trait_values FINAL
    WHERE workspace = ${workspace(reading)} ${visible(reading)} AND (${where})`
}

/** A row if there is any trait at all. */
export function anyTrait(reading: Reading): Sql {
  return sql`SELECT trait FROM trait_values WHERE workspace = ${workspace(reading)} ${visible(reading)} LIMIT 1`
}

/**
 * Answers of customers, each once. Columns: customer, time, message, kind, scale, score, touchpoint.
 */
export function customerFeedback(reading: Reading, where: Sql | null = null): Sql {
  const also = where === null ? sql`` : sql`AND (${where})`
  const rows = sql`feedback FINAL WHERE workspace = ${workspace(reading)} ${visible(reading)} ${also}`
  const columns = sql`time, message, kind, scale, score, touchpoint`
  if (!reading.owned) return sql`SELECT key AS customer, ${columns} FROM ${rows}`
  return sql`
    SELECT ${ownerAtTime} AS customer, ${columns}
    FROM (SELECT * FROM ${rows}) AS seen
    LEFT ANY JOIN (${owners(reading)}) AS owner ON seen.key = owner.owned_key`
}

/** As `customerFeedback` of some customers, reading only the keys that are theirs. */
export function answersOfCustomers(reading: Reading, customers: Sql, where: Sql): Sql {
  const theirs = sql`key IN (${keysOf(reading, customers)}) AND (${where})`
  return sql`SELECT * FROM (${customerFeedback(reading, theirs)}) WHERE customer IN (${customers})`
}

/**
 * Counts of each kind over all time. Columns: kind, events, first_ms, last_ms.
 *
 * @param since only of what later commits brought; null: of everything
 */
export function kindCounts(reading: Reading, since: bigint | null): Sql {
  const fresh = since === null ? sql`` : sql`AND commit > ${param.count(since)}`
  return sql`
    SELECT kind, count() AS events, toUnixTimestamp64Milli(min(time)) AS first_ms,
      toUnixTimestamp64Milli(max(time)) AS last_ms
    FROM events
    WHERE workspace = ${workspace(reading)} ${fresh} ${upTo(reading)} ${visible(reading)} GROUP BY kind`
}

function workspace(reading: Reading) {
  return param.workspace(reading.workspace)
}

function upTo(reading: Reading): Sql {
  return sql`AND commit <= ${param.count(reading.upTo)}`
}

/** Leaves out what was taken away: every row of facts is read through this. */
function visible(reading: Reading): Sql {
  const condition = shown(reading.removals)
  return condition === null ? sql`` : sql`AND ${condition}`
}

// The latest entry that began at or before the event; the first one also owns everything earlier.
const ownerAtTime = sql`if(empty(owner_customers), key, owner_customers[greatest(1,
      arrayLastIndex(began -> began <= toUnixTimestamp64Milli(time), owner_from))])`
