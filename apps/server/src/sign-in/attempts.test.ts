import { expect, test } from 'vitest'
import { attempts } from './attempts.ts'

const MINUTE = 60_000

test('[SI5] the third failure in the window closes the door until the first is over', () => {
  const held = attempts({ most: 3, windowMs: 15 * MINUTE })
  held.failed('ann', 0)
  held.failed('ann', 5 * MINUTE)
  expect(held.waitSeconds('ann', 5 * MINUTE)).toBe(0)
  held.failed('ann', 6 * MINUTE)
  expect(held.waitSeconds('ann', 6 * MINUTE)).toBe(9 * 60)
  expect(held.waitSeconds('bob', 6 * MINUTE)).toBe(0)
  expect(held.waitSeconds('ann', 15 * MINUTE)).toBe(0)
})

test('[SI5] an attempt that is taken back leaves the others', () => {
  const held = attempts({ most: 2, windowMs: MINUTE })
  held.failed('ann', 0)
  held.failed('ann', 1)
  held.takenBack('ann')
  expect(held.waitSeconds('ann', 2)).toBe(0)
  held.failed('ann', 3)
  expect(held.waitSeconds('ann', 4)).toBe(60)
})

test('[SI5] a success forgets the failures', () => {
  const held = attempts({ most: 1, windowMs: MINUTE })
  held.failed('ann', 0)
  held.succeeded('ann')
  expect(held.waitSeconds('ann', 1)).toBe(0)
})

test('[SI5] only so many keys are remembered: whoever failed longest ago is forgotten', () => {
  const held = attempts({ most: 1, windowMs: MINUTE, keys: 2 })
  held.failed('a', 0)
  held.failed('b', 1)
  held.failed('a', 2)
  held.failed('c', 3)
  expect(['a', 'b', 'c'].map((key) => held.waitSeconds(key, 4) > 0)).toEqual([true, false, true])
})
