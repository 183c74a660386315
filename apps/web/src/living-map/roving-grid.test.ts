import { expect, test } from 'vitest'
import { placeAfter } from './roving-grid.ts'

const size = { rows: 8, columns: 15 }

test.each([
  ['ArrowRight', false, { row: 0, column: 3 }],
  ['ArrowLeft', false, { row: 0, column: 1 }],
  ['ArrowDown', false, { row: 1, column: 2 }],
  ['ArrowUp', false, { row: 0, column: 2 }],
  ['Home', false, { row: 0, column: 0 }],
  ['End', false, { row: 0, column: 14 }],
  ['End', true, { row: 7, column: 14 }],
  ['a', false, null],
])('[UI10] %s (ctrl %s) leads to %o', (key, ctrl, place) => {
  expect(placeAfter(key, ctrl, { row: 0, column: 2 }, size)).toEqual(place)
})

test('[UI10] the rail is the first column, and the edges hold', () => {
  expect(placeAfter('ArrowLeft', false, { row: 1, column: 0 }, size)).toEqual({
    row: 1,
    column: -1,
  })
  expect(placeAfter('ArrowLeft', false, { row: 1, column: -1 }, size)?.column).toBe(-1)
  expect(placeAfter('ArrowRight', false, { row: 1, column: 14 }, size)?.column).toBe(14)
})
