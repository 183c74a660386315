import type { ResolvedSegment } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { sql } from '../sql.ts'
import { segmentReading as at, written } from '../testing/segment-text.ts'
import { conditionOf, segmentCondition } from './segment-sql.ts'
import { segmentCustomers } from './segment-query.ts'

const ever = { kind: 'ever' } as const
const order = { kind: 'event', names: ['Order'] } as const
const did = (value: number, op: 'gte' | 'lte' = 'gte'): ResolvedSegment => ({
  kind: 'did',
  event: order,
  times: { op, value },
  window: ever,
})

const inline = (rule: ResolvedSegment) =>
  written(conditionOf(at, rule, ({ passes }) => sql`[${passes}]`))

test.each<[string, ResolvedSegment, string, readonly unknown[]]>([
  [
    'a count',
    did(2),
    '[(arrayCount((code) -> has({p0:Array(UInt32)}, code), codes) >= {p1:Float64})]',
    [[2], 2],
  ],
  [
    'a count of anything in a window',
    {
      kind: 'did',
      event: { kind: 'all', rules: [] },
      times: { op: 'between', least: 1, most: 3 },
      window: { kind: 'before', date: '2026-01-02' },
    },
    '[(arrayCount((at) -> at >= {p0:Int64} AND at < {p1:Int64}, times) >= {p2:Float64} AND arrayCount((at) -> at >= {p3:Int64} AND at < {p4:Int64}, times) <= {p5:Float64})]',
    [Date.UTC(1900, 0, 1), Date.UTC(2026, 0, 2), 1, Date.UTC(1900, 0, 1), Date.UTC(2026, 0, 2), 3],
  ],
  [
    'the last of anything',
    { kind: 'last', event: { kind: 'all', rules: [] }, window: ever },
    '[(least(1, length(codes)) > 0)]',
    [],
  ],
  [
    'a largest amount',
    {
      kind: 'amount',
      amount: 'largest',
      of: { kind: 'value' },
      event: order,
      test: { op: 'gte', value: 12.5 },
      window: ever,
    },
    '[(notEmpty(arrayFilter(value -> value != 0, arrayFilter((kept, code) -> has({p0:Array(UInt32)}, code), values, codes))) AND toInt128(arrayMax(arrayFilter(value -> value != 0, arrayFilter((kept, code) -> has({p1:Array(UInt32)}, code), values, codes)))) >= toInt128({p2:Int64}) * toInt128(1))]',
    [[2], [2], 125_000n],
  ],
])('[SQ1] %s is asked of a journey', (_what, rule, text, params) => {
  expect(inline(rule)).toEqual({ text, params })
})

test('[SQ2] in a group journeys are asked once, traits once, and the rest apart, in this order', () => {
  const rule: ResolvedSegment = {
    kind: 'none',
    rules: [
      { kind: 'trait', trait: 'plan', op: 'eq', value: "g'old" },
      did(1),
      { kind: 'in', of: 'list', id: 'l' },
      { kind: 'trait', trait: 'size', op: 'unset' },
      did(9),
    ],
  }
  const { text, params } = written(segmentCondition(at, rule))
  expect(text.match(/FROM journeys/g)).toHaveLength(1)
  expect(text.match(/FROM trait_values/g)).toHaveLength(1)
  expect(text).toMatch(
    /^NOT \(customer IN \(SELECT customer FROM \(.*\) WHERE \(\(arrayCount.* OR \(arrayCount.*\)\)\) OR customer NOT IN \(.*\) OR customer IN \(SELECT customer FROM listed\)\)$/,
  )
  expect(params).toEqual([
    7,
    2,
    [2],
    1,
    [2],
    9,
    7,
    ['plan', 'size'],
    'plan',
    'plan',
    "g'old",
    'size',
  ])
})

test('[SQ1] "did not" is true of who is in no journey', () => {
  expect(written(segmentCondition(at, did(0, 'lte'))).text).toMatch(
    /^customer NOT IN \(SELECT customer FROM \(SELECT customer, .* FROM journeys .*\) WHERE NOT \(.*\)\)$/,
  )
})

test('[SQ2] who has traits alone is looked at only where that may pass', () => {
  const customersOf = (rule: ResolvedSegment) => written(segmentCustomers(at, rule)).text
  const traits = { kind: 'trait', trait: 'plan', op: 'set' } as const
  expect(customersOf({ kind: 'all', rules: [did(1), traits] })).not.toContain('UNION ALL')
  expect(customersOf({ kind: 'any', rules: [did(1), traits] })).toContain('UNION ALL')
  expect(customersOf(did(0, 'lte'))).toContain('UNION ALL')
})

test('[SQ1] a property is looked for in the events, not in journeys', () => {
  const rule: ResolvedSegment = {
    kind: 'did',
    event: { kind: 'all', rules: [order, { kind: 'property', property: 'n', op: 'set' }] },
    times: { op: 'gte', value: 1 },
    window: ever,
  }
  const { text, params } = written(segmentCondition(at, rule))
  expect(text).toContain('FROM events')
  expect(text).not.toContain('journeys')
  expect(params).toContainEqual([2])
})
