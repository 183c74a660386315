import type { Period } from '../question.ts'
import { param, sql, type Sql } from '../sql.ts'
import { type Coding, openCode } from './coding.ts'
import { eventMoney } from './order-value.ts'
import type { Reading } from './reading.ts'
import type { CustomerRange } from './customer-range.ts'
import {
  customerEvents,
  eventsOfCustomers,
  eventsOfRange,
  foldedJourneys,
  ordersOfCustomers,
  ordersOfRange,
  touchedCustomers,
  touchedOfRange,
} from './tables.ts'

export interface JourneyChoice {
  readonly coding: Coding
  /** Events outside are left out; null: everything ever. */
  readonly period: Period | null
  /** `matched`: only events with a code. `all`: the others too, with code 0. */
  readonly keep: 'matched' | 'all'
  /** A condition on the column `customer` (see segment.ts); null: everybody. */
  readonly customers: Sql | null
}

/**
 * Journeys as rows: one per customer that has an event left, with columns
 * `customer UInt64, times Array(Int64), codes Array(UInt32), values Array(Int64)`, in the order of events
 * (time, then position, then message). Values are ten-thousandths of the workspace's currency.
 *
 * Where kinds decide every code this reads `journeys` (measured 5× faster than grouping the events);
 * customers touched since the fold, and codings that need properties, are read from `events`.
 * Both ways agree ([JO1]).
 */
export function journeysOf(reading: Reading, asked: JourneyChoice): Sql {
  const byKinds = asked.coding.openKinds.length === 0
  // Where every kind has a code, "matched" leaves nothing out: looking for it would be a pass over all events.
  const choice: JourneyChoice =
    byKinds && leavesNothingOut(asked.coding) ? { ...asked, keep: 'all' } : asked
  return fromBoth(reading, choice, fromFolded(reading, choice), (rows) => rows)
}

/**
 * As `journeysOf` of a few customers of many: their events are read, whatever was folded.
 *
 * @param told what else is told of each event, over columns of `events`, as a further column `told`; null: nothing
 */
export function journeysOfCustomers(
  reading: Reading,
  choice: JourneyChoice,
  customers: Sql,
  told: Sql | null,
): Sql {
  return fromEvents(reading, choice, { kind: 'customers', customers }, told)
}

/**
 * Rows of the folded generation where it can answer, else of the events.
 *
 * @param shape makes of rows `customer, times, codes, values` what `folded` is
 */
export function fromBoth(
  reading: Reading,
  choice: JourneyChoice,
  folded: Sql,
  shape: (rows: Sql) => Sql,
): Sql {
  if (choice.coding.openKinds.length > 0 || reading.beyond === 'all') {
    return shape(fromEvents(reading, choice, EVERYBODY))
  }
  if (reading.beyond === 'none') return folded
  const touched = { kind: 'customers' as const, customers: touchedCustomers(reading) }
  return sql`${folded} UNION ALL ${shape(fromEvents(reading, choice, touched))}`
}

function fromFolded(reading: Reading, choice: JourneyChoice): Sql {
  const { keep, period, customers } = choice
  const segment = customers === null ? sql`` : sql`AND ${customers}`
  const coded = sql`
    SELECT customer, times AS all_times, values AS all_values,
      ${codesOfKinds(choice.coding, sql`kinds`)} AS all_codes
    FROM (${foldedJourneys(reading)} ${segment})`
  if (keep === 'all' && period === null) {
    return sql`
      SELECT customer, all_times AS times, all_codes AS codes, all_values AS values FROM (${coded})`
  }
  if (keep === 'all' && period !== null) {
    // Times rise, so a period is a slice: two counts and three copies where three filters would look at every event.
    return sql`
      SELECT customer, arraySlice(all_times, skipped + 1, kept) AS times,
        ${codesOfKinds(choice.coding, sql`arraySlice(all_kinds, skipped + 1, kept)`)} AS codes,
        arraySlice(all_values, skipped + 1, kept) AS values
      FROM (
        SELECT customer, times AS all_times, kinds AS all_kinds, values AS all_values,
          arrayCount(at -> at < ${param.ms(period.fromMs)}, times) AS skipped,
          arrayCount(at -> at < ${param.ms(period.toMs)}, times) - skipped AS kept
        FROM (${foldedJourneys(reading)} ${segment}
          AND times[-1] >= ${param.ms(period.fromMs)} AND times[1] < ${param.ms(period.toMs)})
      ) WHERE kept > 0`
  }
  const matched = keep === 'matched' ? sql`code != 0` : sql`true`
  const kept =
    period === null
      ? matched
      : sql`${matched} AND at >= ${param.ms(period.fromMs)} AND at < ${param.ms(period.toMs)}`
  return sql`
    SELECT customer,
      arrayFilter((at, code) -> ${kept}, all_times, all_codes) AS times,
      arrayFilter((code, at) -> ${kept}, all_codes, all_times) AS codes,
      arrayFilter((held, at, code) -> ${kept}, all_values, all_times, all_codes) AS values
    FROM (${coded}) WHERE notEmpty(codes)`
}

