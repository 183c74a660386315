import { describe, expect, test } from 'vitest'
import { funnelKernel, type FunnelGrouping, type FunnelKernelOptions } from './funnel-kernel.ts'
import type { FunnelRules } from './funnel-rules.ts'
import { emptyTally, mergeTallies } from './funnel-tally.ts'

/** `A0 B5 AB7`: letters are steps (A is the first), x and y exclusions, z nothing; the number is seconds. */
type Story = string

const rules = (steps: number, given: Partial<FunnelRules> = {}): FunnelRules => ({
  stepCount: steps,
  optional: new Array<boolean>(steps).fill(false),
  order: 'ordered',
  windowMs: 60_000,
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
  ...given,
})

function counted(
  stories: readonly Story[],
  asked: FunnelRules,
  more: Partial<Omit<FunnelKernelOptions, 'rules'>> = {},
) {
  const kernel = funnelKernel({
    rules: asked,
    grouping: { by: 'none' },
    firstTime: [],
    fromMs: Number.NEGATIVE_INFINITY,
    toMs: Number.POSITIVE_INFINITY,
    nowMs: Number.POSITIVE_INFINITY,
    timed: true,
    strictAmongSteps: false,
    ...more,
  })
  const letters = 'ABCDE'.slice(0, asked.stepCount)
  for (const story of stories) {
    // A word is letters, seconds, and after a colon the held or grouping value.
    const events = story.split(' ').map((word) => /^([A-Za-z]+)(-?[\d.]+)(?::(\d))?$/.exec(word))
    const values = Float64Array.from(events, (event) => Number(event?.[3] ?? 0))
    kernel.add({
      times: Float64Array.from(events, (event) => Number(event?.[2]) * 1000),
      masks: Uint32Array.from(events, (event) => {
        let mask = 0
        for (const letter of event?.[1] ?? '') {
          const step = letters.indexOf(letter)
          if (step >= 0) mask |= 1 << step
          if (letter === 'x') mask |= 1 << asked.stepCount
          if (letter === 'n') mask |= 1 << (asked.stepCount + 1)
        }
        return mask
      }),
      held: asked.hold === 'none' ? null : values,
      groups: more.grouping === undefined ? null : values,
    })
  }
  return kernel.tallies()
}

const total = (stories: readonly Story[], asked: FunnelRules, more = {}) =>
  counted(stories, asked, more).get(0) ?? emptyTally(asked.stepCount)

const x = { bit: 3, after: 1, before: 2 }

