import { expect, test } from 'vitest'
import { ribbonPath } from './ribbon.ts'

test('[UI3] the ribbon stands over the columns of each stage, as thick as its customers', () => {
  expect(
    ribbonPath(
      [
        { x: 0, width: 100, customers: 400 },
        { x: 100, width: 300, customers: 200 },
      ],
      8,
      12,
    ),
  ).toBe('M0 2H80C100 2 100 5 120 5H400V11H120C100 11 100 14 80 14H0Z')
})

test('[UI3] few customers are seen, nobody is not, and no stage is no ribbon', () => {
  const stages = [
    { x: 0, width: 100, customers: 100_000 },
    { x: 100, width: 100, customers: 3 },
    { x: 200, width: 100, customers: 0 },
  ]
  expect(ribbonPath(stages, 8, 12)).toBe(
    'M0 2H80C100 2 100 7.5 120 7.5H180C200 7.5 200 8 220 8H300V8H220C200 8 200 8.5 180 8.5H120C100 8.5 100 14 80 14H0Z',
  )
  expect(ribbonPath([], 8, 12)).toBe('')
})
