import { expect, test } from 'vitest'
import { laneDelta } from './lanes.ts'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { type MapColumn, stageColumns } from './map-columns.ts'
import { isOpen, OUTCOMES, outcomeShares } from './outcome.ts'

const asked = { ...fixtureAnswer, map: fixtureMap, touchpoints: fixtureTouchpoints }
const columns = stageColumns(asked, false).flatMap((s) => s.columns)
const column = columns[1] as MapColumn

test('a step’s outcomes add up to one, and a stage has none', () => {
  for (const { now } of columns) {
    const shares = outcomeShares(now)
    expect(OUTCOMES.reduce((sum, name) => sum + (shares?.[name] ?? 0), 0)).toBeCloseTo(1, 12)
  }
  const stage = stageColumns(asked, true)[0]?.columns[0] as MapColumn
  expect(outcomeShares(stage.now)).toBeNull()
})

test('while customers have time, fewer losses are not coloured as better', () => {
  expect(laneDelta('leaving', column).good).toBe('down')
  const open = { ...column, now: { ...column.now, settled: column.now.customers - 1 } }
  expect(isOpen(open.now)).toBe(true)
  expect(laneDelta('leaving', open).good).toBe('neither')
  expect(laneDelta('money', open).good).toBe('neither')
})
