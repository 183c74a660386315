import { expect, test } from 'vitest'
import { explainedByContrast, explainedSince } from './explained-part.ts'

// SPEC.md, "The living map": [LM30] what a reason explains is an interval.

test('[LM30] by hand: 120 of 200 who left, 100 of 1,000 who moved on', () => {
  // R = 0.4 ÷ 0.9, var log R = 0.6 ÷ 80 + 0.1 ÷ 900 = 0.0076111, so R is 0.4444 × or ÷ e^(1.96 × 0.087242) = 1.18648.
  const part = explainedByContrast({ n: 120, of: 200 }, { n: 100, of: 1000 })
  expect(part.share).toBeCloseTo(5 / 9, 12)
  expect(part.low).toBeCloseTo(1 - (0.4 / 0.9) * 1.18648, 5)
  expect(part.high).toBeCloseTo(1 - 0.4 / 0.9 / 1.18648, 5)
})

test('[LM30] all who left: it explains all, at least as half a customer says', () => {
  const part = explainedByContrast({ n: 20, of: 20 }, { n: 10, of: 100 })
  // R at most 0.025 ÷ 0.9 × e^(1.96 × √(2 − 0.05 + 10 ÷ 9,000)).
  expect(part).toMatchObject({ share: 1, high: 1 })
  expect(part.low).toBeCloseTo(1 - (0.025 / 0.9) * Math.exp(1.959964 * Math.sqrt(1.951111)), 5)
})

test('[LM30] a day since which it is worse: 30 of 600 lost before, 160 of 400 since', () => {
  const part = explainedSince({ n: 30, of: 600 }, { n: 160, of: 400 })
  // All lose 0.19, before 0.05 did: 1 − 0.05 ÷ 0.19.
  expect(part.share).toBeCloseTo(1 - 0.05 / 0.19, 12)
  // var log R = (20 − 0.6 ÷ 0.19)² · 0.05 · 0.95 ÷ 600 + (0.4 ÷ 0.19)² · 0.4 · 0.6 ÷ 400
  const variance = ((20 - 0.6 / 0.19) ** 2 * 0.0475) / 600 + ((0.4 / 0.19) ** 2 * 0.24) / 400
  const wide = Math.exp(1.959964 * Math.sqrt(variance))
  expect(part.low).toBeCloseTo(1 - (0.05 / 0.19) * wide, 5)
  expect(part.high).toBeCloseTo(1 - 0.05 / 0.19 / wide, 5)
})

test('[LM30] nobody was lost before: it explains all', () => {
  const part = explainedSince({ n: 0, of: 100 }, { n: 40, of: 100 })
  expect(part).toMatchObject({ share: 1, high: 1 })
  // Half a customer before: R is at most 0.005 ÷ 0.2025 × e^(1.96 × its error), about 0.38.
  expect(part.low).toBeGreaterThan(0.6)
  expect(part.low).toBeLessThan(0.65)
})

test('[LM30] more customers make it narrower', () => {
  const wide = (times: number) => {
    const { low, high } = explainedByContrast(
      { n: 60 * times, of: 100 * times },
      { n: 10 * times, of: 100 * times },
    )
    return high - low
  }
  expect(wide(4)).toBeLessThan(wide(1) * 0.55)
})
