import { type JourneyMap, PLAIN_STEP, type Touchpoint } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { emotions, type EmotionRow } from './emotion.ts'
import { meanInterval } from './mean-interval.ts'

// SPEC.md, "The living map": [LM21] measured emotion.

const touchpoint = (id: string, name: string): [string, Touchpoint] => [
  id,
  {
    id,
    name,
    channel: 'web',
    ownerTeam: '',
    presence: 'digital',
    rule: { kind: 'any', rules: [] },
    version: 1,
  },
]
const touchpoints = new Map([touchpoint('tp1', 'Delivery'), touchpoint('tp2', 'Help')])
const step = (id: string, touchpointId: string) => ({
  id,
  name: id,
  touchpointIds: [touchpointId],
  ...PLAIN_STEP,
  optional: false,
  momentOfTruth: false,
  believedEmotion: null,
})
const map: JourneyMap = {
  id: 'm',
  name: 'm',
  goal: null,
  windowDays: 30,
  version: 1,
  stages: [{ id: 's', kind: 'own', name: 's', steps: [step('a', 'tp1'), step('b', 'tp2')] }],
}
const row = (
  scale: EmotionRow['scale'],
  score: number,
  touchpoint: string,
  kind: number,
  answers = '1',
): EmotionRow => ({
  scale,
  score,
  touchpoint,
  kind,
  answers,
})

test('[LM21] by id, by name in any case, else by the step of the event itself', () => {
  const [delivery, help] = emotions(
    map,
    touchpoints,
    [[7], [8]],
    [
      row('csat', 5, 'tp1', 99),
      row('nps', 0, ' delivery ', 8),
      row('ces', 4, '', 7),
      row('sentiment', 1, 'unknown', 7),
    ],
  )
  expect(delivery).toMatchObject({ mean: 0, n: 3 })
  expect(help).toEqual({ mean: null, low: null, high: null, n: 0 })
})

test.each([
  // By hand: mean 0, variance 16/3, t(3) = 3.182 → ±3.182 × √(16/3/4)
  {
    counted: [
      { value: 2, count: 2 },
      { value: -2, count: 2 },
    ],
    mean: 0,
    half: 3.182 * Math.sqrt(16 / 3 / 4),
  },
  { counted: [{ value: 1, count: 5 }], mean: 1, half: 0 },
  // 101 answers: t(100) = 1.98397
  {
    counted: [
      { value: 1, count: 51 },
      { value: 0, count: 50 },
    ],
    mean: 51 / 101,
    half: 1.98397 * Math.sqrt((51 * 50) / 101 / 100 / 101),
  },
])('[LM21] mean $mean ± $half', ({ counted, mean, half }) => {
  const measured = meanInterval(counted)
  expect(measured.mean).toBeCloseTo(mean, 9)
  expect(measured.high! - measured.mean!).toBeCloseTo(half, 3)
  expect(measured.mean! - measured.low!).toBeCloseTo(half, 3)
})

test('[LM21] one answer has no interval', () => {
  expect(meanInterval([{ value: 1, count: 1 }])).toEqual({ mean: 1, low: null, high: null, n: 1 })
})
