import { expect, test } from 'vitest'
import type { Selection } from '../selection/selection.ts'
import { compiledLine, FOLDED, kindsNamed } from '../testing/compiled-line.ts'
import { graphOfRows } from './graph-answer.ts'
import { graphQuery } from './graph-query.ts'

const kinds = kindsNamed('view', 'cart', 'buy')
const selection: Selection = {
  code: { as: 'kinds', byKind: [0, 1, 2, 2] },
  where: [],
  unit: null,
  period: null,
  keep: 'matched',
  customers: null,
  columns: [],
  trait: null,
}
const JOURNEYS =
  'SELECT customer, times, kinds, values FROM journeys WHERE workspace = {w} AND fold = {f}'
const journeys = (w: number) =>
  JOURNEYS.replace('{w}', `{p${w}:UInt32}`).replace('{f}', `{p${w + 1}:UInt32}`)
const PAIRS =
  'SELECT intDiv(pair, 256) AS first, pair % 256 AS second, count() AS times FROM (' +
  'SELECT arrayJoin(arrayMap((a, b) -> toUInt16(toUInt16(a) * 256 + b), ' +
  'arrayPushFront(small, 0), arrayPushBack(small, 0))) AS pair FROM (' +
  "SELECT CAST(codes, 'Array(UInt8)') AS small FROM ("

test('[SQ1] where every kind is an item, kinds are counted and named after', () => {
  expect(compiledLine(graphQuery(FOLDED, kinds, selection, 2))).toEqual([
    'SELECT arrayElement({p0:Array(UInt32)}, first + 1) AS from, ' +
      'arrayElement({p1:Array(UInt32)}, second + 1) AS to, sum(times) AS count FROM (' +
      PAIRS +
      'SELECT customer, arrayMap(t -> toFloat64(t), times) AS times, codes FROM (' +
      'SELECT customer, all_times AS times, all_codes AS codes, all_values AS values FROM (' +
      'SELECT customer, times AS all_times, values AS all_values, kinds AS all_codes FROM (' +
      `${journeys(2)})))))) GROUP BY pair) GROUP BY from, to ORDER BY count DESC, from, to`,
    [0, 1, 2, 2],
    [0, 1, 2, 2],
    7,
    2,
  ])
})

test('[SQ1] where some kinds are none, items are looked up and the others left out', () => {
  const some: Selection = { ...selection, code: { as: 'kinds', byKind: [0, 1, 0, 2] } }
  const [text, ...params] = compiledLine(graphQuery(FOLDED, kinds, some, 2))
  expect(text).toContain('arrayFilter((code, at) -> code != 0, all_codes, all_times) AS codes')
  expect(text).toContain(
    `arrayMap(kind -> {p0:Array(UInt32)}[kind], kinds) AS all_codes FROM (${journeys(1)}`,
  )
  expect(params).toEqual([[1, 0, 2], 7, 2])
})

test('[PA9] the store’s rows as a graph: 0 stands before the first item and after the last', () => {
  const rows = [
    { from: 0, to: 1, count: '3' },
    { from: 1, to: 2, count: '2' },
    { from: 1, to: 0, count: '2' },
    { from: 2, to: 1, count: '1' },
    { from: 2, to: 0, count: '1' },
  ]
  const counts = { customers: null }
  expect(graphOfRows(rows, ['', 'a', 'b'])).toEqual({
    customers: 3,
    items: [
      { item: 'a', count: 4, ...counts, starts: 3, ends: 2 },
      { item: 'b', count: 2, ...counts, starts: 0, ends: 1 },
    ],
    edges: [
      { from: 'a', to: 'b', count: 2, ...counts, medianMs: null },
      { from: 'b', to: 'a', count: 1, ...counts, medianMs: null },
    ],
  })
})
