import { expect, test } from 'vitest'
import { followMember, NOT_KEPT } from './follow-member.ts'

// SPEC.md, "Segments": [SM2] each change at its instant, [SM6] nothing missed and nothing twice.

/** In it in every stretch of ten from 10, 30, 50 … on. */
const blinking = (atMs: number) => {
  const phase = Math.floor(atMs / 10)
  return { member: phase % 2 === 1, untilMs: (phase + 1) * 10 }
}

test('[SM2] turns that time brought are told at their own instants, however late they are looked at', () => {
  expect(followMember({ member: false, untilMs: 10 }, blinking, 45)).toEqual({
    now: { member: false, untilMs: 50 },
    changes: [
      { atMs: 10, entered: true, byTime: true },
      { atMs: 20, entered: false, byTime: true },
      { atMs: 30, entered: true, byTime: true },
      { atMs: 40, entered: false, byTime: true },
    ],
  })
})

test('[SM6] what was written down is not told again', () => {
  const first = followMember({ member: false, untilMs: 10 }, blinking, 45)
  expect(followMember(first.now, blinking, 45).changes).toEqual([])
})

test('[SM2] something new changes it now', () => {
  const always = () => ({ member: true, untilMs: null })
  expect(followMember(NOT_KEPT, always, 45).changes).toEqual([
    { atMs: 45, entered: true, byTime: false },
  ])
})
