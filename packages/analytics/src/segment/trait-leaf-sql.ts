import {
  type DayComparison,
  DATE_TEXT,
  DAY_MS,
  EPOCH_TEXT,
  localDay,
  type TraitLeaf,
  wallOfDate,
} from '@parcurs/domain'
import { traitSql } from '../condition/trait-sql.ts'
import { customerTraits, groupTraits } from '../journey/tables.ts'
import { param, sql, type Sql } from '../sql.ts'
import type { SegmentReading } from './segment-reading.ts'

/** A trait as a condition on the column `customer`. */
export function segmentTraitSql(at: SegmentReading, leaf: TraitLeaf): Sql {
  const traits = traitsOf(at, leaf.trait)
  switch (leaf.op) {
    case 'before':
    case 'after':
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return sql`customer IN (
        SELECT customer FROM (
          SELECT customer, ${dayOfText(at.scope.zone.name)} AS day FROM (${traits}) WHERE trait = ${param.text(leaf.trait)}
        ) WHERE day IS NOT NULL AND ${daySql(leaf, localDay(at.nowMs, at.scope.zone))})`
    default:
      return traitSql(traits, leaf.trait, leaf)
  }
}

/** Rows `customer, trait, value`; of a group's trait under its whole name, `group.<type>.<trait>`. */
function traitsOf(at: SegmentReading, trait: string): Sql {
  const [, type, name] = /^group\.([^.]+)\.(.+)$/s.exec(trait) ?? []
  if (type === undefined || name === undefined) {
    return customerTraits(at.reading, sql`trait = ${param.text(trait)}`, { asOfMs: at.asOfMs })
  }
  const holder = type === 'account' ? 'group' : `group.${type}`
  return groupTraits(at.reading, at.asOfMs, holder, name, trait)
}

/** @param day a number of days since 1970-01-01, in the column `day` */
function daySql(comparison: DayComparison, today: number): Sql {
  switch (comparison.op) {
    case 'before':
      return sql`day < ${param.ms(dayOfDate(comparison.value))}`
    case 'after':
      return sql`day > ${param.ms(dayOfDate(comparison.value))}`
    case 'in-last':
      return sql`day > ${param.ms(today - comparison.days)} AND day <= ${param.ms(today)}`
    case 'in-next':
      return sql`day >= ${param.ms(today)} AND day < ${param.ms(today + comparison.days)}`
    case 'anniversary':
      return sql`has(${param.codes(monthDaysAhead(today, comparison.days))}, ${monthDay})`
  }
}

/** Month × 100 + day of the column `day`. */
const monthDay = sql`toUInt32(toMonth(toDate32(assumeNotNull(day))) * 100 + toDayOfMonth(toDate32(assumeNotNull(day))))`

/** The same of each of the next days; with 28 February of a common year comes 29 February. */
function monthDaysAhead(today: number, days: number): readonly number[] {
  const ahead = new Set<number>()
  for (let day = today; day < today + Math.min(days, 366); day++) {
    const date = new Date(day * DAY_MS)
    const number = (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
    ahead.add(number)
    const last = new Date(Date.UTC(date.getUTCFullYear(), 2, 0)).getUTCDate()
    if (number === 228 && last === 28) ahead.add(229)
  }
  return [...ahead]
}

function dayOfDate(date: string): number {
  const wallMs = wallOfDate(date)
  if (wallMs === null) throw new Error(`no date: '${date}'`)
  return wallMs / DAY_MS
}

/** The local day that the column `value` means, as `dayOfText` in memory; null: it is no date or time. */
function dayOfText(zone: string): Sql {
  const parts = sql`extractGroups(value, ${param.text(DATE_TEXT)})`
  const date = sql`makeDate32(toInt32(${parts}[1]), toInt32(${parts}[2]), toInt32(${parts}[3]))`
  const real = sql`${parts}[1] >= '1901' AND ${parts}[1] <= '2298' AND toString(${date}) = substring(value, 1, 10)`
  const offset = sql`if(${parts}[8] IN ('', 'Z'), 0,
    if(startsWith(${parts}[8], '-'), -1, 1) * (toInt32OrZero(substring(${parts}[8], 2, 2)) * 60 + toInt32OrZero(right(${parts}[8], 2))))`
  const clock = sql`toInt32OrZero(${parts}[4]) < 24 AND toInt32OrZero(${parts}[5]) < 60 AND toInt32OrZero(${parts}[6]) < 60
    AND toInt32OrZero(right(${parts}[8], 2)) < 60 AND abs(${offset}) <= 1080`
  const epochMs = sql`toInt64(toInt32(${date})) * 86400000 + toInt64(toInt32OrZero(${parts}[4])) * 3600000
    + (toInt32OrZero(${parts}[5]) - ${offset}) * 60000 + toInt32OrZero(${parts}[6]) * 1000
    + toInt32OrZero(substring(rightPad(${parts}[7], 3, '0'), 1, 3))`
  const ofInstant = (ms: Sql) =>
    sql`toInt32(toDate32(fromUnixTimestamp64Milli(${ms}, ${param.text(zone)})))`
  return sql`multiIf(
    match(value, ${param.text(EPOCH_TEXT)}), ${ofInstant(sql`toInt64OrZero(rightPad(value, 13, '0'))`)},
    NOT match(value, ${param.text(DATE_TEXT)}) OR NOT (${real}) OR NOT (${clock}), NULL,
    ${parts}[8] = '', toInt32(${date}),
    ${ofInstant(epochMs)})`
}
