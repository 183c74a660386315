import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline.ts'

test('[UI7] a sparkline starts at nought and spans the width', () => {
  expect(sparklinePath([0, 5, 10], 100, 20)).toBe('M0 20L50 10L100 0')
})

test('[UI7] nothing to draw below two values, and a flat nought lies at the bottom', () => {
  expect(sparklinePath([3], 100, 20)).toBe('')
  expect(sparklinePath([0, 0], 100, 20)).toBe('M0 20L100 20')
})
