import fc from 'fast-check'
import { expect, test } from 'vitest'
import { funnelPath, ribbonBars } from './ribbon.ts'

test('[UI3] bars are as wide as their customers', () => {
  expect(ribbonBars([300, 100], 404, 4, 0)).toEqual([
    { x: 0, width: 300 },
    { x: 304, width: 100 },
  ])
})

test('[UI3] a stage of nobody keeps the minimum', () => {
  expect(ribbonBars([100, 0], 204, 4, 8)).toEqual([
    { x: 0, width: 192 },
    { x: 196, width: 8 },
  ])
  expect(ribbonBars([0, 0], 100, 0, 8).map((bar) => bar.width)).toEqual([50, 50])
  expect(ribbonBars([], 100, 4, 8)).toEqual([])
})

test('[UI3] the bars fill the width and keep the order of their customers', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100_000), { minLength: 1, maxLength: 9 }), (counts) => {
      const bars = ribbonBars(counts, 1_000, 4, 12)
      const last = bars.at(-1)
      expect((last?.x ?? 0) + (last?.width ?? 0)).toBeCloseTo(1_000)
      for (const [i, a] of counts.entries()) {
        for (const [j, b] of counts.entries()) {
          if (a > b) expect(bars[i]?.width).toBeGreaterThanOrEqual((bars[j]?.width ?? 0) - 1e-9)
        }
      }
    }),
  )
})

test('[UI3] the shape joins the bar with its columns', () => {
  expect(funnelPath({ x: 0, width: 10 }, { x: 20, width: 30 }, 0, 8)).toBe(
    'M0 0H10C10 4 50 4 50 8H20C20 4 0 4 0 0Z',
  )
})
