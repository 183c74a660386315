import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tenThousandths } from './money.ts'

test.each<[unknown, number | null]>([
  [12.5, 125_000],
  ['12.50', 125_000],
  [-3.99, -39_900],
  ['1e3', 10_000_000],
  [1.00005, 10_001],
  [0.1 + 0.2, 3000],
  [1e-7, 0],
  [-1e-9, 0],
  ['', null],
  [' ', null],
  ['12,50', null],
  ['12 EUR', null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  [1e300, null],
  [900_000_000_000, 9_000_000_000_000_000],
  [true, null],
  [null, null],
  [{}, null],
])('[CO8] %j is %j ten-thousandths', (value, expected) => {
  const result = tenThousandths(value)
  expect(result === 0 ? 0 : result).toBe(expected)
})

test('[CO8] cents come out exact, as number and as text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -90_000_000_000, max: 90_000_000_000 }), (cents) => {
      const text = `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
      expect(tenThousandths(text)).toBe(cents === 0 && cents < 0 ? 0 : cents * 100 + 0)
      expect(tenThousandths(Number(text))).toBe(cents * 100 + 0)
    }),
  )
})
