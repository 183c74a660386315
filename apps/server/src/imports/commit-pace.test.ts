import { expect, test } from 'vitest'
import { commitPace } from './commit-pace.ts'

test('[IM22] an import that is alone stores whole chunks; among others, small commits', () => {
  let now = 0
  const pace = commitPace(() => now)
  const paces: boolean[] = []
  for (const [afterMs, commit] of [
    [0, 41],
    [300, 42],
    [300, 44],
    [300, 45],
    [2_900, 46],
    [300, 47],
    [300, 50],
  ] as const) {
    now += afterMs
    pace.note(commit)
    paces.push(Number.isFinite(pace.rows()))
  }
  expect(paces).toEqual([false, false, true, true, false, false, true])
})
