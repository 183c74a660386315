import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostFrequent } from './most-frequent.ts'

test('[VO1] the most frequent words are kept, in order', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.nat(5), { maxKeys: 30 }),
      fc.integer({ min: 1, max: 20 }),
      (held, most) => {
        const sums = new Map(Object.entries(held))
        const kept = mostFrequent(sums, most)
        const whole = [...sums.values()].toSorted((a, b) => b - a).slice(0, most)
        expect(kept.map(({ events }) => events)).toEqual(whole)
        for (const { value, events } of kept) expect(sums.get(value)).toBe(events)
        expect(new Set(kept.map(({ value }) => value)).size).toBe(kept.length)
      },
    ),
  )
})
