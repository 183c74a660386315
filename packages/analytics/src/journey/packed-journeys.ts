import type { Period } from '../question.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import type { Coding } from './coding.ts'
import { fromBoth, journeysOfCustomers } from './journey-source.ts'
import type { Reading } from './reading.ts'
import { foldedJourneys } from './tables.ts'

/** Set in the code of an event that has money; codes of a packed journey stay below it. */
export const PACKED_MONEY = 0x8000

export interface PackedChoice {
  /** Its codes are below `PACKED_MONEY`. */
  readonly coding: Coding
  /** Events outside are left out; null: everything ever. */
  readonly period: Period | null
  /** `matched`: only events with a code. `all`: the others too, with code 0. */
  readonly keep: 'matched' | 'all'
  /** A condition on the column `customer` (see segment.ts); null: everybody. */
  readonly customers: Sql | null
  readonly money: boolean
}

/** What comes before holds no event. */
const EARLIEST_MS = Date.UTC(1900, 0, 1)

/** The instant that the times of packed events count from. */
export function packedOrigin(period: Period | null): number {
  return period === null ? EARLIEST_MS : period.fromMs
}

/**
 * Journeys in one number an event: what crosses the wire, and how often the engine walks over it, is
 * what a question over all events costs (20 million events: 233 to 184 MB, 236 to 130 ms).
 *
 * Rows, one per customer with an event left: `customer UInt64, events Array(UInt64)`: milliseconds since
 * `packedOrigin` × 65,536 + code, in order; and with money `money Array(Float64)`: ten-thousandths, of
 * the events whose code has `PACKED_MONEY`.
 */
export function packedJourneys(reading: Reading, choice: PackedChoice): Sql {
  const { coding, period, keep, customers } = choice
  return fromBoth(
    reading,
    { coding, period, keep, customers },
    packedOfFolded(reading, choice),
    (rows) => packedOfRows(rows, choice),
  )
}

/** As `packedJourneys` of a few customers of many: their events are read, up to the reading's last commit. */
export function packedOfCustomers(
  reading: Reading,
  choice: PackedChoice,
  customers: readonly bigint[],
): Sql {
  const { coding, period, keep, customers: segment } = choice
  const rows = journeysOfCustomers(
    reading,
    { coding, period, keep, customers: segment },
    sql`SELECT arrayJoin(${param.keys(customers)})`,
    null,
  )
  return packedOfRows(rows, choice)
}

/** @param rows of `customer, times, codes, values` */
function packedOfRows(rows: Sql, { period, money }: PackedChoice): Sql {
  return sql`
    SELECT customer, ${packed(packedOrigin(period), sql`toUInt16(code)`, money)} AS events
      ${money ? sql`, ${moneyOf(sql`value -> value != 0`, sql``)} AS money` : sql``}
    FROM (${rows})`
}

/** Packed first and chosen from after: one array is copied in place of two. */
function packedOfFolded(reading: Reading, choice: PackedChoice): Sql {
  const { coding, period, keep, customers, money } = choice
  const segment = customers === null ? sql`` : sql`AND ${customers}`
  const within =
    period === null
      ? sql``
      : sql`AND times[-1] >= ${param.ms(period.fromMs)} AND times[1] < ${param.ms(period.toMs)}`
  const every = packed(packedOrigin(period), codeOfKind(coding), money)
  const conditions = [
    ...(keep === 'matched' ? [hasCode(coding)] : []),
    ...(period === null
      ? []
      : [sql`at >= ${param.ms(period.fromMs)}`, sql`at < ${param.ms(period.toMs)}`]),
  ]
  const kept = join(conditions, ' AND ')
  const whole = unlessWhole(choice)
  const events =
    conditions.length === 0
      ? every
      : whole(every, sql`arrayFilter((event, at, code) -> ${kept}, ${every}, times, codes)`)
  const allValues = moneyOf(sql`value -> value != 0`, sql``)
  const values =
    conditions.length === 0
      ? allValues
      : whole(
          allValues,
          moneyOf(sql`(value, at, code) -> value != 0 AND ${kept}`, sql`, times, codes`),
        )
  return sql`
    SELECT customer, ${events} AS events ${money ? sql`, ${values} AS money` : sql``}
    FROM (
      SELECT customer, times, ${narrowKinds(coding)} AS codes ${money ? sql`, values` : sql``}
      FROM (${foldedJourneys(reading)} ${segment} ${within})
    ) WHERE notEmpty(events)`
}

/**
 * Of a journey that lies in the period whole no event is looked at for it: of the two the engine works out only what a row
 * needs (5 million events: 430 to 300 ms of its processor time). Where events are left out by their code, each is anyway.
 */
function unlessWhole({ keep, period }: PackedChoice): (all: Sql, some: Sql) => Sql {
  if (keep === 'matched' || period === null) return (_, some) => some
  const whole = sql`times[1] >= ${param.ms(period.fromMs)} AND times[-1] < ${param.ms(period.toMs)}`
  return (all, some) => sql`if(${whole}, ${all}, ${some})`
}

function packed(sinceMs: number, code: Sql, money: boolean): Sql {
  const time = sql`bitShiftLeft(toUInt64(at - ${param.ms(sinceMs)}), 16)`
  return money
    ? sql`arrayMap((at, code, value) ->
        bitOr(${time}, bitOr(${code}, if(value != 0, 32768, 0))), times, codes, values)`
    : sql`arrayMap((at, code) -> bitOr(${time}, ${code}), times, codes)`
}

/** @param others arrays that the condition looks at beside the values */
function moneyOf(condition: Sql, others: Sql): Sql {
  return sql`arrayMap(value -> toFloat64(value), arrayFilter(${condition}, values${others}))`
}

/** There are never more kinds than 16 bits hold; narrower numbers are walked over faster. */
function narrowKinds(coding: Coding): Sql {
  return coding.byKind.length <= 256
    ? sql`CAST(kinds, 'Array(UInt8)')`
    : sql`CAST(kinds, 'Array(UInt16)')`
}

/** A comparison with each is faster than looking up as long as they are few. */
const FEW_KINDS = 12

function hasCode(coding: Coding): Sql {
  const matched = matchedKinds(coding)
  if (matched.length === 0) return sql`false`
  if (matched.length === coding.byKind.length - 1) return sql`true`
  if (matched.length > FEW_KINDS) return sql`${lookedUp(coding)} != 0`
  const each = matched.map(({ kind }) => sql`code = ${param.code(kind)}`)
  return sql`(${join(each, ' OR ')})`
}

function codeOfKind(coding: Coding): Sql {
  const matched = matchedKinds(coding)
  if (matched.length === 0 || matched.length > FEW_KINDS) return lookedUp(coding)
  const cases = matched.map(
    ({ kind, code }) => sql`code = ${param.code(kind)}, toUInt16(${param.code(code)})`,
  )
  return sql`multiIf(${join(cases, ', ')}, 0)`
}

function matchedKinds({ byKind }: Coding) {
  return byKind.flatMap((code, kind) => (kind > 0 && code !== 0 ? [{ kind, code }] : []))
}

function lookedUp(coding: Coding): Sql {
  return sql`${param.narrowCodes(coding.byKind.slice(1))}[code]`
}