function codesOfKinds(coding: Coding, kinds: Sql): Sql {
  if (coding.byKind.every((code, kind) => kind === 0 || code === kind)) return kinds
  return sql`arrayMap(kind -> ${param.codes(coding.byKind.slice(1))}[kind], ${kinds})`
}

function leavesNothingOut(coding: Coding): boolean {
  return coding.byKind.every((code, kind) => kind === 0 || code !== 0)
}

function fromEvents(
  reading: Reading,
  choice: JourneyChoice,
  among: Among,
  told: Sql | null = null,
): Sql {
  const { period, keep, customers } = choice
  const code = codeOfEvent(choice.coding)
  const inPeriod =
    period === null
      ? sql`true`
      : sql`time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
  const where = keep === 'matched' ? sql`${inPeriod} AND ${code} != 0` : inPeriod
  return histories(reading, { code, where, among, customers, told })
}

/** Whose histories are read. */
type Among =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'customers'; readonly customers: Sql }
  | { readonly kind: 'range'; readonly range: CustomerRange }

const EVERYBODY: Among = { kind: 'everybody' }

interface Histories {
  readonly code: Sql
  readonly where: Sql | null
  readonly among: Among
  readonly customers: Sql | null
  readonly told: Sql | null
}

function histories(reading: Reading, { code, where, among, customers, told }: Histories): Sql {
  const columns = sql`
      toUnixTimestamp64Milli(time) AS at, position, message, toUInt32(${code}) AS code,
      ${eventMoney(reading, ordersAmong(reading, among))} AS held${told === null ? sql`` : sql`, ${told} AS what`}`
  const rows = rowsAmong(reading, columns, among, where)
  const segment = customers === null ? sql`` : sql`WHERE ${customers}`
  return sql`
    SELECT customer,
      arrayMap(event -> event.1, history) AS times,
      arrayMap(event -> event.4, history) AS codes,
      arrayMap(event -> event.5, history) AS values${told === null ? sql`` : sql`, arrayMap(event -> event.6, history) AS told`}
    FROM (
      SELECT customer, ${told === null ? sql`arraySort(groupArray((at, position, message, code, held)))` : sql`arraySort(event -> (event.1, event.2, event.3), groupArray((at, position, message, code, held, what)))`} AS history
      FROM (${rows}) ${segment} GROUP BY customer
    )`
}

function ordersAmong(reading: Reading, among: Among): Sql | null {
  switch (among.kind) {
    case 'everybody':
      return null
    case 'customers':
      return ordersOfCustomers(reading, among.customers)
    case 'range':
      return ordersOfRange(reading, among.range)
  }
}

function rowsAmong(reading: Reading, columns: Sql, among: Among, where: Sql | null): Sql {
  switch (among.kind) {
    case 'everybody':
      return customerEvents(reading, columns, where, true)
    case 'customers':
      return eventsOfCustomers(reading, columns, among.customers, where, true)
    case 'range':
      return eventsOfRange(reading, columns, among.range)
  }
}

function codeOfEvent(coding: Coding): Sql {
  const lookup = sql`${param.codes(coding.byKind.slice(1))}[kind]`
  if (coding.openKinds.length === 0) return lookup
  return sql`if(has(${param.codes(coding.openKinds)}, kind), ${openCode(coding)}, ${lookup})`
}

/**
 * The rows of a generation for some of the customers, from the events: what the fold inserts.
 * Columns: customer, times, kinds, values.
 */
export function foldRows(reading: Reading, range: CustomerRange): Sql {
  const among =
    reading.beyond === 'all'
      ? { kind: 'range' as const, range }
      : { kind: 'customers' as const, customers: touchedOfRange(reading, range) }
  const whole = histories(reading, {
    code: sql`kind`,
    where: null,
    among,
    customers: null,
    told: null,
  })
  return sql`SELECT customer, times, codes AS kinds, values FROM (${whole})`
}
