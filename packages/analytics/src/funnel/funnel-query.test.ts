import { expect, test } from 'vitest'
import { isMisfit } from '../selection/misfit.ts'
import { compiledLine, FOLDED, kindsNamed } from '../testing/compiled-line.ts'
import { planFunnel } from './funnel-plan.ts'
import { funnelQuery, tallyOfLevels } from './funnel-query.ts'

const kinds = kindsNamed('view', 'cart', 'buy')
const NOW = 5000

function query(steps: readonly string[], period: { fromMs: number; toMs: number } | null) {
  const plan = planFunnel(
    { kind: 'funnel', steps, windowMs: 1000, times: false },
    { kinds, touchpointRule: () => null, period, nowMs: NOW, customers: null },
  )
  if (isMisfit(plan)) throw new Error(plan.expected)
  expect(plan.inSql).toBe(true)
  return compiledLine(funnelQuery(FOLDED, kinds, plan.selection, plan.options.rules, NOW))
}

// 1,000 ms × 65,536 + 65,535: a code never decides.
const WINDOW = 65_601_535n

test('[SQ1] a funnel of two steps is one pass for the entries and one look for the second', () => {
  const [text, ...params] = query(['view', 'buy'], null)
  expect(text).toBe(
    'SELECT level, count() AS customers, countIf(newest >= {p0:UInt64}) AS open FROM (' +
      'SELECT newest, toUInt8(level + arrayExists((former, event) -> former != 0 AND ' +
      'toUInt16(event) = {p1:UInt32} AND event - former <= {p2:UInt64}, before, events)) AS level FROM (' +
      'SELECT events, arrayFill(event -> toUInt16(event) = {p3:UInt32}, events) AS before, ' +
      'before[-1] AS newest, 1 AS level FROM (' +
      'SELECT arrayPushFront(arraySort(events), toUInt64(0)) AS events FROM (' +
      'SELECT customer, arrayFilter((event, at, code) -> (code = {p4:UInt32} OR code = {p5:UInt32}), ' +
      'arrayMap((at, code) -> bitOr(bitShiftLeft(toUInt64(at - {p6:Int64}), 16), ' +
      'multiIf(code = {p7:UInt32}, toUInt16({p8:UInt32}), code = {p9:UInt32}, toUInt16({p10:UInt32}), 0)), ' +
      'times, codes), times, codes) AS events FROM (' +
      "SELECT customer, times, CAST(kinds, 'Array(UInt8)') AS codes FROM (" +
      'SELECT customer, times, kinds, values FROM journeys ' +
      'WHERE workspace = {p11:UInt32} AND fold = {p12:UInt32})) WHERE notEmpty(events))) WHERE newest != 0)) ' +
      'GROUP BY level ORDER BY level SETTINGS max_block_size = 8192',
  )
  const open = BigInt(NOW - 1000 - Date.UTC(1900, 0, 1)) << 16n
  expect(params).toEqual([open, 2, WINDOW, 1, 1, 3, Date.UTC(1900, 0, 1), 1, 1, 3, 2, 7, 2])
})

test('[SQ1] a step between is one pass, and a period narrows rows and events', () => {
  const [text, ...params] = query(['view', 'cart', 'buy'], { fromMs: 100, toMs: 200 })
  expect(text).toContain(
    'arrayFill((former, event) -> toUInt16(event) = {p3:UInt32} AND event - former <= {p4:UInt64}, held, events) ' +
      'AS before, newest, level + (before[-1] != 0) AS level',
  )
  expect(text).toContain(
    'arrayFilter((event, at, code) -> true AND at >= {p6:Int64} AND at < {p7:Int64},',
  )
  expect(text).toContain('AND times[-1] >= {p17:Int64} AND times[1] < {p18:Int64}')
  const open = BigInt(NOW - 1000 - 100) << 16n
  expect(params).toEqual([
    open,
    3,
    WINDOW,
    2,
    WINDOW,
    1,
    100,
    200,
    100,
    1,
    1,
    2,
    2,
    3,
    3,
    7,
    2,
    100,
    200,
  ])
})

test('[FN15] exactly this far becomes at least this far', () => {
  const rows = [
    { level: 1, customers: '5', open: '2' },
    { level: 3, customers: '4', open: '1' },
  ]
  const tally = tallyOfLevels(rows, 3)
  expect(tally.reached).toEqual([9, 4, 4])
  // Who converted is not in progress.
  expect(tally.inProgress).toBe(2)
})