const cases: readonly (readonly [rule: string, story: Story, FunnelRules, number[]])[] = [
  ['[FN1] the window includes its end', 'A0 B60', rules(2), [1, 1]],
  ['[FN1] and nothing after it', 'A0 B60.001', rules(2), [1, 0]],
  ['[FN1] any entry may open the window', 'A0 A50 B67', rules(2), [1, 1]],
  ['[FN1] entry first: only the first may', 'A0 A50 B67', rules(2, { entry: 'first' }), [1, 0]],
  ['[FN1] A 0, A 30, B 45, C 75', 'A0 A30 B45 C75', rules(3), [1, 1, 1]],
  ['[FN1] the same by the first entry', 'A0 A30 B45 C75', rules(3, { entry: 'first' }), [1, 1, 0]],
  ['[FN1] a skipped step stops', 'A0 C5', rules(3), [1, 0, 0]],
  ['[FN1] out of order', 'B0 A5', rules(2), [1, 0]],
  ['[FN2] the same instant counts as in order', 'B0 A0', rules(2), [1, 1]],
  ['[FN2] one event never serves two steps', 'AB0', rules(2), [1, 0]],
  ['[FN2] overlapping steps at one instant are shared out', 'AB0 A0', rules(2), [1, 1]],
  ['[FN2] a later step takes what an earlier one can spare', 'A0 BC1 B1', rules(3), [1, 1, 1]],
  ['[FN2] strictly later', 'A0 B0 B1', rules(2, { ties: 'strict-increase' }), [1, 1]],
  ['[FN2] not strictly later', 'A0 B0', rules(2, { ties: 'strict-increase' }), [1, 0]],
  ['[FN3] strict: nothing between', 'A0 z1 B2', rules(2, { order: 'strict' }), [1, 0]],
  ['[FN3] strict: A B A on A, B, A', 'AC0 B5 AC7', rules(3, { order: 'strict' }), [1, 1, 1]],
  [
    '[FN3] strict: foreign at the instant of a step',
    'A0 z5 B5',
    rules(2, { order: 'strict' }),
    [1, 1],
  ],
  [
    '[FN3] strict: a repeat breaks, and opens anew',
    'A0 A1 B2',
    rules(2, { order: 'strict' }),
    [1, 1],
  ],
  [
    '[FN3] repeats may lie between',
    'A0 B1 B2 C3',
    rules(3, { order: 'strict-repeats' }),
    [1, 1, 1],
  ],
  ['[FN4] any order', 'B0 A5', rules(2, { order: 'any' }), [1, 1]],
  ['[FN4] the best window of several', 'A0 B50 C70 A80', rules(3, { order: 'any' }), [1, 1, 1]],
  ['[FN4] identical steps need two events', 'AB0', rules(2, { order: 'any' }), [1, 0]],
  [
    '[FN4] entry first: only the first window',
    'B0 A70 B80',
    rules(2, { order: 'any', entry: 'first' }),
    [1, 0],
  ],
  ['[FN5] each conversion lets in again', 'A0 B1 A2 B3 A4', rules(2, { count: 'totals' }), [3, 2]],
  ['[FN5] an open attempt lets nobody in', 'A0 A10 B20', rules(2, { count: 'totals' }), [1, 1]],
  ['[FN5] after the window they may', 'A0 A61 B62', rules(2, { count: 'totals' }), [2, 1]],
  [
    '[FN5] sessions are journeys of their own',
    'A0 A2000 B2010',
    rules(2, { count: 'sessions' }),
    [2, 1],
  ],
  [
    '[FN5] a step in another session is not reached',
    'A0 B2000',
    rules(2, { count: 'sessions', windowMs: 9e6 }),
    [1, 0],
  ],
  ['[FN6] leave: stays where they were', 'A0 x1 B2', rules(3, { exclusions: [x] }), [1, 0, 0]],
  [
    '[FN6] leave: a later entry is free of it',
    'A0 x1 A2 B3',
    rules(3, { exclusions: [x] }),
    [1, 1, 0],
  ],
  [
    '[FN6] remove: counts nowhere',
    'A0 x1 B2',
    rules(3, { exclusions: [x], exclusionEffect: 'remove' }),
    [0, 0, 0],
  ],
  [
    '[FN6] remove: a clean attempt that got as far counts',
    'A0 x1 A90',
    rules(3, { exclusions: [x], exclusionEffect: 'remove' }),
    [1, 0, 0],
  ],
  [
    '[FN6] after the step before which it is forbidden it is allowed',
    'A0 B1 x2 C3',
    rules(3, { exclusions: [x] }),
    [1, 1, 1],
  ],
  [
    '[FN6] at the instant of a step none counts',
    'A0 x1 B1',
    rules(3, { exclusions: [x] }),
    [1, 1, 0],
  ],
  [
    '[FN6] totals: an exclusion lets in again',
    'A0 x1 A2 B3',
    rules(3, { exclusions: [x], count: 'totals' }),
    [2, 1, 0],
  ],
  ['[FN7] optional and not done', 'A0 C1', rules(3, { optional: [false, true, false] }), [1, 0, 1]],
  ['[FN7] optional and done', 'A0 B1 C2', rules(3, { optional: [false, true, false] }), [1, 1, 1]],
  [
    '[FN7] done after its place',
    'A0 C1 B2',
    rules(3, { optional: [false, true, false] }),
    [1, 0, 1],
  ],
  [
    '[FN7] further beats more',
    'A0 B1 C2 E3',
    rules(5, { optional: [false, true, false, true, false] }),
    [1, 1, 1, 0, 1],
  ],
  [
    '[FN8] from the step before',
    'A0 B20 C45',
    rules(3, { windowMs: 9e6, stepWindows: { from: 'previous-step', ms: [0, 20_000, 20_000] } }),
    [1, 1, 0],
  ],
  [
    '[FN8] the newest step leaves most time',
    'A0 B10 B20 C40',
    rules(3, { windowMs: 9e6, stepWindows: { from: 'previous-step', ms: [0, 20_000, 20_000] } }),
    [1, 1, 1],
  ],
  ['[FN9] another value is another thing', 'A0:1 B1:2', rules(2, { hold: 'customer' }), [1, 0]],
  [
    '[FN9] the entry with the right value counts',
    'A0:1 A1:2 B2:2',
    rules(2, { hold: 'customer' }),
    [1, 1],
  ],
  ['[FN9] once for each value', 'A0:1 A1:2 B2:2', rules(2, { hold: 'each-value' }), [2, 1]],
  ['[FN2] grace: a second before', 'B4 A5', rules(2, { graceMs: 2000 }), [1, 1]],
]

