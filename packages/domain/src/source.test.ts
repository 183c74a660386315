import { expect, test } from 'vitest'
import { NO_SOURCE, PEOPLE_SOURCE, SIMULATED_SOURCE, sourceIsImport } from './source.ts'

test.each([
  [NO_SOURCE, false],
  [PEOPLE_SOURCE, false],
  [1000, false],
  [2_147_483_647, false],
  [SIMULATED_SOURCE, true],
  [2_147_484_648, true],
  [4_294_967_295, true],
])('[DC11] source %s was brought by an import: %s', (source, expected) => {
  expect(sourceIsImport(source)).toBe(expected)
})
