import { expect, test } from 'vitest'
import { instead, stepCounts, transitions, unmapped } from './map-measures.ts'
import { MINUTE, STRAYS, tallyOf } from './map-stories.ts'

// SPEC.md, "The living map": what follows what, behaviour beside the map, trends and samples by hand.

test('[LM11] directly-follows edges: from ≠ to, count, customers, median', () => {
  const tally = tallyOf('ABC', [
    [
      ['A', 0],
      ['B', 10],
      ['A', 20],
      ['B', 50],
    ],
    [
      ['A', 0],
      ['A', 100],
      ['C', 110],
    ],
    [
      ['A', 0],
      ['B', 20],
    ],
    [
      ['A', 999],
      ['C', 1005],
      ['B', 1006],
    ],
  ])
  expect(transitions(tally)).toEqual([
    { from: 'A', to: 'B', count: 3, customers: 2, medianMs: 20 * MINUTE },
    { from: 'A', to: 'C', count: 2, customers: 2, medianMs: 8 * MINUTE },
    { from: 'B', to: 'A', count: 1, customers: 1, medianMs: 10 * MINUTE },
  ])
})

const groups = STRAYS.map((event) => ({ event, path: '' }))

test('[LM12] unmapped behaviour of the entrants in the period, by customers', () => {
  const tally = tallyOf('ABC', [
    [
      ['x', 0],
      ['A', 1],
      ['x', 2],
      ['y', 3],
    ],
    [
      ['y', 0],
      ['A', 1],
    ],
    [['z', 0]],
    [
      ['A', 0],
      ['z', 1001],
    ],
  ])
  expect(unmapped(tally, groups, 20)).toEqual([
    { event: 'y', path: '', customers: 2, events: 2 },
    { event: 'x', path: '', customers: 1, events: 2 },
  ])
})

test('[LM18] outside: customers with an event in the period and no visit in it', () => {
  const tally = tallyOf('ABC', [
    [['x', 0]],
    [['.', 5]],
    [['x', -1]],
    [
      ['x', 5],
      ['A', 1001],
    ],
    [['A', 0]],
  ])
  expect(tally.outside).toBe(3)
  expect(tally.entrants).toBe(1)
})

test('[LM13] instead: what those who left did within the window after', () => {
  const tally = tallyOf('ABC', [
    [
      ['x', 0],
      ['A', 1],
      ['y', 2],
      ['y', 3],
      ['x', 62],
    ],
    [
      ['A', 1],
      ['y', 2],
      ['B', 3],
    ],
    [
      ['A', 1],
      ['z', 61],
    ],
  ])
  expect(instead(tally, 0, groups, 5)).toEqual([
    { event: 'y', path: '', customers: 1, events: 2 },
    { event: 'z', path: '', customers: 1, events: 1 },
  ])
  expect([...tally.movedDid.subarray(0, 3)]).toEqual([0, 1, 0])
})

test('[LM14] the trend counts customers per slice of the period', () => {
  const [a] = stepCounts(
    tallyOf('AB', [
      [
        ['A', 0],
        ['A', 50],
        ['A', 150],
      ],
      [['A', 999]],
    ]),
    false,
  )
  expect(a!.trend).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 1])
})

test('[LM15] samples name the customers and the visit that put them there', () => {
  const tally = tallyOf('ABC!', [
    [
      ['A', 0],
      ['B', 5],
    ],
    [['A', 7]],
  ])
  const key = (n: bigint) => BigInt.asUintN(64, n * 0x9e3779b97f4a7c15n).toString()
  expect(tally.leftSample[0]!.kept()).toEqual([{ customer: key(2n), timeMs: 7 * MINUTE }])
  expect(tally.leftSample[1]!.kept()).toEqual([{ customer: key(1n), timeMs: 5 * MINUTE }])
  expect(tally.movedSample[0]!.kept()).toEqual([{ customer: key(1n), timeMs: 0 }])
})
