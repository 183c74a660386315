import { expect, test } from 'vitest'
import { summary, timeHistogram } from './funnel-times.ts'

test('[FN13] median and p90 lie between ranks', () => {
  expect(summary([300_000, 900_000])).toEqual({
    n: 2,
    meanMs: 600_000,
    medianMs: 600_000,
    p90Ms: 840_000,
  })
  expect(summary([1, 2, 3, 4, 5]).medianMs).toBe(3)
})

test('[FN14] nobody has no times', () => {
  expect(summary([])).toEqual({ n: 0, meanMs: null, medianMs: null, p90Ms: null })
  expect(timeHistogram([], null)).toEqual([])
})

test('[FN13] bins: the cube root of the samples, whole seconds wide, one more for the largest', () => {
  const samples = [2_220_000, 3_600_000, 82_800_000]
  const rows = (bins: number | null) =>
    timeHistogram(samples, bins).map(({ fromMs, count }) => [fromMs / 1000, count])
  expect(rows(null)).toEqual([
    [2220, 2],
    [42_510, 0],
    [82_800, 1],
  ])
  expect(rows(7).slice(-2)).toEqual([
    [71_292, 1],
    [82_804, 0],
  ])
})

test('[FN13] all samples equal are one bin', () => {
  expect(timeHistogram([5000, 5000], null).map(({ count }) => count)).toEqual([2, 0, 0])
})
