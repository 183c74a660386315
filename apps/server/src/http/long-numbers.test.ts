import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withLongNumbersAsText } from './long-numbers.ts'

test('[CO30] ids beyond 2^53 keep their digits', () => {
  const read = (json: string): unknown => JSON.parse(withLongNumbersAsText(json))
  expect(read('{"userId":12345678901234567890,"a":[9007199254740993,-9007199254740993]}')).toEqual({
    userId: '12345678901234567890',
    a: ['9007199254740993', '-9007199254740993'],
  })
  expect(read('{"userId":9007199254740991,"x":1.2345678901234567,"y":1e300}')).toEqual({
    userId: 9007199254740991,
    x: 1.2345678901234567,
    y: 1e300,
  })
  expect(read('{"t\\"12345678901234567890":"\\\\12345678901234567890"}')).toEqual({
    't"12345678901234567890': '\\12345678901234567890',
  })
})

test('[CO30] whatever is no such number is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify({ value, long: '12345678901234567890' })
      const safe = JSON.stringify(JSON.parse(json), (_key, held: unknown) =>
        typeof held === 'number' && Number.isInteger(held) && !Number.isSafeInteger(held)
          ? 0
          : held,
      )
      expect(JSON.parse(withLongNumbersAsText(safe))).toEqual(JSON.parse(safe))
    }),
    { numRuns: 200 },
  )
})
