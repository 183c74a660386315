import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COARSE_BITS, Durations } from './durations.ts'

// SPEC.md, "The living map": [LM20] quantiles of durations.

test.each([
  { all: [5], median: 5, p90: 5 },
  { all: [1, 2], median: 1.5, p90: 1.9 },
  { all: [30, 10, 20], median: 20, p90: 28 },
  { all: [0, 0, 0, 100], median: 0, p90: 70 },
])('[LM20] $all: median $median, p90 $p90', ({ all, median, p90 }) => {
  const durations = new Durations(1)
  for (const ms of all) durations.add(0, ms)
  expect(durations.quantile(0, 0.5)).toBeCloseTo(median, 9)
  expect(durations.quantile(0, 0.9)).toBeCloseTo(p90, 9)
})

test('[LM20] an empty group has none', () => {
  expect(new Durations(2).quantile(1, 0.5)).toBeNull()
})

test('[LM20] many durations: within 0.5 % of the exact, whole small ones exact', () => {
  const all = Array.from({ length: 20_000 }, (_, i) => Math.round(1.0011 ** i))
  const durations = new Durations(1)
  for (const ms of all) durations.add(0, ms)
  for (const share of [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) {
    const exact = all[Math.round((all.length - 1) * share)]!
    expect(Math.abs(durations.quantile(0, share)! - exact) / exact).toBeLessThan(0.005)
  }
  const small = new Durations(1)
  for (let i = 0; i < 10_001; i++) small.add(0, i % 101)
  expect(small.quantile(0, 0.5)).toBe(50)
})

test('[LM20] pieces merged in any order equal the whole', () => {
  const ms = fc.integer({ min: 0, max: 40_000_000_000 })
  fc.assert(
    fc.property(
      fc.array(ms, { maxLength: 60 }),
      fc.nat(60),
      fc.constantFrom(1, 200),
      (some, cut, times) => {
        const all = Array.from({ length: times }, () => some).flat()
        const whole = new Durations(1)
        const left = new Durations(1)
        const right = new Durations(1)
        all.forEach((value, i) => {
          whole.add(0, value)
          ;(i % 61 < cut ? left : right).add(0, value)
        })
        right.merge(left.parts)
        expect(right.count(0)).toBe(all.length)
        expect(right.quantile(0, 0.5)).toBe(whole.quantile(0, 0.5))
        expect(right.quantile(0, 0.9)).toBe(whole.quantile(0, 0.9))
      },
    ),
  )
})

test('[MK4] durations taken out again leave those that stay, exact and as a histogram', () => {
  const of = (all: readonly number[], reserve: boolean) => {
    const durations = new Durations(1, COARSE_BITS, reserve)
    for (const ms of all) durations.add(0, ms)
    return durations
  }
  const some = (n: number, seed: number) =>
    Array.from({ length: n }, (_, i) => (i * 7919 + seed * 104_729) % 1_000_003)
  // Held as they are up to 2,048, told as they are up to 1,024.
  for (const [stay, go, short] of [
    [700, 300, false],
    [900, 900, false],
    [1500, 1200, false],
    [900, 1200, true],
  ] as const) {
    const held = of([...some(stay, 1), ...some(go, 2)], true)
    expect(held.take(of(some(go, 2), true).parts)).toBe(true)
    expect(held.short).toBe(short)
    if (short) continue
    const told = new Durations(1, COARSE_BITS)
    told.merge(held.parts)
    const anew = of(some(stay, 1), false)
    for (const share of [0.1, 0.5, 0.9]) {
      expect(told.quantile(0, share)).toBe(anew.quantile(0, share))
    }
  }
  expect(of([1, 2], true).take(of([3], true).parts)).toBe(false)
})
