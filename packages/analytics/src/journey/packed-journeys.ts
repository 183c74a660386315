import type { Period } from '../question.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import type { Coding } from './coding.ts'
import { fromBoth } from './journey-source.ts'
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
  const { coding, period, keep, customers, money } = choice
  const since = packedOrigin(period)
  const columns = (code: Sql) => sql`${packed(since, code, money)} AS events
    ${money ? sql`, ${moneyOf} AS money` : sql``}`
  return fromBoth(
    reading,
    { coding, period, keep, customers },
    sql`
      SELECT customer, ${columns(codeOfKind(coding))} FROM (${keptOfFolded(reading, choice)})
      WHERE notEmpty(codes)`,
    (rows) => sql`SELECT customer, ${columns(sql`toUInt16(code)`)} FROM (${rows})`,
  )
}

/** Columns customer, times, codes (kinds, as narrow as they fit), and with money values. */
function keptOfFolded(reading: Reading, choice: PackedChoice): Sql {
  const { coding, period, keep, customers, money } = choice
  const segment = customers === null ? sql`` : sql`AND ${customers}`
  const within =
    period === null
      ? sql``
      : sql`AND times[-1] >= ${param.ms(period.fromMs)} AND times[1] < ${param.ms(period.toMs)}`
  const values = money ? sql`, values` : sql``
  const whole = sql`
    SELECT customer, times, ${narrowKinds(coding)} AS codes ${values}
    FROM (${foldedJourneys(reading)} ${segment} ${within})`
  const conditions = [
    ...(keep === 'matched' ? [hasCode(coding)] : []),
    ...(period === null
      ? []
      : [sql`at >= ${param.ms(period.fromMs)}`, sql`at < ${param.ms(period.toMs)}`]),
  ]
  if (conditions.length === 0) return whole
  const kept = join(conditions, ' AND ')
  return sql`
    SELECT customer, arrayFilter((at, code) -> ${kept}, all_times, all_codes) AS times,
      arrayFilter((code, at) -> ${kept}, all_codes, all_times) AS codes
      ${money ? sql`, arrayFilter((value, at, code) -> ${kept}, all_values, all_times, all_codes) AS values` : sql``}
    FROM (SELECT customer, times AS all_times, codes AS all_codes
      ${money ? sql`, values AS all_values` : sql``} FROM (${whole}))`
}

function packed(sinceMs: number, code: Sql, money: boolean): Sql {
  const time = sql`bitShiftLeft(toUInt64(at - ${param.ms(sinceMs)}), 16)`
  return money
    ? sql`arrayMap((at, code, value) ->
        bitOr(${time}, bitOr(${code}, if(value != 0, 32768, 0))), times, codes, values)`
    : sql`arrayMap((at, code) -> bitOr(${time}, ${code}), times, codes)`
}

const moneyOf = sql`arrayMap(value -> toFloat64(value), arrayFilter(value -> value != 0, values))`

/** There are never more kinds than 16 bits hold; narrower numbers are walked over faster. */
function narrowKinds(coding: Coding): Sql {
  return coding.byKind.length <= 256
    ? sql`CAST(kinds, 'Array(UInt8)')`
    : sql`CAST(kinds, 'Array(UInt16)')`
}

/** A comparison with each is faster than looking up as long as they are few. */
const FEW_KINDS = 12

function hasCode(coding: Coding): Sql {
  const matched = coding.byKind.flatMap((code, kind) => (kind > 0 && code !== 0 ? [kind] : []))
  if (matched.length === 0) return sql`false`
  if (matched.length === coding.byKind.length - 1) return sql`true`
  if (matched.length > FEW_KINDS) return sql`${codeOfKind(coding)} != 0`
  const each = matched.map((kind) => sql`code = ${param.code(kind)}`)
  return sql`(${join(each, ' OR ')})`
}

function codeOfKind(coding: Coding): Sql {
  return sql`${param.narrowCodes(coding.byKind.slice(1))}[code]`
}
