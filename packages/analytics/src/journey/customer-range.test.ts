import { expect, test } from 'vitest'
import { compile } from '../sql.ts'
import { customerRanges, customersUpTo, customersWithin } from './customer-range.ts'

test('[CN3] ranges cover all keys once', () => {
  for (const pieces of [1, 2, 3, 7, 20]) {
    const ranges = customerRanges(pieces)
    expect(ranges[0]?.first).toBe(0n)
    expect(ranges.at(-1)?.last).toBe(2n ** 64n - 1n)
    ranges.slice(1).forEach((range, i) => expect(range.first).toBe((ranges[i]?.last ?? 0n) + 1n))
  }
})

test.each([
  [0.5, 2n ** 63n],
  [0.25, 2n ** 62n],
  [1, 2n ** 64n - 1n],
])('[CN3] a share of %d is the customers below %d', (share, key) => {
  expect(compile(customersUpTo(share))).toEqual({
    text: 'customer < {p0:UInt64}',
    params: { p0: key },
  })
})

test('[CN3] both ends are in a range', () => {
  expect(compile(customersWithin({ first: 3n, last: 9n }))).toEqual({
    text: 'customer >= {p0:UInt64} AND customer <= {p1:UInt64}',
    params: { p0: 3n, p1: 9n },
  })
})
