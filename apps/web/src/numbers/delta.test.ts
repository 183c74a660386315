import { expect, test } from 'vitest'
import { pointsDelta, ratioDelta, unitsDelta } from './delta.ts'

test('[UI2] counts differ by ratio, shares by points, emotion by units', () => {
  expect(ratioDelta(110, 100)).toMatchObject({ kind: 'changed', up: true, measuredIn: 'ratio' })
  expect(pointsDelta(0.3, 0.4)).toMatchObject({ up: false, measuredIn: 'points' })
  expect(pointsDelta(0.3, 0.4)).toHaveProperty('amount', expect.closeTo(-10))
  expect(unitsDelta(-1.3, 0.2)).toHaveProperty('amount', expect.closeTo(-1.5))
})

test('[UI2] no delta against nothing, nobody or zero', () => {
  expect(ratioDelta(5, null)).toEqual({ kind: 'none' })
  expect(ratioDelta(5, 0)).toEqual({ kind: 'none' })
  expect(pointsDelta(null, 0.2)).toEqual({ kind: 'none' })
  expect(pointsDelta(0.2, undefined)).toEqual({ kind: 'none' })
})

test('[UI2] what would be shown as 0 is the same', () => {
  expect(ratioDelta(10_001, 10_000)).toEqual({ kind: 'same' })
  expect(pointsDelta(0.3001, 0.3)).toEqual({ kind: 'same' })
})
