import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { speakEverything } from '../languages/every-word.ts'
import { LaneCell } from './lane-cell.tsx'
import type { LaneId } from './lanes.ts'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { type MapColumn, stageColumns } from './map-columns.ts'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

const columns = stageColumns(
  {
    map: fixtureMap,
    touchpoints: fixtureTouchpoints,
    measured: fixtureAnswer.measured,
    compared: fixtureAnswer.compared,
    nowMs: fixtureAnswer.nowMs,
  },
  false,
).flatMap((stage) => stage.columns)

function textOf(lane: LaneId, name: string, change: Partial<MapColumn> = {}): string {
  const column = columns.find((found) => found.name === name)
  if (column === undefined) throw new Error(`The fixture has no step ${name}`)
  const { container } = render(
    <LaneCell lane={lane} column={{ ...column, before: null, ...change }} mostMoney={100} />,
  )
  return container.textContent ?? ''
}

test.each([
  ['customers', 'Payment', '3,990'],
  ['movedOn', 'Payment', '73%'],
  ['time', 'Recommendation', '—'],
  ['leaving', 'Payment', 'Left22%In progress212'],
  ['money', 'Payment', '€40.9K'],
  ['emotion', 'Ad or search', '—'],
  ['emotion', 'Recommendation', 'Few answersn 3'],
  ['emotion', 'Payment', '-1.3n 143143 answers'],
] as const)('[UI31] %s of %s is %s', (lane, name, text) => {
  expect(textOf(lane, name)).toBe(text)
})

test('[UI31] without a valued goal no money is at risk, and nought is not claimed', () => {
  const payment = columns.find((column) => column.name === 'Payment')
  if (payment === undefined) throw new Error('The fixture has no payment')
  expect(textOf('money', 'Payment', { now: { ...payment.now, money: null } })).toBe('—')
})

test('[UI2] good news is said in words too, not by colour alone', () => {
  const before = columns.find((column) => column.name === 'Payment')?.before ?? null
  expect(textOf('customers', 'Payment', { before })).toContain('better')
})
