import { expect, test } from 'vitest'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { largestLeaks, leavingShares } from './largest-leaks.ts'
import { type MapColumn, stageColumns } from './map-columns.ts'

const columns = stageColumns(
  {
    map: fixtureMap,
    touchpoints: fixtureTouchpoints,
    measured: fixtureAnswer.measured,
    compared: null,
    nowMs: fixtureAnswer.nowMs,
  },
  false,
).flatMap((stage) => stage.columns)

const losing = (left: number, amount: number | null): MapColumn => {
  const [column] = columns
  if (column === undefined) throw new Error('the fixture has no column')
  const money = amount === null ? null : { amount, low: null, high: null, n: left }
  return { ...column, now: { ...column.now, left, money } }
}

test('[UI5] the three that cost most stand out; without money those who lose most', () => {
  const some = [losing(10, 500), losing(900, 20), losing(0, null), losing(30, 700), losing(5, 90)]
  expect([...largestLeaks(some, [])]).toEqual([3, 0, 4])
  expect([...largestLeaks([losing(10, null), losing(40, null), losing(0, null)], [])]).toEqual([
    1, 0,
  ])
})

test('[UI5] where the leaks above the map are columns of it, those stand out', () => {
  const leaks = [columns[4]?.id ?? '', columns[1]?.id ?? '']
  expect([...largestLeaks(columns, leaks)]).toEqual([1, 4])
})

test('[UI5] a wedge is as wide as the share of the settled, and of all before anybody is', () => {
  const [column] = columns
  if (column === undefined) throw new Error('the fixture has no column')
  const of = (now: Partial<MapColumn['now']>) =>
    leavingShares({ now: { ...column.now, customers: 200, left: 20, inProgress: 50, ...now } })
  expect(of({ leftShare: 0.4 })).toEqual({ left: 0.4, inProgress: 0.25 })
  expect(of({ leftShare: null })).toEqual({ left: 0.1, inProgress: 0.25 })
  expect(of({ leftShare: null, customers: 0, left: 0, inProgress: 0 })).toEqual({
    left: 0,
    inProgress: 0,
  })
})
