import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyOrderAttempt } from './any-order.ts'
import type { FunnelEvents, FunnelRules } from './funnel-rules.ts'
import { outcomesOf } from './funnel-unit.ts'

// SPEC.md, "Funnels": [FN20] all of the first steps, in any order.

const rules = (steps: number, given: Partial<FunnelRules> = {}): FunnelRules => ({
  stepCount: steps,
  optional: new Array<boolean>(steps).fill(false),
  order: 'all-first',
  windowMs: 60,
  stepWindows: null,
  entry: 'any',
  timedBy: 'earliest-entry',
  count: 'customers',
  ties: 'step-order',
  graceMs: 0,
  exclusions: [],
  exclusionEffect: 'leave',
  hold: 'none',
  sessionGapMs: 1800,
  ...given,
})

/** `A0 B5 AB7`: letters are steps, x an exclusion; the number is milliseconds. */
function eventsOf(story: string, steps: number): FunnelEvents {
  const words = story.split(' ').map((word) => /^([A-Dx]+)(\d+)$/.exec(word))
  return {
    times: Float64Array.from(words, (word) => Number(word?.[2])),
    masks: Uint32Array.from(words, (word) =>
      Array.from(word?.[1] ?? '').reduce(
        (mask, letter) => mask | (1 << (letter === 'x' ? steps : 'ABCD'.indexOf(letter))),
        0,
      ),
    ),
    held: null,
  }
}

describe('[FN20] by hand', () => {
  const cases: readonly (readonly [name: string, string, level: number, Partial<FunnelRules>])[] = [
    ['the last first', 'C0 B10 A20', 3, {}],
    ['without the first nobody is in', 'B0 C10', 0, {}],
    ['the first alone', 'A0 C10', 1, {}],
    ['two of three, where any would count two as well', 'B0 A10', 2, {}],
    ['a third that is no first one does not help', 'C0 A10', 1, {}],
    ['not all in one window', 'C0 A50 B61', 2, {}],
    ['the window includes its end', 'C0 A50 B60', 3, {}],
    ['the best window of several', 'A0 A100 C110 B120', 3, {}],
    ['one event serves one step', 'AB0 C1', 1, {}],
    ['shared out so that all are served', 'AB0 A1 C2', 3, {}],
    ['only the first window', 'C0 A70 B80', 0, { entry: 'first' }],
    [
      'an exclusion takes it away again',
      'B0 A10 x20 C30',
      2,
      { exclusions: [{ bit: 3, after: 2, before: 3 }] },
    ],
  ]
  test.each(cases)('%s: %s', (_name, story, level, given) => {
    expect(anyOrderAttempt(eventsOf(story, 3), rules(3, given))?.level ?? 0).toBe(level)
  })

  test('times run along the events, and each step knows its own', () => {
    const attempt = anyOrderAttempt(eventsOf('C0 B10 A25', 3), rules(3))
    expect([...(attempt?.times ?? [])]).toEqual([0, 10, 25])
    expect([...(attempt?.events ?? [])]).toEqual([2, 1, 0])
  })

  test('each entry counts, and who is not through is in progress until the window ends', () => {
    const totals = rules(2, { count: 'totals' })
    const levels = (story: string) =>
      outcomesOf(eventsOf(story, 2), totals, 1000).map(({ attempt }) => attempt.level)
    expect(levels('B0 A10 A20 A100')).toEqual([2, 1, 1])
    const open = (nowMs: number) =>
      outcomesOf(eventsOf('A0 C30', 3), rules(3), nowMs).map(({ inProgress }) => inProgress)
    expect([open(90), open(91)]).toEqual([[true], [false]])
  })
})

test('[FN20] no other events reach further', () => {
  const story = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 15 })), {
    minLength: 1,
    maxLength: 7,
  })
  fc.assert(
    fc.property(story, fc.integer({ min: 0, max: 12 }), (events, windowMs) => {
      const sorted = events.toSorted(([a], [b]) => a - b)
      const times = Float64Array.from(sorted, ([ms]) => ms)
      const masks = Uint32Array.from(sorted, ([, mask]) => mask)
      const attempt = anyOrderAttempt({ times, masks, held: null }, rules(4, { windowMs }))
      expect(attempt?.level ?? 0).toBe(furthestOf(sorted, windowMs, 4))
    }),
    { numRuns: 300 },
  )
})

/** Every choice of one event a step, tried. */
function furthestOf(
  events: readonly (readonly [ms: number, mask: number])[],
  windowMs: number,
  steps: number,
): number {
  const within = (chosen: readonly number[]): boolean => {
    const at = chosen.map((event) => events[event]?.[0] ?? 0)
    return chosen.length === 0 || Math.max(...at) - Math.min(...at) <= windowMs
  }
  const reach = (chosen: readonly number[]): number => {
    if (!within(chosen)) return chosen.length - 1
    if (chosen.length === steps) return steps
    const bit = 1 << chosen.length
    let most = chosen.length
    events.forEach(([, mask], event) => {
      if ((mask & bit) !== 0 && !chosen.includes(event)) {
        most = Math.max(most, reach([...chosen, event]))
      }
    })
    return most
  }
  return Math.max(0, reach([]))
}
