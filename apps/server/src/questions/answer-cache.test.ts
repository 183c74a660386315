import { expect, test } from 'vitest'
import { answerCache } from './answer-cache.ts'

const text = (bytes: number) => 'x'.repeat(bytes)

test('[QU8] an answer is given again while the facts are the same', () => {
  const cache = answerCache()
  cache.keep(1, 'commit 5', 'q', 'five')
  expect(cache.get(1, 'commit 5', 'q')).toBe('five')
  expect(cache.get(1, 'commit 5', 'other')).toBeNull()
  expect(cache.get(2, 'commit 5', 'q')).toBeNull()
  expect(cache.get(1, 'commit 6', 'q')).toBeNull()
  cache.keep(1, 'commit 6', 'q', 'six')
  expect(cache.get(1, 'commit 6', 'q')).toBe('six')
  expect(cache.get(1, 'commit 5', 'q')).toBeNull()
})

test('[QU9] the longest unused goes first where a workspace is full', () => {
  const cache = answerCache(100, 1000)
  cache.keep(1, 'f', 'a', text(39))
  cache.keep(1, 'f', 'b', text(39))
  cache.get(1, 'f', 'a')
  cache.keep(1, 'f', 'c', text(39))
  expect(['a', 'b', 'c'].map((question) => cache.get(1, 'f', question) !== null)).toEqual([
    true,
    false,
    true,
  ])
  cache.keep(1, 'f', 'too large', text(100))
  expect(cache.get(1, 'f', 'too large')).toBeNull()
  expect(cache.get(1, 'f', 'c')).not.toBeNull()
})

test('[QU9] the workspace that asked longest ago makes room for others', () => {
  const cache = answerCache(100, 150)
  cache.keep(1, 'f', 'a', text(69))
  cache.keep(2, 'f', 'a', text(69))
  cache.keep(3, 'f', 'a', text(69))
  expect([1, 2, 3].map((workspace) => cache.get(workspace, 'f', 'a') !== null)).toEqual([
    false,
    true,
    true,
  ])
})

test('[QU9] an answer kept again takes its room once', () => {
  const cache = answerCache(100, 100)
  for (let i = 0; i < 10; i++) cache.keep(1, 'f', 'a', text(69))
  cache.keep(1, 'f', 'b', text(20))
  expect(cache.get(1, 'f', 'a')).not.toBeNull()
  expect(cache.get(1, 'f', 'b')).not.toBeNull()
})
