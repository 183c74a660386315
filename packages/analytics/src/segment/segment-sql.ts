import {
  amountParts,
  type AmountLeaf,
  type DidLeaf,
  type DistinctLeaf,
  type EventRule,
  isGroup,
  type MomentLeaf,
  MOST_AMOUNT,
  type NumberTest,
  passesAmount,
  passesTest,
  type ResolvedLeaf,
  type ResolvedSegment,
  type Window,
} from '@parcurs/domain'
import { PLAIN_NUMBER } from '../condition/comparison-sql.ts'
import { decidedRule } from '../condition/decided-rule.ts'
import { nestSql } from '../condition/nest-sql.ts'
import { codingOf } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { customerEvents } from '../journey/tables.ts'
import { param, sql, type Sql } from '../sql.ts'
import { onMapCustomers } from './on-map-sql.ts'
import { saidCustomers } from './said-sql.ts'
import { periodOfWindow, resolvedRule, type SegmentReading } from './segment-reading.ts'
import { testSql } from './number-test-sql.ts'
import { sequenceCustomers } from './sequence-sql.ts'
import { segmentTraitSql } from './trait-leaf-sql.ts'

/** A segment as a condition on the column `customer`; null: everybody. Agrees with `decide` in memory. */
export function segmentCondition(at: SegmentReading, rule: ResolvedSegment | null): Sql | null {
  if (rule === null || isEverybody(rule)) return null
  return nestSql<ResolvedLeaf>(rule, (leaf) => leafSql(at, leaf))
}

function isEverybody(rule: ResolvedSegment): boolean {
  return isGroup(rule) && rule.kind === 'all' && rule.rules.length === 0
}

function leafSql(at: SegmentReading, leaf: ResolvedLeaf): Sql {
  switch (leaf.kind) {
    case 'trait':
      return segmentTraitSql(at, leaf)
    case 'did':
      return didSql(at, leaf)
    case 'amount':
      return amountSql(at, leaf)
    case 'distinct':
      return distinctSql(at, leaf)
    case 'first':
    case 'last':
      return momentSql(at, leaf)
    case 'sequence':
      return sql`customer IN (${sequenceCustomers(at, leaf)})`
    case 'said':
      return sql`customer IN (${saidCustomers(at, leaf)})`
    case 'on-map':
      return sql`customer IN (${onMapCustomers(at, leaf)})`
    case 'in':
      return sql`customer IN (${at.listed(leaf.id)})`
  }
}

/**
 * Customers by something counted of them, where who has nothing to count has no row.
 *
 * @param rows with the column `customer`
 * @param passes a condition on the rows
 * @param passesNone whether those without a row pass
 */
function counted(rows: Sql, passes: Sql, passesNone: boolean): Sql {
  return passesNone
    ? sql`customer NOT IN (SELECT customer FROM (${rows}) WHERE NOT (${passes}))`
    : sql`customer IN (SELECT customer FROM (${rows}) WHERE ${passes})`
}

function didSql(at: SegmentReading, { event, times, window }: DidLeaf): Sql {
  return counted(countedEvents(at, event, window), testSql(sql`n`, times), passesTest(times, 0))
}

/** Rows `customer, n` of who has any. */
function countedEvents(at: SegmentReading, event: EventRule, window: Window): Sql {
  const decided = decidedRule(resolvedRule(at, event), at.kinds)
  return decided.openKinds.length === 0
    ? sql`SELECT customer, length(times) AS n FROM (${matchedJourneys(at, event, window)})`
    : sql`SELECT customer, count() AS n FROM (${matchedEvents(at, event, window, sql`1 AS one`)}) GROUP BY customer`
}

