import { expect, test } from 'vitest'
import { columnLayout } from './column-layout.ts'

test('[UI8] columns fill the room', () => {
  expect(columnLayout([1, 3], 800, 'all')).toEqual({
    columnWidth: 200,
    width: 800,
    centres: [100, 300, 500, 700],
    stages: [
      { x: 0, width: 200 },
      { x: 200, width: 600 },
    ],
  })
})

test('[UI8] with too little room they keep the narrowest readable width', () => {
  expect(columnLayout([10, 10], 800, 'all').columnWidth).toBe(88)
  expect(columnLayout([10, 10], 800, 'line').columnWidth).toBe(88)
})

test('[UI8] a map without steps has no width', () => {
  expect(columnLayout([], 800, 'all')).toMatchObject({ width: 0, centres: [], stages: [] })
})
