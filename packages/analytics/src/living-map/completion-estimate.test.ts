import { expect, test } from 'vitest'
import { completionEstimate } from './completion-estimate.ts'

// SPEC.md [LM25].

const parts = (at: readonly number[], length = 60) => {
  const counts = new Array<number>(length).fill(0)
  for (const time of at) counts[time] = (counts[time] ?? 0) + 1
  return counts
}

test('[LM25] Kaplan–Meier with the published log-log interval', () => {
  // Six patients, four events at 9, 19, 32 and 34: survival 1/3 at the end, 0.0461 to 0.676.
  const found = completionEstimate(parts([9, 19, 32, 34]), parts([]), 6)
  expect(found?.share).toBeCloseTo(2 / 3, 10)
  expect(1 - (found?.high ?? 0)).toBeCloseTo(0.0461, 4)
  expect(1 - (found?.low ?? 0)).toBeCloseTo(0.676, 3)
})

test('[LM25] who is watched for less weighs less, not as lost', () => {
  // Four: one completes at 1, one is open since 2, one completes at 3, one does not: 1 − 3/4 × 1/2.
  expect(completionEstimate(parts([1, 3]), parts([2]), 4)?.share).toBeCloseTo(0.625, 10)
})

test('[LM25] none over nobody, and where nobody was watched to the end', () => {
  expect(completionEstimate(parts([]), parts([]), 0)).toBeNull()
  expect(completionEstimate(parts([1]), parts([5, 6]), 3)).toBeNull()
})

test('[LM25] all or none: a share without an interval', () => {
  expect(completionEstimate(parts([1, 2]), parts([]), 2)).toEqual({
    share: 1,
    low: null,
    high: null,
  })
  expect(completionEstimate(parts([]), parts([]), 2)).toEqual({ share: 0, low: null, high: null })
})
