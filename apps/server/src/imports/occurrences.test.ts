import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowOccurrences } from './occurrences.ts'

// SPEC.md [IM12]: identical rows of a file are told apart, in bounded memory.

const words = fc.record({
  low: fc.integer({ min: 0, max: 40 }),
  high: fc.integer({ min: 0, max: 2 }),
})

test('[IM12] counts each row as a plain table would', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 300 }), (rows) => {
      const occurrences = new RowOccurrences()
      const seen = new Map<string, number>()
      for (const { low, high } of rows) {
        const key = `${low}/${high}`
        const before = seen.get(key) ?? 0
        expect(occurrences.next(low, high)).toBe(before)
        seen.set(key, before + 1)
      }
    }),
  )
})

test('[IM12] a hundred thousand different rows are all new', () => {
  const occurrences = new RowOccurrences()
  for (const before of [0, 1]) {
    let wrong = 0
    for (let i = 0; i < 100_000; i++) {
      if (occurrences.next(Math.imul(i, 0x9e3779b1) >>> 0, i) !== before) wrong++
    }
    expect(wrong).toBe(0)
  }
})

test('[IM12] a row from long ago is never taken for new', () => {
  const occurrences = new RowOccurrences({ capacity: 1000, filterBytes: 1 << 16 })
  const hash = (i: number) => Math.imul(i + 1, 0x9e3779b1) >>> 0
  let mistaken = 0
  for (let i = 0; i < 20_000; i++) {
    if (occurrences.next(hash(i), Math.imul(i, 0x85ebca6b) >>> 0) !== 0) mistaken++
  }
  for (let i = 0; i < 20_000; i++) {
    expect(occurrences.next(hash(i), Math.imul(i, 0x85ebca6b) >>> 0)).not.toBe(0)
  }
  expect(mistaken / 20_000).toBeLessThan(0.03)
})
