import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FEWEST_LEFT_SAMPLED, type LeakSamples, type LeakValueRow } from './leak-query.ts'
import { changedSamples, correctedRows, type LeakRows } from './leak-rows.ts'

// apps/server SPEC.md, "Living map": [LV11] what sampled customers tell is corrected.

/** What the events of a customer tell, by number. */
type World = readonly (readonly string[])[]

/** As the store answers `leakPropertiesQuery`. */
function rowsOf(samples: readonly LeakSamples[], world: World, fewest: number): LeakValueRow[] {
  return samples.flatMap(({ leftSample, movedSample }, evidence) => {
    const having = (sample: LeakSamples['leftSample'], value: string) =>
      sample.filter(({ customer }) => world[Number(customer)]?.includes(value)).length
    return VALUES.map((value) => ({
      evidence,
      name: 'device',
      value,
      left_count: `${having(leftSample, value)}`,
      moved_count: `${having(movedSample, value)}`,
    })).filter(
      ({ left_count, moved_count }) =>
        Number(left_count) >= fewest && Number(left_count) + Number(moved_count) > 0,
    )
  })
}

const VALUES = ['ios', 'android', 'desktop', 'watch', 'car']
const CUSTOMERS = 60
const world = fc.array(fc.subarray(VALUES), { minLength: CUSTOMERS, maxLength: CUSTOMERS })
const sample = fc
  .subarray(
    Array.from({ length: CUSTOMERS }, (_, i) => i),
    { minLength: 25 },
  )
  .map((some) => some.map((i) => ({ customer: `${i}`, timeMs: i % 7 })))
const samples = (stepId: string) =>
  fc.record({ stepId: fc.constant(stepId), leftSample: sample, movedSample: sample })

/** A few of the customers are others, or come and go. */
const happening = fc.record({
  values: fc.array(fc.tuple(fc.nat(CUSTOMERS - 1), fc.subarray(VALUES)), { maxLength: 3 }),
  swaps: fc.array(fc.tuple(fc.boolean(), fc.nat(CUSTOMERS - 1)), { maxLength: 4 }),
  turned: fc.boolean(),
})

function swapped(of: LeakSamples, swaps: readonly (readonly [boolean, number])[]): LeakSamples {
  const turn = (all: LeakSamples['leftSample'], left: boolean) =>
    swaps
      .filter(([side]) => side === left)
      .reduce((now, [, who]) => {
        const customer = `${who}`
        const others = now.filter((one) => one.customer !== customer)
        return others.length < now.length ? others : [...now, { customer, timeMs: who % 7 }]
      }, all)
  return { ...of, leftSample: turn(of.leftSample, true), movedSample: turn(of.movedSample, false) }
}

/** Fifteen make a reason. */
const reasons = (rows: readonly LeakValueRow[]) =>
  rows
    .filter(({ left_count }) => Number(left_count) >= 15)
    .map(({ evidence, value, left_count, moved_count }) =>
      [evidence, value, left_count, moved_count].join(),
    )
    .toSorted()

test('[LV11] rows corrected again and again tell the reasons that all rows read anew tell', () => {
  let corrected = 0
  fc.assert(
    fc.property(
      world,
      samples('a'),
      samples('b'),
      fc.array(happening, { minLength: 1, maxLength: 5 }),
      (first, a, b, happenings) => {
        let now: World = first
        let sampled: readonly LeakSamples[] = [a]
        let told: LeakRows = {
          samples: sampled,
          rows: rowsOf(sampled, now, FEWEST_LEFT_SAMPLED),
          came: [0],
        }
        for (const { values, swaps, turned } of happenings) {
          const before = now
          const touched = new Map(values)
          now = before.map((held, i) => touched.get(i) ?? held)
          const [one, other = b] = sampled.map((of) => swapped(of, swaps))
          // Steps come to be looked into, and change their order.
          sampled = turned ? [other, one!] : [one!, other]
          const change = changedSamples(
            told,
            sampled,
            new Set([...touched.keys()].map((i) => `${i}`)),
          )
          if (change === null) return
          corrected++
          told = correctedRows(
            told,
            sampled,
            change,
            rowsOf(change.gone, before, 0),
            rowsOf(change.come, now, 0),
          )
          expect(reasons(told.rows)).toEqual(reasons(rowsOf(sampled, now, FEWEST_LEFT_SAMPLED)))
        }
      },
    ),
    { numRuns: 200 },
  )
  expect(corrected).toBeGreaterThan(100)
})

test('[LV11] after more than ten newcomers among those who left all are read anew', () => {
  const left = (n: number) => [
    {
      stepId: 'a',
      leftSample: Array.from({ length: n }, (_, i) => ({ customer: `${i}`, timeMs: 0 })),
      movedSample: [],
    },
  ]
  const told = { samples: left(20), rows: [], came: [6] }
  expect(changedSamples(told, left(24), new Set())?.came).toEqual([10])
  expect(changedSamples(told, left(25), new Set())).toBeNull()
})
