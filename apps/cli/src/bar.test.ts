import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { barredLines } from './bar.ts'
import { widthOf } from './table.ts'

const lines = ['step  reached', 'view      100', 'buy         1', 'nobody      0']

test('[CT1] bars take the room that is left, and only that', () => {
  const bars = barredLines(lines, [1, 0.01, 0], 25).map((line) => stripVTControlCharacters(line))
  expect(bars).toEqual([
    'step  reached',
    'view      100  ██████████',
    'buy         1  ▏',
    'nobody      0  ',
  ])
  expect(Math.max(...bars.map(widthOf))).toBe(25)
})

test('[CT1] without room there are no bars', () => {
  expect(barredLines(lines, [1, 0.5, 0], 19)).toEqual(lines)
})