function amountSql(at: SegmentReading, leaf: AmountLeaf): Sql {
  const { amount, of, event, test, window } = leaf
  const passesNone = amount === 'sum' && passesAmount(test, 0n, 1n)
  const rows =
    of.kind === 'value'
      ? sql`
        SELECT customer, arraySum(held) AS total, length(held) AS n, arrayMin(held) AS least, arrayMax(held) AS most
        FROM (SELECT customer, arrayFilter(value -> value != 0, values) AS held
          FROM (${matchedJourneys(at, event, window)})) WHERE notEmpty(held)`
      : sql`
        SELECT customer, sum(assumeNotNull(part)) AS total, count() AS n, min(part) AS least, max(part) AS most
        FROM (${matchedEvents(at, event, window, numberParts(of.property))}) WHERE part IS NOT NULL GROUP BY customer`
  const passes = {
    sum: amountTest(sql`total`, sql`1`, test),
    average: amountTest(sql`total`, sql`n`, test),
    smallest: amountTest(sql`least`, sql`1`, test),
    largest: amountTest(sql`most`, sql`1`, test),
  }[amount]
  return counted(rows, passes, passesNone)
}

/** A property in ten-thousandths, as column `part`; null: it is no amount. */
function numberParts(property: string): Sql {
  const text = sql`properties[${param.text(property)}]`
  const number = sql`toFloat64OrNull(${text})`
  return sql`if(match(${text}, ${param.text(PLAIN_NUMBER)}) AND abs(${number}) <= ${param.number(MOST_AMOUNT)},
    toInt64(floor(assumeNotNull(${number}) * 10000 + 0.5)), NULL) AS part`
}

function distinctSql(at: SegmentReading, { of, event, test, window }: DistinctLeaf): Sql {
  const zone = param.text(at.scope.zone.name)
  const rows =
    of.kind === 'days'
      ? sql`
        SELECT customer, arrayUniq(arrayMap(at -> toDate32(fromUnixTimestamp64Milli(at, ${zone})), times)) AS n
        FROM (${matchedJourneys(at, event, window)})`
      : sql`
        SELECT customer, uniqExactIf(held, has_it) AS n FROM (${matchedEvents(
          at,
          event,
          window,
          sql`properties[${param.text(of.property)}] AS held, mapContains(properties, ${param.text(of.property)}) AS has_it`,
        )}) GROUP BY customer`
  return counted(rows, testSql(sql`n`, test), passesTest(test, 0))
}

function momentSql(at: SegmentReading, { kind, event, window }: MomentLeaf): Sql {
  const period = periodOfWindow(at, window)
  const moment = kind === 'first' ? sql`times[1]` : sql`times[-1]`
  const passes =
    period === null
      ? sql`true`
      : sql`${moment} >= ${param.ms(period.fromMs)} AND ${moment} < ${param.ms(period.toMs)}`
  return counted(matchedJourneys(at, event, { kind: 'ever' }), passes, false)
}

/** Rows `customer, times, values` of the matched events in the window; one a customer who has any. */
function matchedJourneys(at: SegmentReading, event: EventRule, window: Window): Sql {
  const coding = codingOf([{ code: 1, rule: resolvedRule(at, event) }], at.kinds)
  const period = periodOfWindow(at, window)
  return journeysOf(at.reading, { coding, period, keep: 'matched', customers: null })
}

/** Rows `customer` and the columns, of each matched event in the window. */
function matchedEvents(at: SegmentReading, event: EventRule, window: Window, columns: Sql): Sql {
  const { condition } = decidedRule(resolvedRule(at, event), at.kinds)
  const period = periodOfWindow(at, window)
  const where =
    period === null
      ? condition
      : sql`${condition} AND time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
  return customerEvents(at.reading, columns, where)
}

/** `sum ÷ count` in ten-thousandths, without dividing. */
function amountTest(sum: Sql, count: Sql, test: NumberTest): Sql {
  const bound = (number: number) =>
    sql`toInt128(${{ type: 'Int64', value: partsOf(number) }}) * toInt128(${count})`
  const total = sql`toInt128(${sum})`
  switch (test.op) {
    case 'gte':
      return sql`${total} >= ${bound(test.value)}`
    case 'lte':
      return sql`${total} <= ${bound(test.value)}`
    case 'eq':
      return sql`${total} = ${bound(test.value)}`
    case 'between':
      return sql`${total} >= ${bound(test.least)} AND ${total} <= ${bound(test.most)}`
  }
}

const MOST_PARTS = 2n ** 63n - 1n

/** A bound beyond every amount is as good as the largest number that can be sent. */
function partsOf(number: number): bigint {
  return amountParts(number) ?? (number < 0 ? -MOST_PARTS : MOST_PARTS)
}
