import { expect, test } from 'vitest'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { frameOf } from './frames.ts'
import { stageColumns } from './map-columns.ts'

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

test('[UI61] the picture folds when neither anybody measured nor the team drew an emotion', () => {
  const silent = columns.map((column) => ({
    ...column,
    believed: null,
    now: { ...column.now, emotion: { mean: 1, low: null, high: null, n: 4 } },
  }))
  expect(frameOf('all', silent, false).flat).toBe(true)
  expect(frameOf('all', columns, false).flat).toBe(false)
  const [first, ...rest] = silent
  if (first === undefined) throw new Error('the fixture has no column')
  expect(frameOf('all', [{ ...first, believed: 0 }, ...rest], false).flat).toBe(false)
})

test('[UI61] on a low screen the picture leaves room for the lanes', () => {
  expect(frameOf('all', columns, true).height).toBeLessThan(frameOf('all', columns, false).height)
  expect(frameOf('line', columns, true)).toEqual(frameOf('line', columns, false))
})
