import { describe, expect, test } from 'vitest'
import type { LeakEvidence } from './leak-evidence.ts'
import { explainLeak } from './leak-reasons.ts'
import type { FoundReason } from './living-map.ts'
import { leaksOf } from './map-answer.ts'
import { stepCounts } from './map-measures.ts'
import { type Story, tallyOf } from './map-stories.ts'

// SPEC.md, "The living map": [LM22] reasons of leaks, [LM23] their order.

const sample = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ customer: String(i), timeMs: 0 }))
const evidence = (given: Partial<LeakEvidence> = {}): LeakEvidence => ({
  stepId: 's',
  left: 200,
  moved: 1000,
  events: [],
  backs: [],
  slices: [],
  ripeSlices: 0,
  leftSample: sample(200),
  movedSample: sample(500),
  ...given,
})
const failed = (left: number, moved: number) => ({ event: 'payment_failed', path: '', left, moved })

describe('[LM22] a reason explains (left − moved) ÷ (1 − moved) of the loss', () => {
  test('an event', () => {
    // 60 % of those who left, 10 % of those who moved on: 0.5 ÷ 0.9.
    const [reason, ...more] = explainLeak(evidence({ events: [failed(120, 100)] }), [])
    expect(reason).toMatchObject({
      kind: 'event',
      event: 'payment_failed',
      leftShare: 0.6,
      movedShare: 0.1,
    })
    expect(reason?.explained.share).toBeCloseTo(5 / 9, 12)
    expect(reason?.explained.low).toBeCloseTo(0.47268, 4)
    expect(more).toEqual([])
  })
  test('a property, of the samples', () => {
    const ios = { of: 'property' as const, name: 'device', value: 'ios', left: 180, moved: 150 }
    const [reason] = explainLeak(evidence(), [ios])
    expect(reason).toMatchObject({
      kind: 'property',
      property: 'device',
      value: 'ios',
      leftShare: 0.9,
      movedShare: 0.3,
    })
    expect(reason?.explained.share).toBeCloseTo(6 / 7, 12)
  })
  test('a trait of the customers, of the samples', () => {
    const young = { of: 'trait' as const, name: 'age', value: '18–25', left: 150, moved: 100 }
    expect(explainLeak(evidence(), [young])).toMatchObject([
      { kind: 'trait', trait: 'age', value: '18–25', leftShare: 0.75, movedShare: 0.2 },
    ])
  })
  test('a way back', () => {
    const back = { toStepId: 'search', left: 100, moved: 100 }
    expect(explainLeak(evidence({ backs: [back] }), [])).toMatchObject([
      { kind: 'way-back', toStepId: 'search', share: 0.5, movedShare: 0.1 },
    ])
  })
  test('a day since which it is worse', () => {
    const slices = Array.from({ length: 10 }, (_, i) => ({
      fromMs: i,
      customers: 100,
      moved: i < 6 ? 95 : 60,
    }))
    expect(explainLeak(evidence({ slices, ripeSlices: 10 }), [])).toMatchObject([
      { kind: 'worse-since', sinceMs: 6, before: 0.95, after: 0.6 },
    ])
  })
  test('the strongest comes first, whatever it is', () => {
    const slices = [
      { fromMs: 0, customers: 600, moved: 570 },
      { fromMs: 1, customers: 400, moved: 240 },
    ]
    const weak = { of: 'trait' as const, name: 'city', value: 'Cluj', left: 120, moved: 100 }
    const reasons = explainLeak(evidence({ slices, ripeSlices: 2 }), [weak])
    expect(reasons.map(({ kind }) => kind)).toEqual(['worse-since', 'trait'])
  })
  test('of several sorts each tells its strongest', () => {
    const weak = { of: 'trait' as const, name: 'city', value: 'Cluj', left: 120, moved: 100 }
    const reasons = explainLeak(evidence({ events: [failed(180, 10)] }), [weak])
    expect(reasons.map(({ kind }) => kind)).toEqual(['event', 'trait'])
  })
  test.each<[string, LeakEvidence]>([
    ['a weak difference', evidence({ events: [failed(70, 200)] })],
    ['what those who moved on did more', evidence({ events: [failed(50, 900)] })],
    ['few customers', evidence({ left: 30, events: [failed(14, 0)] })],
    ['a difference within chance', evidence({ left: 32, moved: 20, events: [failed(20, 8)] })],
    [
      'slices that had no time yet',
      evidence({
        slices: [
          { fromMs: 0, customers: 500, moved: 490 },
          { fromMs: 1, customers: 500, moved: 0 },
        ],
        ripeSlices: 1,
      }),
    ],
  ])('%s is no reason', (_why, given) => {
    expect(explainLeak(given, [])).toEqual([])
  })
})

test('[LM23] explained leaks by what is explained of the loss, then the others by the loss', () => {
  const left = (at: string, n: number): readonly Story[] =>
    Array.from({ length: n }, () => [[at, 0]] as const)
  const tally = tallyOf('ABCD!', [
    ...left('A', 8),
    ...left('B', 4),
    ...left('C', 2),
    [
      ['A', 0],
      ['B', 1],
      ['C', 2],
      ['D$', 3, 10],
    ],
  ])
  const steps = stepCounts(tally, true).map((step) => ({
    ...step,
    emotion: { mean: null, low: null, high: null, n: 0 },
    detail: null,
    instead: [],
    lastEventMs: null,
    overlaps: [],
  }))
  const why = (share: number): readonly FoundReason[] => [
    {
      kind: 'way-back',
      toStepId: 'A',
      share: 1,
      movedShare: 0,
      explained: { share, low: share / 2, high: 1 },
    },
  ]
  // At risk: A 80, B 40, C 20. Explained: B 40 × 0.3 = 12, C 20 × 0.9 = 18.
  const leaks = leaksOf(
    steps,
    new Map([
      ['B', why(0.3)],
      ['C', why(0.9)],
    ]),
  )
  expect(
    leaks.map(({ stepId, moneyAtRisk, explainedMoney }) => [
      stepId,
      moneyAtRisk?.amount,
      explainedMoney,
    ]),
  ).toEqual([
    ['C', 20, 18],
    ['B', 40, 12],
    ['A', 80, null],
  ])
  expect(leaks[0]?.explained).toEqual({ share: 0.9, low: 0.45, high: 1 })
  expect(leaks[2]).toMatchObject({
    reason: { kind: 'none' },
    reasons: [],
    explained: null,
    left: 8,
  })
})
