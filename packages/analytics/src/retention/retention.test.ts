import { intervalBounds, midnights, zoneNamed, UTC, wallOfDate } from '@parcurs/domain'
import { describe, expect, test } from 'vitest'
import { resolvePeriod } from '../period/period-asked.ts'
import { isMisfit } from '../selection/misfit.ts'
import type { RetentionQuestion } from './retention.ts'
import { RETENTION_BITS, retentionKernel } from './retention-kernel.ts'
import { planRetention, retentionAnswer } from './retention-plan.ts'

const DAY = 86_400_000
const START = Date.UTC(2026, 0, 5)
const both = RETENTION_BITS.target | RETENTION_BITS.returns | RETENTION_BITS.named

/** Days on which each customer did the event. */
function answer(
  customers: readonly (readonly number[])[],
  given: Partial<RetentionQuestion>,
  nowMs = START + 90 * DAY,
) {
  const question: RetentionQuestion = {
    kind: 'retention',
    interval: 'day',
    start: '2026-01-05',
    ...given,
  }
  const plan = planRetention(question, UTC, 'monday', nowMs)
  if (isMisfit(plan)) throw new Error(plan.expected)
  const kernel = retentionKernel(plan.rules)
  for (const days of customers) {
    kernel.add({
      times: Float64Array.from(days, (day) => START + day * DAY),
      masks: Uint32Array.from(days, () => both),
    })
  }
  return retentionAnswer(kernel.matrix(), plan, nowMs)
}

const matrix = (...args: Parameters<typeof answer>) =>
  answer(...args).cohorts.map(({ cells }) => cells.map(({ returned }) => returned))

const p1 = [0, 1, 2, 5, 6]
const p2 = [1, 2, 3, 6]

test('[RT1] recurring, as worked in the definitions', () => {
  expect(matrix([p1, p2], { cohort: 'recurring', cohorts: 7 })).toEqual([
    [1, 1, 1, 0, 0, 1, 1],
    [2, 2, 1, 0, 1, 2],
    [2, 1, 0, 1, 2],
    [1, 0, 0, 1],
    [0, 0, 0],
    [1, 1],
    [2],
  ])
})

test('[RT1] first: each customer is in one cohort, by the whole history', () => {
  expect(matrix([p1, [-3, 0, 1]], { cohorts: 3 })).toEqual([[1, 1, 1], [0, 0], [0]])
})

test('[RT2] on or after, and a least number of returns', () => {
  expect(matrix([[0, 3]], { cohorts: 4, mode: 'on-or-after' })[0]).toEqual([1, 1, 1, 1])
  expect(matrix([[0, 1, 1.5, 2]], { cohorts: 3, minReturns: 2 })[0]).toEqual([1, 1, 0])
})

test('[RT3] rolling: 30 hours later is the first day, not the second', () => {
  const events = [[22 / 24, 52 / 24]]
  expect(matrix(events, { cohorts: 3, window: 'rolling' })[0]).toEqual([1, 1, 0])
  expect(matrix(events, { cohorts: 3 })[0]).toEqual([1, 0, 1])
})

test('[RT3] brackets join intervals', () => {
  expect(matrix([[0, 1, 5, 16], [0, 4, 10], [0]], { brackets: [4, 10, 3], cohorts: 1 })).toEqual([
    [3, 2, 2, 1],
  ])
})

test('[RT4] the average takes complete cells only, each customer once', () => {
  const now = START + 2 * DAY
  const { average, cohorts } = answer([[0, 1], [0], [1]], { cohorts: 3 }, now)
  expect(cohorts[0]?.cells.map(({ complete }) => complete)).toEqual([true, true, false])
  expect(average[1]).toEqual({ returned: 1, of: 2, share: 0.5, complete: true })
  expect(average[2]).toEqual({ returned: 0, of: 0, share: null, complete: true })
})

describe('[RT5] local clocks', () => {
  const athens = zoneNamed('Europe/Athens') ?? UTC
  test('a day of the change has 23 hours', () => {
    const bounds = intervalBounds(wallOfDate('2026-03-29') ?? 0, 'day', 2, athens)
    expect([...bounds].map((at) => new Date(at).toISOString())).toEqual([
      '2026-03-28T22:00:00.000Z',
      '2026-03-29T21:00:00.000Z',
      '2026-03-30T21:00:00.000Z',
    ])
  })
  test('dates of a period both count', () => {
    expect(resolvePeriod({ from: '2026-03-29', to: '2026-03-29' }, athens, 0)).toEqual({
      fromMs: Date.UTC(2026, 2, 28, 22),
      toMs: Date.UTC(2026, 2, 29, 21),
    })
    expect(resolvePeriod({ from: '2026-02-30', to: '2026-03-01' }, athens, 0)).toBeNull()
  })
  test('the last days end with today', () => {
    expect(resolvePeriod({ lastDays: 1 }, athens, Date.UTC(2026, 0, 5, 22, 30))).toEqual({
      fromMs: Date.UTC(2026, 0, 5, 22),
      toMs: Date.UTC(2026, 0, 6, 22),
    })
  })
  test('midnights follow the clock', () => {
    const [, first] = midnights(Date.UTC(2026, 2, 29), Date.UTC(2026, 2, 29, 12), athens)
    expect(first).toBe(Date.UTC(2026, 2, 29, 21))
  })
  test.each([
    ['month', '2026-01-20', '2026-01-01'],
    ['week', '2026-01-08', '2026-01-05'],
  ] as const)('a %s begins where the calendar says', (interval, start, begins) => {
    const plan = planRetention(
      { kind: 'retention', interval, start, cohorts: 2 },
      UTC,
      'monday',
      START,
    )
    expect(isMisfit(plan) ? null : plan.rules.bounds[0]).toBe(Date.parse(begins))
  })
})
