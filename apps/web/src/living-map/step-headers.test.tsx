import { cleanup, render } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { speakEverything } from '../languages/every-word.ts'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { stageColumns } from './map-columns.ts'
import { StepHeaders } from './step-headers.tsx'

beforeAll(() => speakEverything('en'))
afterEach(cleanup)

const { measured, compared, nowMs } = fixtureAnswer
const asked = { map: fixtureMap, touchpoints: fixtureTouchpoints, measured, compared, nowMs }
const [first, second, third] = stageColumns(asked, false).flatMap((stage) => stage.columns)

test('[UI80] alternatives stand in one column, and signs tell what a step is', () => {
  if (first === undefined || second === undefined || third === undefined) throw new Error('no step')
  const detail = {
    mapId: 'm',
    name: 'Checkout',
    windowDays: 30,
    entrants: 5,
    completions: 1,
    settled: 5,
    settledCompletions: 1,
    completionShare: 0.2,
    firstSettlesMs: null,
  }
  const columns = [
    { ...first, place: 0, alternative: true, repeatable: true },
    { ...second, place: 0, alternative: true },
    { ...third, place: 1, detail },
  ]
  const { container } = render(
    <StepHeaders columns={columns} firsts={new Set([0])} tabColumn={0} selected={-1} />,
  )
  const row = container.firstElementChild
  // The corner, one column of two alternatives, one of a step.
  expect(row?.children).toHaveLength(3)
  const stack = row?.children[1]
  expect(stack?.getAttribute('role')).toBe('presentation')
  expect([...(stack?.children ?? [])].map((cell) => cell.getAttribute('data-place'))).toEqual([
    '0:0',
    '0:1',
  ])
  const texts = [...container.querySelectorAll('[data-place]')].map((cell) => cell.textContent)
  expect(texts[0]).toBe(`${first.name}Repeatable step`)
  expect(texts[1]).toMatch(new RegExp(`^or${second.name}`))
  expect(texts[2]).toContain('In detail: Checkout')
})
