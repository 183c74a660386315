import { UTC } from '@parcurs/domain'
import { expect, test } from 'vitest'
import type { Selection } from '../selection/selection.ts'
import { foregroundQuery, spanQuery } from '../session/session-query.ts'
import { sql } from '../sql.ts'
import { compiledLine, FOLDED, kindsNamed } from '../testing/compiled-line.ts'
import { customersAsked, valuesQuery } from './events-asked.ts'
import type { QuestionContext } from './question-kind.ts'

const context: QuestionContext = {
  reading: FOLDED,
  workspace: { timeZone: 'UTC', weekStart: 'monday', currency: 'EUR', simulated: false },
  zone: UTC,
  nowMs: 0,
  kinds: kindsNamed('view'),
  touchpoints: new Map(),
  maps: new Map(),
  segment: () => null,
  listed: () => sql`SELECT 1 WHERE false`,
  threads: 1,
}
const selection: Selection = {
  code: { as: 'expression', sql: sql`1` },
  where: [],
  unit: null,
  period: null,
  keep: 'all',
  customers: null,
  columns: [],
  trait: null,
}
const events = (workspace: number) =>
  'SELECT *, toUInt32(1) AS code FROM (SELECT time, position, message, kind, type, name, channel, path, ' +
  'user_id, anonymous_id, value, currency, order_id, order_key, properties, key AS customer FROM events ' +
  `WHERE workspace = {p${workspace}:UInt32})`

test('[SQ1] values of a text, the most frequent first', () => {
  expect(compiledLine(valuesQuery(context, selection, sql`properties['x']`))).toEqual([
    `SELECT text FROM (SELECT properties['x'] AS text FROM (${events(0)})) ` +
      "WHERE text != '' GROUP BY text ORDER BY count() DESC, text LIMIT {p1:UInt32}",
    7,
    10_000,
  ])
})

test('[SQ1] whether any event reports foreground time', () => {
  expect(compiledLine(foregroundQuery(context, selection))).toEqual([
    'SELECT 1 AS reported FROM (SELECT (mapContains(properties, {p0:String}) OR ' +
      `mapContains(properties, {p1:String})) AS reported FROM (${events(2)})) WHERE reported LIMIT 1`,
    'engagement_time_msec',
    'foreground_ms',
    7,
  ])
})

test('[SQ1] from when to when anything happened', () => {
  expect(compiledLine(spanQuery(context))).toEqual([
    'SELECT min(at) AS first, max(at) AS last, count() AS n FROM (' +
      `SELECT toUnixTimestamp64Milli(time) AS at FROM (${events(0)}))`,
    7,
  ])
})

test('[CN3] a segment and a sample narrow the customers together; neither is everybody', () => {
  expect(customersAsked({}, null, context)).toBeNull()
  const both = customersAsked(
    { segment: { kind: 'trait', trait: 'plan', op: 'eq', value: 'gold' }, sample: 0.5 },
    null,
    context,
  )
  expect(both?.strings).toEqual(['(', ') AND (', ')'])
})
