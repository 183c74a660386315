import { expect, test } from 'vitest'
import { linePlaces } from './line-chart.tsx'

test('[UI7] a line over time begins at nought, and its points lie where their time is', () => {
  const points = [
    { atMs: 1_000, value: 0 },
    { atMs: 2_000, value: 50 },
    { atMs: 5_000, value: 100 },
  ]
  expect(linePlaces(points)).toEqual([
    [0, 160],
    [150, 80],
    [600, 0],
  ])
  expect(linePlaces([{ atMs: 7, value: 0 }])).toEqual([[0, 160]])
})
