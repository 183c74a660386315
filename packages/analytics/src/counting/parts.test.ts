import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planFunnel } from '../funnel/funnel-plan.ts'
import type { FunnelQuestion } from '../funnel/funnel.ts'
import type { NativeBlock, NativeColumn } from '../journey/native-block.ts'
import { isMisfit } from '../selection/misfit.ts'
import { type Counting, counterOf } from './counting.ts'

// SPEC.md, "Counting": [CN1] for every kind beside the living map, whose law is [LM17].

// Node's own; these packages know no platform.
declare function structuredClone<T>(value: T): T

/** One customer's events: minutes, code, two further numbers. */
type Story = readonly (readonly [minute: number, code: number, x0: number, x1: number])[]

const story = (codes: number, least: number): fc.Arbitrary<Story> =>
  fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: codes }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: least, max: 3 }),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((events) => events.toSorted((a, b) => a[0] - b[0]))

const MINUTE = 60_000
const shape = { columns: 2 }

function blockOf(stories: readonly Story[]): NativeBlock {
  const events = stories.flat()
  let end = 0
  const ends = Uint32Array.from(stories, ({ length }) => (end += length))
  const column = (type: string, values: NativeColumn['values']): NativeColumn => ({
    type,
    values,
    ends,
  })
  const numbers = (i: 0 | 2 | 3, scale = 1) =>
    Float64Array.from(events, (event) => event[i] * scale)
  return {
    rows: stories.length,
    columns: new Map([
      ['times', column('Array(Float64)', numbers(0, MINUTE))],
      [
        'codes',
        column(
          'Array(UInt32)',
          Uint32Array.from(events, ([, code]) => code),
        ),
      ],
      ['x0', column('Array(Float64)', numbers(2))],
      ['x1', column('Array(Float64)', numbers(3))],
    ]),
  }
}

function funnel(given: Partial<FunnelQuestion>): Counting {
  const question: FunnelQuestion = {
    kind: 'funnel',
    steps: ['a', 'b', 'c'],
    windowMs: 60 * MINUTE,
    ...given,
  }
  const plan = planFunnel(question, {
    kinds: [],
    touchpointRule: () => null,
    period: null,
    nowMs: 200 * MINUTE,
    customers: null,
  })
  if (isMisfit(plan)) throw new Error(plan.expected)
  return { kind: 'funnel', shape, plan, histogram: null, texts: ['x', 'y'] }
}

const sessions = {
  gapMs: 30 * MINUTE,
  midnights: null,
  maxMs: null,
  byValue: false,
  bounded: false,
  bounce: 'engaged' as const,
  begun: { fromMs: 60 * MINUTE, toMs: 200 * MINUTE },
}
const paths = {
  gap: { ms: 30 * MINUTE, cuts: 'over' as const },
  begun: null,
  runs: 'collapse' as const,
  start: new Set<number>(),
  end: new Set<number>(),
  through: new Set<number>(),
  steps: 3,
}
const items = ['', 'a', 'b', 'c', 'd']

const countings: Readonly<Record<string, Counting>> = {
  funnel: funnel({}),
  'funnel by value': funnel({ breakdown: { property: 'x', limit: 2 } }),
  'funnel of each value': funnel({
    hold: ['y'],
    holdCounts: 'each-value',
    breakdown: { property: 'x', at: 'all-events' },
  }),
  'funnel of entries': funnel({ count: 'totals', breakdown: { property: 'x', at: { step: 1 } } }),
  paths: { kind: 'paths', shape, rules: paths, items, perColumn: 2, edgeLimit: null },
  graph: { kind: 'graph', shape, rules: { gap: null, runs: 'keep' }, items },
  sessions: { kind: 'sessions', shape, rules: sessions, foreground: true, list: true },
  'sessions by value': {
    kind: 'sessions',
    shape,
    rules: { ...sessions, byValue: true },
    foreground: false,
    list: true,
  },
  retention: {
    kind: 'retention',
    shape,
    rules: {
      bounds: Float64Array.of(0, 100 * MINUTE, 200 * MINUTE, 300 * MINUTE),
      cohorts: 3,
      columns: [
        [1, 1],
        [2, 2],
      ],
      cohort: 'recurring',
      mode: 'on',
      rollingMs: null,
      minReturns: 1,
    },
  },
  metrics: {
    kind: 'metrics',
    shape,
    rules: {
      sessions,
      bounce: 'engaged',
      per: 'sessions',
      abandonAfterMs: 60 * MINUTE,
      nowMs: 200 * MINUTE,
    },
    foreground: true,
  },
  'page times': {
    kind: 'page-times',
    shape,
    gapMs: 30 * MINUTE,
    begun: null,
    foreground: false,
    pages: items,
  },
}

test.each(Object.entries(countings))(
  '[CN1] %s: parts over disjoint customers add up to the whole, in whatever order',
  (_, counting) => {
    // Metrics know twelve bits; an item is one of four.
    const codes = counting.kind === 'metrics' ? 4095 : counting.kind === 'funnel' ? 7 : 4
    const least = counting.kind === 'metrics' ? -2 : 0
    const stories = fc.array(story(codes, least), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(stories, fc.nat(12), fc.boolean(), (all, cut, reversed) => {
        const whole = counterOf(counting)
        whole.add(blockOf(all))
        const parts = [all.slice(0, cut), all.slice(cut, cut + 3), all.slice(cut + 3)].map((of) => {
          const counter = counterOf(counting)
          for (const one of of) counter.add(blockOf([one]))
          // As it crosses to another thread.
          return structuredClone(counter.part())
        })
        const sum = counterOf(counting)
        for (const part of reversed ? parts.toReversed() : parts) sum.merge(part)
        expect(sum.counted()).toEqual(whole.counted())
      }),
      { numRuns: 60 },
    )
  },
)

test('[CN2] a part of something else is not taken in', () => {
  const one = counterOf(funnel({}))
  const other = counterOf({ kind: 'graph', shape, rules: { gap: null, runs: 'keep' }, items })
  expect(() => one.merge(other.part())).toThrow("counted 'graph' where 'funnel' was asked for")
})
