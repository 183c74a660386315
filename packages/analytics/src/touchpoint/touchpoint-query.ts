import type { DecidedRule } from '../condition/decided-rule.ts'
import type { Reading } from '../journey/reading.ts'
import { customerEvents } from '../journey/tables.ts'
import type { Period } from '../question.ts'
import { type Compiled, compile, join, param, sql } from '../sql.ts'

/** 64-bit numbers as decimal text. */
export interface TouchpointCountRow {
  readonly touchpoint: number
  readonly events: string
  readonly customers: string
}

/** Events and customers of each rule in a period, numbered as the rules are; rules may overlap. */
export function touchpointCountsQuery(
  reading: Reading,
  rules: readonly DecidedRule[],
  period: Period,
): Compiled {
  const inPeriod = sql`time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
  const numbers = join(
    rules.map(({ condition }, i) => sql`if(${condition}, ${param.code(i + 1)}, 0)`),
    ', ',
  )
  const columns = sql`arrayFilter(n -> n != 0, [${numbers}]) AS matched`
  return compile(sql`
    SELECT arrayJoin(matched) - 1 AS touchpoint, count() AS events, uniqExact(customer) AS customers
    FROM (${customerEvents(reading, columns, inPeriod)})
    GROUP BY touchpoint`)
}

export interface MatchedRow {
  readonly events: string
  readonly customers: string
}

/** What a rule matches over all time. */
export function matchedQuery(reading: Reading, rule: DecidedRule): Compiled {
  return compile(sql`
    SELECT count() AS events, uniqExact(customer) AS customers
    FROM (${customerEvents(reading, sql`1 AS matched`, rule.condition)})`)
}

export interface MatchedKindRow {
  readonly kind: number
  readonly events: string
}

export function matchedKindsQuery(reading: Reading, rule: DecidedRule): Compiled {
  return compile(sql`
    SELECT kind, count() AS events
    FROM (${customerEvents(reading, sql`kind`, rule.condition)})
    GROUP BY kind ORDER BY events DESC, kind LIMIT 20`)
}

export interface ExampleRow {
  readonly at: string
  readonly customer: string
  readonly name: string
  readonly channel: string
  readonly path: string
  readonly properties: Readonly<Record<string, string>>
}

/** The latest events that match, at most five. */
export function examplesQuery(reading: Reading, rule: DecidedRule): Compiled {
  const columns = sql`time, toUnixTimestamp64Milli(time) AS at, position, name, channel, path, properties`
  return compile(sql`
    SELECT at, customer, name, channel, path, properties
    FROM (${customerEvents(reading, columns, rule.condition)})
    ORDER BY at DESC, position DESC LIMIT 5`)
}

export interface LastMatchRow {
  readonly touchpoint: number
  readonly last_ms: string
}

/** When each rule last matched an event of its open kinds; null: kinds decide all of them. */
export function openMatchQuery(reading: Reading, rules: readonly DecidedRule[]): Compiled | null {
  const open = [...new Set(rules.flatMap((rule) => rule.openKinds))]
  if (open.length === 0) return null
  const numbers = join(
    rules.map(({ condition }, i) => sql`if(${condition}, ${param.code(i + 1)}, 0)`),
    ', ',
  )
  const columns = sql`time AS at, arrayFilter(n -> n != 0, [${numbers}]) AS matched`
  const where = sql`has(${param.codes(open)}, kind)`
  return compile(sql`
    SELECT arrayJoin(matched) - 1 AS touchpoint, toUnixTimestamp64Milli(max(at)) AS last_ms
    FROM (${customerEvents(reading, columns, where)})
    GROUP BY touchpoint`)
}
