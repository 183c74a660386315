import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventIndex } from './event-index.ts'
import { funnelKernel } from './funnel-kernel.ts'
import type { FunnelRules } from './funnel-rules.ts'

const plain: FunnelRules = {
  stepCount: 3,
  optional: [false, false, false],
  order: 'ordered',
  windowMs: 1e12,
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

const LENGTH = 200_000

/** A robot: every event is the first step, one in the middle the second; values all differ. */
function reached(rules: FunnelRules): readonly number[] {
  const kernel = funnelKernel({
    rules,
    grouping: { by: 'none' },
    firstTime: [],
    fromMs: Number.NEGATIVE_INFINITY,
    toMs: Number.POSITIVE_INFINITY,
    nowMs: 1e15,
    timed: true,
    strictAmongSteps: false,
  })
  const masks = new Uint32Array(LENGTH).fill(1)
  masks[LENGTH / 2] = 2
  kernel.add({
    times: Float64Array.from(masks, (_, i) => i * 1000),
    masks,
    held: rules.hold === 'none' ? null : Float64Array.from(masks, (_, i) => i),
    groups: null,
  })
  return kernel.tallies().get(0)?.reached ?? []
}

// The square of the events, 40,000 million looks, would outlast the time of a test by far.
describe('[FN18] a journey of 200,000 entries takes no square of them', () => {
  test.each<readonly [string, Partial<FunnelRules>, readonly number[]]>([
    ['exclusions', { exclusions: [{ bit: 3, after: 1, before: 3 }] }, [1, 1, 0]],
    ['the latest entry', { timedBy: 'latest-entry' }, [1, 1, 0]],
    ['the first completion', { timedBy: 'first-completion' }, [1, 1, 0]],
    ['optional steps', { optional: [false, true, false] }, [1, 1, 0]],
    [
      'windows of their own',
      { stepWindows: { from: 'previous-step', ms: [0, 1e12, 1e12] } },
      [1, 1, 0],
    ],
    ['grace', { graceMs: 2000 }, [1, 1, 0]],
    ['later by all means', { ties: 'strict-increase' }, [1, 1, 0]],
    ['any order', { order: 'any', exclusions: [{ bit: 3, after: 1, before: 3 }] }, [1, 1, 0]],
    ['held', { hold: 'customer' }, [1, 0, 0]],
    ['each held value', { hold: 'each-value' }, [LENGTH - 1, 0, 0]],
    ['each entry', { count: 'totals', windowMs: 60_000 }, [3279, 1, 0]],
  ])('%s', (_name, given, expected) => {
    expect(reached({ ...plain, ...given })).toEqual(expected)
  })
})

test('[FN18] long journeys are looked up as short ones are walked', () => {
  const masks = fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 65, maxLength: 90 })
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 15 }), fc.nat({ max: 95 }), (all, bits, from) => {
      const found = eventIndex(Uint32Array.from(all))(bits, from)
      const walked = all.findIndex((mask, i) => i >= from && (mask & bits) !== 0)
      expect(found).toBe(walked < 0 ? all.length : walked)
    }),
  )
})
