import { expect, test } from 'vitest'
import { countDelta, moneyDelta, pointsDelta, ratioDelta, unitsDelta } from './delta.ts'

const mean = (value: number, half: number) => ({
  mean: value,
  low: value - half,
  high: value + half,
})

test('[UI2] counts differ by ratio, shares by points, emotion by units', () => {
  expect(ratioDelta(110, 100)).toMatchObject({ kind: 'changed', up: true, measuredIn: 'ratio' })
  expect(pointsDelta(0.3, 0.4, 100, 100)).toMatchObject({ up: false, measuredIn: 'points' })
  expect(pointsDelta(0.3, 0.4, 100, 100)).toHaveProperty('amount', expect.closeTo(-10))
  expect(unitsDelta(mean(-1.3, 0.1), mean(0.2, 0.1))).toHaveProperty('amount', expect.closeTo(-1.5))
})

test('[UI2] no delta against nothing, nobody or zero', () => {
  expect(ratioDelta(5, null)).toEqual({ kind: 'none' })
  expect(countDelta(5, 0)).toEqual({ kind: 'none' })
  expect(pointsDelta(null, 0.2, 0, 9)).toEqual({ kind: 'none' })
  expect(pointsDelta(0.2, undefined, 9, 0)).toEqual({ kind: 'none' })
  expect(unitsDelta(null, mean(1, 0))).toEqual({ kind: 'none' })
})

test('[UI2] what would be shown as 0 is the same', () => {
  expect(ratioDelta(10_001, 10_000)).toEqual({ kind: 'same' })
  expect(pointsDelta(0.3001, 0.3, 10, 10)).toEqual({ kind: 'same' })
})

test.each([
  // |110 − 100| = 10 < 1.96 √210 = 28.4; |1100 − 1000| = 100 > 1.96 √2100 = 89.8
  [countDelta(110, 100), false],
  [countDelta(1_100, 1_000), true],
  // p = 0.35, error √(0.2275 × 0.02) = 0.0675, × 1.96 = 0.132 > 0.1; with 1,000 each 0.0418 < 0.1
  [pointsDelta(0.3, 0.4, 100, 100), false],
  [pointsDelta(0.3, 0.4, 1_000, 1_000), true],
  [moneyDelta({ amount: 9, low: 8, high: 10 }, { amount: 5, low: 4, high: 6 }), true],
  [moneyDelta({ amount: 9, low: 5, high: 13 }, { amount: 5, low: 4, high: 6 }), false],
  [moneyDelta({ amount: 9, low: null, high: null }, { amount: 5, low: 4, high: 6 }), false],
  [unitsDelta(mean(0.5, 0.3), mean(0.2, 0.1)), false],
  [unitsDelta(mean(0.5, 0.1), mean(0.2, 0.1)), true],
])('[UI2] a difference that chance explains is not sure (case %#)', (delta, sure) => {
  expect(delta).toHaveProperty('sure', sure)
})
