import fc from 'fast-check'
import { expect, test } from 'vitest'
import { corrected } from './false-discovery.ts'
import { liftOf } from './lift.ts'
import { profileOf } from './profile.ts'
import { shareInterval } from './share-interval.ts'

// SPEC.md, "Who is in a segment".

test('[MB1] a share’s interval is Wilson’s, worked by hand', () => {
  // 8 of 10: (0.8 + 0.19207 ± 1.95996·√(0.016 + 0.0096036)) ÷ 1.384146
  const { share, low, high } = shareInterval(8, 10)
  expect(share).toBe(0.8)
  expect(low).toBeCloseTo(0.490162, 5)
  expect(high).toBeCloseTo(0.943318, 5)
  expect(shareInterval(0, 20)).toMatchObject({ share: 0, low: 0 })
  expect(shareInterval(20, 20)).toMatchObject({ share: 1, high: 1 })
  expect(shareInterval(0, 0)).toEqual({ n: 0, of: 0, share: null, low: null, high: null })
})

test('[MB1] the interval holds the share and stays within 0 and 1', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (of, part) => {
        const { share, low, high } = shareInterval(Math.round(of * part), of)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual((share ?? 0) + 1e-12)
        expect(high).toBeGreaterThanOrEqual((share ?? 1) - 1e-12)
        expect(high).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('[MB2] lift is the share within over the share of everybody', () => {
  // 60 of 100 in the segment, 150 of 1,000 in all: 0.6 ÷ 0.15. log(4) ± 1.96·√(var):
  // p 0.6, q 0.1, w 0.1, s 0.15: (1/0.6 − 0.1/0.15)²·0.24/100 + (0.9/0.15)²·0.09/900 = 0.0024 + 0.0036
  const lift = liftOf(60, 100, 150, 1000)
  expect(lift?.lift).toBeCloseTo(4, 12)
  const reach = Math.exp(1.959963984540054 * Math.sqrt(0.006))
  expect(lift?.low).toBeCloseTo(4 / reach, 9)
  expect(lift?.high).toBeCloseTo(4 * reach, 9)
  expect(lift?.chance).toBeLessThan(1e-30)
  // z = (0.5 − 0.4) ÷ √(0.45·0.55·0.02) = 1.42134; both tails 0.15522
  expect(liftOf(50, 100, 90, 200)?.chance).toBeCloseTo(0.155218, 5)
  expect(liftOf(0, 100, 300, 1000)).toMatchObject({ lift: 0, low: 0 })
})

test('[MB2] of too few, of everybody and of nobody nothing is said', () => {
  expect(liftOf(3, 10, 5, 1000)).toBeNull()
  expect(liftOf(10, 1000, 10, 1000)).toBeNull()
  expect(liftOf(0, 0, 10, 1000)).toBeNull()
})

test('[MB3] chances are corrected for how many were looked at', () => {
  expect(corrected([0.01, 0.04, 0.03, 0.2])).toEqual([0.04, 0.16 / 3, 0.16 / 3, 0.2])
  expect(corrected([])).toEqual([])
})

test('[MB3] of traits that mean nothing hardly any is shown', () => {
  // 1,000 fair coins over 400 customers, by a fixed sequence: about 50 of them pass uncorrected.
  let state = 7
  const coin = () => {
    state = (state * 48271) % 2147483647
    return state % 2
  }
  const counted = Array.from({ length: 1000 }, (_, i) => {
    const flips = Array.from({ length: 400 }, coin)
    return {
      kind: 'trait' as const,
      key: `t${i}`,
      name: `t${i}`,
      value: '1',
      within: flips.slice(0, 100).filter((flip) => flip === 1).length,
      everybody: flips.filter((flip) => flip === 1).length,
    }
  })
  const { marks, looked } = profileOf(counted, 100, 400)
  expect(looked).toBe(1000)
  expect(marks.length).toBeLessThan(5)
})

test('[MB4] what surely differs most comes first, above and below', () => {
  const mark = (key: string, within: number, everybody: number) => ({
    kind: 'trait' as const,
    key,
    name: key,
    value: 'yes',
    within,
    everybody,
  })
  const { marks } = profileOf(
    [
      mark('twice', 400, 2000),
      mark('never', 0, 3000),
      mark('same', 100, 1000),
      mark('slightly', 560, 5000),
    ],
    1000,
    10_000,
  )
  expect(marks.map(({ key }) => key)).toEqual(['never', 'twice', 'slightly'])
})
