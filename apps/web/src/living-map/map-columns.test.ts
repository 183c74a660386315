import { expect, test } from 'vitest'
import { fixtureAnswer, fixtureMap, fixtureTouchpoints } from './living-map.fixture.ts'
import { shownEmotion, stageColumns } from './map-columns.ts'

const asked = {
  map: fixtureMap,
  touchpoints: fixtureTouchpoints,
  measured: fixtureAnswer.measured,
  compared: fixtureAnswer.compared,
  nowMs: fixtureAnswer.nowMs,
}

test('[UI9] a step carries its numbers and those it is compared with', () => {
  const payment = stageColumns(asked, false)[2]?.columns[2]
  expect(payment).toMatchObject({
    name: 'Payment',
    momentOfTruth: true,
    goal: false,
    channels: ['app'],
    now: { customers: 3_990, left: 874 },
  })
  expect(payment?.before?.customers).toBeLessThan(3_990)
})

test('[UI9] badges: silent for nine days, overlapping, few answers', () => {
  const badges = stageColumns(asked, false).flatMap((stage) =>
    stage.columns.flatMap((column) => column.badges.map((badge) => [column.name, badge])),
  )
  expect(badges).toEqual([
    ['Checkout', { kind: 'overlapping', with: ['Cart'] }],
    ['Support', { kind: 'silent', days: 9 }],
    ['Recommendation', { kind: 'few-answers', n: 3 }],
  ])
})

test('[UI9] a stage adds up those who left and in progress, and never distinct customers', () => {
  const stages = stageColumns(asked, true)
  expect(stages[2]?.columns).toHaveLength(1)
  expect(stages[2]?.columns[0]?.now).toMatchObject({
    customers: 7_310,
    left: 1_620 + 512 + 874 + 118,
    inProgress: 659 + 202 + 212 + 148,
    movedOnShare: null,
  })
})

test('[UI9] fewer than five answers do not move the line', () => {
  expect(shownEmotion({ mean: 2, low: null, high: null, n: 4 })).toBeNull()
  expect(shownEmotion({ mean: 2, low: null, high: null, n: 5 })).toBe(2)
})
