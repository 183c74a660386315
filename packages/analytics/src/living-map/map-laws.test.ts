import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MapKernel } from './map-kernel.ts'
import { instead, stepCounts, transitions, unmapped } from './map-measures.ts'
import { MINUTE, type Story, storyBlock, storyPlan, tallyOf, STRAYS } from './map-stories.ts'

// SPEC.md, "The living map": what holds of any journeys.

const groups = STRAYS.map((event) => ({ event, path: '' }))
const event = fc.tuple(
  fc.constantFrom('A', 'B', 'C', 'D', 'D$', 'x', 'y', 'x$', '.'),
  fc.integer({ min: -100, max: 1200 }),
  fc.integer({ min: -50, max: 50 }),
)
const story = fc
  .array(event, { maxLength: 14 })
  .map((events): Story => events.toSorted((a, b) => a[1] - b[1]))
const stories = fc.array(story, { maxLength: 12 })
const change = fc.record({
  nowMs: fc.integer({ min: 0, max: 2000 }).map((minute) => minute * MINUTE),
})

test('[LM16] every entrant is in exactly one state', () => {
  fc.assert(
    fc.property(stories, change, (all, changed) => {
      const tally = tallyOf('AbCD!', all, changed)
      const sum = (numbers: Float64Array) => numbers.reduce((total, n) => total + n, 0)
      expect(sum(tally.left) + sum(tally.open) + tally.goalEnded + tally.continued).toBe(
        tally.entrants,
      )
      tally.customers.forEach((customers, i) => {
        expect(tally.movedOn[i]).toBeLessThanOrEqual(customers)
        expect(tally.reachedNext[i]).toBeLessThanOrEqual(tally.movedOn[i]!)
        expect(tally.wentBack[i]).toBeLessThanOrEqual(customers)
        expect(tally.left[i]! + tally.open[i]!).toBeLessThanOrEqual(customers)
        expect(customers).toBeLessThanOrEqual(tally.visits[i]!)
        expect(tally.left[i]).toBeLessThanOrEqual(tally.settled[i]!)
        expect(tally.settled[i]).toBeLessThanOrEqual(customers)
      })
      for (const { settled, outcome } of stepCounts(tally, false)) {
        expect(Math.min(...Object.values(outcome))).toBeGreaterThanOrEqual(0)
        expect(Object.values(outcome).reduce((total, n) => total + n, 0)).toBe(settled)
      }
      expect(tally.settledCompletions).toBeLessThanOrEqual(tally.settledEntrants)
      expect(tally.completions + tally.inProgress).toBeLessThanOrEqual(tally.entrants)
      expect(tally.conforming).toBeLessThanOrEqual(tally.finished)
    }),
  )
})

test('[LM17] the order of customers, and how they are cut into kernels, make no difference', () => {
  fc.assert(
    fc.property(stories, fc.nat(12), change, (all, cut, changed) => {
      const plan = storyPlan('AbCD!', { ...changed, sampleSize: 3 })
      const whole = new MapKernel(plan)
      whole.add(storyBlock(all))
      const first = new MapKernel(plan)
      const second = new MapKernel(plan)
      first.add(storyBlock(all.slice(0, cut)))
      for (const [i, one] of all.slice(cut).entries())
        second.add(storyBlock([one], plan.period, cut + i + 1))
      second.tally.merge(first.tally.parts)
      const numbers = (kernel: MapKernel) => ({
        steps: stepCounts(kernel.tally, true),
        transitions: transitions(kernel.tally),
        unmapped: unmapped(kernel.tally, groups, 20),
        instead: instead(kernel.tally, 0, groups, 5),
        stages: [...kernel.tally.stageCustomers],
        left: kernel.tally.leftSample.map((sample) => sample.kept()),
        counts: [kernel.tally.entrants, kernel.tally.completions, kernel.tally.goalMoney],
        settled: [kernel.tally.settledEntrants, kernel.tally.settledCompletions],
        firstEntry: [...kernel.tally.firstEntry],
        parts: [[...kernel.tally.completedParts], [...kernel.tally.openParts]],
        finished: [kernel.tally.finished, kernel.tally.conforming],
      })
      expect(numbers(second)).toEqual(numbers(whole))
      expect(second.tally.fitness).toBe(whole.tally.fitness)
    }),
  )
})

test('[LM26] visits of periods side by side are those of the whole', () => {
  fc.assert(
    fc.property(stories, fc.integer({ min: 1, max: 999 }), (all, minute) => {
      const visits = (fromMs: number, toMs: number) => [
        ...tallyOf('AbCD!', all, { period: { fromMs, toMs } }).visits,
      ]
      const cut = minute * MINUTE
      const second = visits(cut, 1000 * MINUTE)
      expect(visits(0, cut).map((count, step) => count + second[step]!)).toEqual(
        visits(0, 1000 * MINUTE),
      )
    }),
  )
})