describe('one customer', () => {
  test.each(cases)('%s: %s', (_rule, story, asked, reached) => {
    expect(total([story], asked).reached).toEqual(reached)
  })
})

describe('[FN10] first time', () => {
  const event = [{ of: 'event' as const, named: 3, matching: 0 }]
  const matching = [{ of: 'matching' as const, named: 3, matching: 0 }]
  // "n" is an event with the name of the first step that fails its conditions.
  test.each([
    ['the first of the name passes', 'An0 B1', event, [1, 1]],
    ['the first of the name fails', 'n0 An1 B2', event, [0, 0]],
    ['the first that passes', 'n0 An1 B2', matching, [1, 1]],
    ['a second does not count', 'A-90 A0 B1', matching, [0, 0]],
  ])('%s', (_name, story, firstTime, reached) => {
    const more = { firstTime, fromMs: 0 }
    expect(total([story], rules(2), more).reached).toEqual(reached)
  })
})

test('[FN11] in progress: the newest window is open and nobody converted', () => {
  const at = (nowMs: number, story: Story) => total([story], rules(2), { nowMs }).inProgress
  expect(at(60_000, 'A0')).toBe(1)
  expect(at(60_001, 'A0')).toBe(0)
  expect(at(61_000, 'A0 A5')).toBe(1)
  expect(at(1000, 'A0 B1')).toBe(0)
})

describe('[FN12] groups', () => {
  const groups = (story: Story, grouping: FunnelGrouping, given: Partial<FunnelRules> = {}) =>
    Object.fromEntries(
      [...counted([story], rules(3, given), { grouping })].map(([group, { reached }]) => [
        group,
        reached,
      ]),
    )
  const story = 'A0:1 B1:2 B2:1 C3:1'
  test.each<readonly [string, FunnelGrouping, object]>([
    ['value at step 1', { by: 'step', step: 1 }, { 1: [1, 1, 1] }],
    ['value at step 2: in two groups', { by: 'step', step: 2 }, { 1: [1, 1, 1], 2: [1, 1, 1] }],
    ['first touch', { by: 'first-touch' }, { 1: [1, 1, 1] }],
    ['last touch', { by: 'last-touch' }, { 1: [1, 1, 1] }],
    ['a funnel over the events of each value', { by: 'all-events' }, { 1: [1, 1, 1] }],
  ])('%s', (_name, grouping, expected) => {
    expect(groups(story, grouping)).toEqual(expected)
  })
  test('entries have the value of the event that each used', () => {
    const entries = groups('A0:1 B1 A70:2', { by: 'step', step: 1 }, { count: 'totals' })
    expect(entries).toEqual({ 1: [1, 1, 0], 2: [1, 0, 0] })
  })
})

describe('[FN13] times', () => {
  const story = 'A0 A10 B15 A20 B26'
  test.each([
    ['earliest-entry', 15_000],
    ['first-completion', 5000],
    ['latest-entry', 6000],
  ] as const)('of the %s', (timedBy, ms) => {
    expect(total([story], rules(2, { timedBy })).totalMs).toEqual([ms])
  })
  test('between are the earliest events that fit', () => {
    const { stepMs } = total(['A0 B10 B20 C30'], rules(3))
    expect(stepMs).toEqual([[], [10_000], [20_000]])
  })
})

test('[FN12] tallies of parts add up to the whole', () => {
  const stories = ['A0 B1', 'A0', 'A0 B9 C10', 'B0']
  const whole = total(stories, rules(3))
  const parts = stories.map((story) => total([story], rules(3)))
  expect(parts.reduce(mergeTallies)).toEqual(whole)
})
