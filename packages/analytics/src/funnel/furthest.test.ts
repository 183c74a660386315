import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outcomesOf } from './funnel-unit.ts'
import type { FunnelEvents, FunnelRules } from './funnel-rules.ts'
import { eventIndex } from './event-index.ts'
import { orderedAttempt } from './ordered-attempt.ts'

const rules: FunnelRules = {
  stepCount: 3,
  optional: [false, false, false],
  order: 'ordered',
  windowMs: 5,
  stepWindows: null,
  entry: 'any',
  timedBy: 'earliest-entry',
  count: 'customers',
  ties: 'step-order',
  graceMs: 0,
  exclusions: [],
  exclusionEffect: 'leave',
  hold: 'none',
  sessionGapMs: 1_800_000,
}

const journey = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 12 }), mask: fc.integer({ min: 0, max: 7 }) }), {
    maxLength: 14,
  })
  .map((events): FunnelEvents => {
    const sorted = events.toSorted((a, b) => a.at - b.at)
    return {
      times: Float64Array.from(sorted, ({ at }) => at),
      masks: Uint32Array.from(sorted, ({ mask }) => mask),
      held: null,
    }
  })

test('[FN17] one pass finds what trying every entry finds', () => {
  fc.assert(
    fc.property(journey, (events) => {
      const tried = [...events.masks].flatMap((mask, i) =>
        (mask & 1) === 0 ? [] : [orderedAttempt(events, rules, i, eventIndex(events.masks))],
      )
      const level = Math.max(0, ...tried.map((attempt) => attempt.level))
      const first = tried.find((attempt) => attempt.level === level)
      const [found] = outcomesOf(events, rules, 0)
      expect(found?.attempt.level ?? 0).toBe(level)
      expect(found?.attempt.times).toEqual(first?.times)
    }),
    { numRuns: 3000 },
  )
})

test('[FN17] a hundred thousand views of a robot take no time', () => {
  const n = 100_000
  const events: FunnelEvents = {
    times: Float64Array.from({ length: n }, (_, i) => i * 10),
    masks: new Uint32Array(n).fill(1),
    held: null,
  }
  const [found] = outcomesOf(events, { ...rules, windowMs: 14 * 86_400_000 }, 0)
  expect(found?.attempt.level).toBe(1)
})
