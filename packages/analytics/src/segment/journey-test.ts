import {
  type AmountLeaf,
  type EventRule,
  holds,
  leavesOf,
  passesAmount,
  passesTest,
  type ResolvedLeaf,
  type ResolvedSegment,
  type Window,
} from '@parcurs/domain'
import { decidedRule } from '../condition/decided-rule.ts'
import { nestSql } from '../condition/nest-sql.ts'
import { kindCoding } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import { amountTest, testSql } from './number-test-sql.ts'
import { periodOfWindow, resolvedRule, type SegmentReading } from './segment-reading.ts'

/** What whole journeys answer by themselves: kinds decide which events are meant. */
export interface JourneyTest {
  /** Over the columns of `wholeJourneys`. */
  readonly passes: Sql
  /** Whether who has no event passes. */
  readonly passesNone: boolean
}

/** Rows `customer, times, codes, values`, the codes being kinds: any number of conditions is asked of them in one pass. */
export function wholeJourneys(at: SegmentReading): Sql {
  const coding = kindCoding(at.kinds)
  return journeysOf(at.reading, { coding, period: null, keep: 'all', customers: null })
}

/** null: some condition needs more than journeys hold, or there is none. */
export function journeyTest(at: SegmentReading, rule: ResolvedSegment): JourneyTest | null {
  const leaves = leavesOf(rule)
  const tests = new Map(leaves.map((leaf) => [leaf, leafTest(at, leaf)]))
  const found = (leaf: ResolvedLeaf) => tests.get(leaf) ?? null
  if (leaves.length === 0 || leaves.some((leaf) => found(leaf) === null)) return null
  return {
    passes: nestSql(rule, (leaf) => found(leaf)?.passes ?? sql`false`),
    passesNone: holds(rule, (leaf) => found(leaf)?.passesNone === true),
  }
}

function leafTest(at: SegmentReading, leaf: ResolvedLeaf): JourneyTest | null {
  switch (leaf.kind) {
    case 'did': {
      const met = matching(at, leaf.event, leaf.window)
      if (met === null) return null
      return {
        passes: sql`(${testSql(met.count, leaf.times)})`,
        passesNone: passesTest(leaf.times, 0),
      }
    }
    case 'amount':
      return leaf.of.kind === 'value' ? ofValue(at, leaf) : null
    case 'distinct': {
      const met = leaf.of.kind === 'days' ? matching(at, leaf.event, leaf.window) : null
      if (met === null) return null
      const zone = param.text(at.scope.zone.name)
      const days = sql`arrayUniq(arrayMap(at -> toDate32(fromUnixTimestamp64Milli(at, ${zone})), ${met.kept(sql`times`)}))`
      return { passes: sql`(${testSql(days, leaf.test)})`, passesNone: passesTest(leaf.test, 0) }
    }
    case 'first':
    case 'last': {
      const met = matching(at, leaf.event, { kind: 'ever' })
      if (met === null) return null
      const period = periodOfWindow(at, leaf.window)
      // Of none it is 0, and time 0 of a journey is no time: that there is one has to be asked.
      const moment = sql`times[${leaf.kind === 'first' ? met.first : met.last}]`
      const within =
        period === null
          ? sql``
          : sql` AND ${moment} >= ${param.ms(period.fromMs)} AND ${moment} < ${param.ms(period.toMs)}`
      return { passes: sql`(${met.first} > 0${within})`, passesNone: false }
    }
    default:
      return null
  }
}

function ofValue(at: SegmentReading, leaf: AmountLeaf): JourneyTest | null {
  const { amount, event, test, window } = leaf
  const met = matching(at, event, window)
  if (met === null) return null
  const held = sql`arrayFilter(value -> value != 0, ${met.kept(sql`values`)})`
  const one = sql`1`
  switch (amount) {
    case 'sum':
      return {
        passes: sql`(${amountTest(sql`arraySum(${held})`, one, test)})`,
        passesNone: passesAmount(test, 0n, 1n),
      }
    case 'average':
      return some(held, amountTest(sql`arraySum(${held})`, sql`length(${held})`, test))
    case 'smallest':
      return some(held, amountTest(sql`arrayMin(${held})`, one, test))
    case 'largest':
      return some(held, amountTest(sql`arrayMax(${held})`, one, test))
  }
}

function some(held: Sql, passes: Sql): JourneyTest {
  return { passes: sql`(notEmpty(${held}) AND ${passes})`, passesNone: false }
}

interface Matching {
  readonly count: Sql
  /** Of a column, what stands at matched events. */
  readonly kept: (column: Sql) => Sql
  /** Places from 1 on; 0: there is none. */
  readonly first: Sql
  readonly last: Sql
}

/** Events of a journey by kind and time; null: kinds do not decide. */
function matching(at: SegmentReading, event: EventRule, window: Window): Matching | null {
  const decided = decidedRule(resolvedRule(at, event), at.kinds)
  if (decided.openKinds.length > 0) return null
  const period = periodOfWindow(at, window)
  const ofKind =
    decided.kinds.length === at.kinds.length ? [] : [sql`has(${param.codes(decided.kinds)}, code)`]
  const inPeriod =
    period === null
      ? []
      : [sql`at >= ${param.ms(period.fromMs)}`, sql`at < ${param.ms(period.toMs)}`]
  const tests = [...ofKind, ...inPeriod]
  if (tests.length === 0) {
    return {
      count: sql`length(codes)`,
      kept: (column) => column,
      first: sql`least(1, length(codes))`,
      last: sql`length(codes)`,
    }
  }
  // A column that no test asks for is not read.
  const meant = sql`${join(tests, ' AND ')}`
  const names = [...(ofKind.length > 0 ? [sql`code`] : []), ...(period === null ? [] : [sql`at`])]
  const columns = [
    ...(ofKind.length > 0 ? [sql`codes`] : []),
    ...(period === null ? [] : [sql`times`]),
  ]
  const over = sql`(${join(names, ', ')}) -> ${meant}, ${join(columns, ', ')}`
  return {
    count: sql`arrayCount(${over})`,
    kept: (column) =>
      sql`arrayFilter((kept, ${join(names, ', ')}) -> ${meant}, ${column}, ${join(columns, ', ')})`,
    first: sql`arrayFirstIndex(${over})`,
    last: sql`arrayLastIndex(${over})`,
  }
}
