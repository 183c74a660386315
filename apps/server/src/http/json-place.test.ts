import fc from 'fast-check'
import { expect, test } from 'vitest'
import { whereJsonBreaks } from './json-place.ts'

test.each([
  ['', 0],
  ['{', 1],
  ['{"a": [}', 7],
  ['{"a": tru }', 6],
  ['{"a" 1}', 5],
  ['{"a": 1,}', 8],
  ['[1 2]', 3],
  ['[1]]', 3],
  ["{'a': 1}", 1],
  ['["\\x"]', 1],
])('[HT5] %j breaks at %i', (text, at) => {
  expect(whereJsonBreaks(text)).toBe(at)
})

test('[HT5] JSON breaks nowhere, and cut JSON where it was cut or before', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, seed) => {
      expect(whereJsonBreaks(text)).toBe(text.length)
      const cut = text.slice(0, seed % text.length)
      expect(whereJsonBreaks(cut)).toBeLessThanOrEqual(cut.length)
    }),
  )
})
