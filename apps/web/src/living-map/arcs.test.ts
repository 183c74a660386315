import { expect, test } from 'vitest'
import { arcOf, movesToDraw } from './arcs.ts'
import { kindOfMove } from './move.ts'

const move = (from: number, to: number, customers: number, drawn = false) => ({
  from,
  to,
  customers,
  kind: kindOfMove(from, to, drawn),
})

test('[UI6] the next step is the line, further is ahead, earlier is back', () => {
  expect([move(0, 1, 5), move(0, 2, 5), move(2, 0, 5)].map(({ kind }) => kind)).toEqual([
    'line',
    'ahead',
    'back',
  ])
  // Between alternatives, which share a place, and a return that was drawn.
  expect([kindOfMove(1, 1, false), kindOfMove(2, 1, true)]).toEqual(['beside', 'loop'])
})

test('[UI6] the most travelled of each kind, and all of the step looked at', () => {
  const moves = [move(0, 2, 9), move(0, 3, 8), move(1, 3, 7), move(3, 1, 2), move(2, 0, 1)]
  const drawn = (always: readonly number[]) =>
    movesToDraw(moves, 1, new Set(always)).map(({ from, to }) => `${from}${to}`)
  expect(drawn([])).toEqual(['02', '31'])
  expect(drawn([1])).toEqual(['02', '13', '31'])
})

test('[UI6] nobody travels: nothing is drawn', () => {
  expect(movesToDraw([move(0, 2, 0)], 3, new Set())).toEqual([])
  // But a loop that was drawn is there.
  expect(movesToDraw([move(2, 0, 0, true)], 3, new Set())).toHaveLength(1)
})

test('[UI6] ahead goes over the line, back goes under it, both inside the frame', () => {
  const nodes = [0, 100, 200, 300].map((x) => ({ x, y: 100, thickness: 20, measured: true }))
  const frame = { top: 20, bottom: 200, columnWidth: 100 }
  const over = arcOf(move(0, 3, 5), nodes, frame)
  const under = arcOf(move(3, 0, 5), nodes, frame)
  expect(over?.labelY).toBeLessThan(88)
  expect(over?.labelY).toBeGreaterThanOrEqual(20)
  expect(under?.labelY).toBeGreaterThan(112)
  expect(under?.labelY).toBeLessThanOrEqual(200)
  expect(arcOf(move(0, 9, 5), nodes, frame)).toBeNull()
})
