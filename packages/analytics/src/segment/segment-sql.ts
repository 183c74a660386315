import {
  type AmountLeaf,
  type DidLeaf,
  type DistinctLeaf,
  type EventRule,
  isGroup,
  type MomentLeaf,
  MOST_AMOUNT,
  passesAmount,
  passesTest,
  type ResolvedLeaf,
  type ResolvedSegment,
  type Window,
} from '@parcurs/domain'
import { PLAIN_NUMBER } from '../condition/comparison-sql.ts'
import { decidedRule } from '../condition/decided-rule.ts'
import { groupSql } from '../condition/nest-sql.ts'
import { codingOf } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { customerEvents } from '../journey/tables.ts'
import { param, sql, type Sql } from '../sql.ts'
import { counted } from './counted.ts'
import { type JourneyTest, journeyTest, wholeJourneys } from './journey-test.ts'
import { onMapCustomers } from './on-map-sql.ts'
import { saidCustomers } from './said-sql.ts'
import { periodOfWindow, resolvedRule, type SegmentReading } from './segment-reading.ts'
import { amountTest, testSql } from './number-test-sql.ts'
import { sequenceCustomers } from './sequence-sql.ts'
import { segmentTraitSql } from './trait-leaf-sql.ts'
import { isOfTraits, traitsCondition } from './traits-together.ts'

/** A segment as a condition on the column `customer`; null: everybody. Agrees with `decide` in memory. */
export function segmentCondition(at: SegmentReading, rule: ResolvedSegment | null): Sql | null {
  if (rule === null || isEverybody(rule)) return null
  return conditionOf(at, rule, (test) => counted(wholeJourneys(at), test.passes, test.passesNone))
}

/**
 * What whole journeys answer within a group is asked of them in one pass, and what traits answer in one over these.
 *
 * @param ofJourneys how the first is said
 */
export function conditionOf(
  at: SegmentReading,
  rule: ResolvedSegment,
  ofJourneys: (test: JourneyTest) => Sql,
): Sql {
  const test = journeyTest(at, rule)
  if (test !== null) return ofJourneys(test)
  if (isOfTraits(rule)) return traitsCondition(at, rule)
  if (!isGroup(rule)) return leafSql(at, rule)
  const byJourneys = rule.rules.filter((part) => journeyTest(at, part) !== null)
  const byTraits = rule.rules.filter(isOfTraits)
  const rest = rule.rules.filter((part) => !byJourneys.includes(part) && !byTraits.includes(part))
  const together = [byJourneys, byTraits]
    .filter((rules) => rules.length > 0)
    .map((rules) => ({ kind: rule.kind === 'all' ? ('all' as const) : ('any' as const), rules }))
  return groupSql(
    rule.kind,
    [...together, ...rest].map((part) => conditionOf(at, part, ofJourneys)),
  )
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

function didSql(at: SegmentReading, { event, times, window }: DidLeaf): Sql {
  return counted(countedEvents(at, event, window), testSql(sql`n`, times), passesTest(times, 0))
}

/** Rows `customer, n` of who has any. */
function countedEvents(at: SegmentReading, event: EventRule, window: Window): Sql {
  return sql`SELECT customer, count() AS n FROM (${matchedEvents(at, event, window, sql`1 AS one`)}) GROUP BY customer`
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
