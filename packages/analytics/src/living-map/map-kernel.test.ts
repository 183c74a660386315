import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MapKernel } from './map-kernel.ts'
import {
  conformance,
  instead,
  moneyAtRisk,
  stepCounts,
  transitions,
  unmapped,
} from './map-measures.ts'
import { MINUTE, type Story, STRAYS, storyBlock, storyPlan, tallyOf } from './map-stories.ts'

// SPEC.md, "The living map": every number by hand on small journeys. Minutes; the window is 60 of them.

describe('[LM1] customers and visits', () => {
  test.each<[string, readonly Story[], readonly number[], readonly number[]]>([
    ['one visit', [[['A', 0]]], [1, 0, 0], [1, 0, 0]],
    [
      'a run of the same step is one visit',
      [
        [
          ['A', 0],
          ['A', 10],
          ['A', 40],
        ],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'more than 30 min between: two visits',
      [
        [
          ['A', 0],
          ['A', 30.001],
        ],
      ],
      [1, 0, 0],
      [2, 0, 0],
    ],
    [
      'exactly 30 min stays one visit',
      [
        [
          ['A', 0],
          ['A', 30],
        ],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'the pause counts from the last event of the run',
      [
        [
          ['A', 0],
          ['A', 25],
          ['A', 50],
          ['A', 81],
        ],
      ],
      [1, 0, 0],
      [2, 0, 0],
    ],
    [
      'unmapped events do not break a run',
      [
        [
          ['A', 0],
          ['x', 5],
          ['A', 10],
        ],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'another step breaks it',
      [
        [
          ['A', 0],
          ['B', 5],
          ['A', 10],
        ],
      ],
      [1, 1, 0],
      [2, 1, 0],
    ],
    [
      'the period is half-open',
      [[['A', 0]], [['B', 1000]], [['B', 999.999]]],
      [1, 1, 0],
      [1, 1, 0],
    ],
    [
      'before the period nothing counts',
      [
        [
          ['A', -1],
          ['B', 1],
        ],
      ],
      [0, 1, 0],
      [0, 1, 0],
    ],
    [
      'customers are counted once',
      [
        [
          ['A', 0],
          ['A', 100],
        ],
        [['A', 0]],
      ],
      [2, 0, 0],
      [3, 0, 0],
    ],
  ])('%s', (_name, stories, customers, visits) => {
    const tally = tallyOf('ABC', stories)
    expect([...tally.customers]).toEqual(customers)
    expect([...tally.visits]).toEqual(visits)
  })
})

test('[LM2] stages count distinct customers over their steps', () => {
  const tally = tallyOf('AB|C', [
    [
      ['A', 0],
      ['B', 1],
      ['A', 2],
    ],
    [
      ['C', 0],
      ['B', 1],
    ],
    [['C', 0]],
  ])
  expect([...tally.stageCustomers]).toEqual([2, 2])
  expect(tally.entrants).toBe(3)
})

describe('[LM3] moved on and next step', () => {
  test.each<[string, string, Story, readonly number[], readonly number[]]>([
    [
      'to the next',
      'ABC',
      [
        ['A', 0],
        ['B', 5],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'a skip moves on but does not reach the next',
      'ABC',
      [
        ['A', 0],
        ['C', 5],
      ],
      [1, 0, 0],
      [0, 0, 0],
    ],
    [
      'on the last millisecond of the window',
      'ABC',
      [
        ['A', 0],
        ['B', 60],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'one millisecond later',
      'ABC',
      [
        ['A', 0],
        ['B', 60 + 1 / MINUTE],
      ],
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      'a later visit may be the one in time',
      'ABC',
      [
        ['A', 0],
        ['A', 100],
        ['B', 120],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'back is not on',
      'ABC',
      [
        ['B', 0],
        ['A', 5],
      ],
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      'back and then on',
      'ABC',
      [
        ['B', 0],
        ['A', 5],
        ['C', 10],
      ],
      [1, 1, 0],
      [0, 1, 0],
    ],
    [
      'the same instant, in order',
      'ABC',
      [
        ['A', 0],
        ['B', 0],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'the same instant, other order',
      'ABC',
      [
        ['B', 0],
        ['A', 0],
      ],
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      'an optional step is not the next',
      'AbC',
      [
        ['A', 0],
        ['B', 5],
      ],
      [1, 0, 0],
      [0, 0, 0],
    ],
    [
      'the next behind an optional step',
      'AbC',
      [
        ['A', 0],
        ['B', 5],
        ['C', 9],
      ],
      [1, 1, 0],
      [1, 1, 0],
    ],
    [
      'the next after the period still counts',
      'ABC',
      [
        ['A', 999],
        ['B', 1050],
      ],
      [1, 0, 0],
      [1, 0, 0],
    ],
    [
      'steps between two visits do not hide the later one',
      'ABCD',
      [
        ['B', 0],
        ['A', 1],
        ['A', 40],
        ['D', 50],
      ],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
    ],
  ])('%s', (_name, design, story, movedOn, reachedNext) => {
    const tally = tallyOf(design, [story])
    expect([...tally.movedOn]).toEqual(movedOn)
    expect([...tally.reachedNext]).toEqual(reachedNext)
  })
})

test('[LM3] the last obligatory step has no next', () => {
  const steps = stepCounts(
    tallyOf('ABc', [
      [
        ['B', 0],
        ['C', 1],
      ],
    ]),
    false,
  )
  expect(steps.map((step) => step.reachedNext)).toEqual([0, null, null])
  expect(steps.map((step) => step.nextShare)).toEqual([null, null, null])
})

describe('[LM4] way back: the next visit is to an earlier step', () => {
  test.each<[string, Story, readonly number[]]>([
    [
      'back',
      [
        ['B', 0],
        ['A', 5],
      ],
      [0, 1, 0],
    ],
    [
      'on first, back later',
      [
        ['B', 0],
        ['C', 5],
        ['A', 9],
      ],
      [0, 0, 1],
    ],
    [
      'the same step again is not back',
      [
        ['B', 0],
        ['B', 100],
        ['A', 200],
      ],
      [0, 1, 0],
    ],
    [
      'twice counts the customer once',
      [
        ['B', 0],
        ['A', 1],
        ['B', 2],
        ['A', 3],
      ],
      [0, 1, 0],
    ],
    [
      'however long it takes',
      [
        ['C', 0],
        ['A', 900],
      ],
      [0, 0, 1],
    ],
  ])('%s', (_name, story, wentBack) => {
    expect([...tallyOf('ABC', [story]).wentBack]).toEqual(wentBack)
  })
})

describe('[LM5] left, in progress, goal ended, continued', () => {
  const open = { nowMs: 110 * MINUTE }
  test.each<[string, Story, object, readonly number[], readonly number[], number, number]>([
    [
      'the last visit is where they left',
      [
        ['A', 0],
        ['B', 5],
      ],
      {},
      [0, 1, 0],
      [0, 0, 0],
      0,
      0,
    ],
    [
      'at the goal nobody leaves',
      [
        ['A', 0],
        ['C', 5],
      ],
      {},
      [0, 0, 0],
      [0, 0, 0],
      1,
      0,
    ],
    [
      'after the goal one may leave elsewhere',
      [
        ['C', 0],
        ['A', 5],
      ],
      {},
      [1, 0, 0],
      [0, 0, 0],
      0,
      0,
    ],
    ['window still open', [['A', 60]], open, [0, 0, 0], [1, 0, 0], 0, 0],
    ['on its last millisecond', [['A', 50]], open, [0, 0, 0], [1, 0, 0], 0, 0],
    ['one millisecond later', [['A', 50 - 1 / MINUTE]], open, [1, 0, 0], [0, 0, 0], 0, 0],
    [
      'a visit after the period, in time',
      [
        ['A', 990],
        ['A', 1040],
      ],
      {},
      [0, 0, 0],
      [0, 0, 0],
      0,
      1,
    ],
    [
      'a visit after the period, too late',
      [
        ['A', 990],
        ['B', 1051],
      ],
      {},
      [1, 0, 0],
      [0, 0, 0],
      0,
      0,
    ],
    ['nobody without a visit', [['x', 5]], {}, [0, 0, 0], [0, 0, 0], 0, 0],
  ])('%s', (_name, story, change, left, inProgress, goalEnded, continued) => {
    const tally = tallyOf('ABC!', [story], change)
    expect([...tally.left]).toEqual(left)
    expect([...tally.open]).toEqual(inProgress)
    expect(tally.goalEnded).toBe(goalEnded)
    expect(tally.continued).toBe(continued)
  })
})

test('[LM6] time to the next: from each visit to the first later visit of a later step, in the window', () => {
  // A: 10 (skipping A again), 5 from the second visit; 60 allowed; 61 not.
  const tally = tallyOf('ABC', [
    [
      ['A', 0],
      ['B', 10],
    ],
    [
      ['A', 0],
      ['A', 35],
      ['C', 40],
    ],
    [
      ['A', 0],
      ['C', 60],
    ],
    [
      ['A', 0],
      ['C', 61],
    ],
  ])
  const [a, b] = stepCounts(tally, false)
  // 10, 40, 5, 60 → median 25, p90 = 40 + 0.7 × 20
  expect(a!.medianToNextMs).toBe(25 * MINUTE)
  expect(a!.p90ToNextMs).toBe(54 * MINUTE)
  expect(b!.medianToNextMs).toBeNull()
})

describe('[LM7] entrants, completions, in progress', () => {
  const late = { nowMs: 1020 * MINUTE }
  test.each<
    [
      string,
      readonly Story[],
      object,
      { entrants: number; completions: number; inProgress: number },
    ]
  >([
    [
      'who reaches the goal completes',
      [
        [
          ['A', 0],
          ['C$', 5],
        ],
        [['A', 0]],
      ],
      {},
      { entrants: 2, completions: 1, inProgress: 0 },
    ],
    [
      'once',
      [
        [
          ['A', 0],
          ['C$', 5],
          ['C$', 50],
        ],
      ],
      {},
      { entrants: 1, completions: 1, inProgress: 0 },
    ],
    [
      'the goal may be no step',
      [
        [
          ['A', 0],
          ['.$', 5],
        ],
      ],
      {},
      { entrants: 1, completions: 1, inProgress: 0 },
    ],
    [
      'but then it must follow a visit',
      [
        [
          ['.$', 0],
          ['A', 5],
        ],
      ],
      {},
      { entrants: 1, completions: 0, inProgress: 0 },
    ],
    [
      'within the window of it',
      [
        [
          ['A', 0],
          ['.$', 61],
        ],
      ],
      {},
      { entrants: 1, completions: 0, inProgress: 0 },
    ],
    [
      'also after the period',
      [
        [
          ['A', 999],
          ['C$', 1050],
        ],
      ],
      {},
      { entrants: 1, completions: 1, inProgress: 0 },
    ],
    [
      'who has time is in progress',
      [[['A', 990]], [['A', 100]]],
      late,
      { entrants: 2, completions: 0, inProgress: 1 },
    ],
    [
      'who completed is not',
      [
        [
          ['C$', 980],
          ['A', 990],
        ],
      ],
      late,
      { entrants: 1, completions: 1, inProgress: 0 },
    ],
    [
      'money given back is no goal',
      [
        [
          ['A', 0],
          ['C$', 5, -20],
        ],
      ],
      {},
      { entrants: 1, completions: 0, inProgress: 0 },
    ],
    ['nobody', [], {}, { entrants: 0, completions: 0, inProgress: 0 }],
  ])('%s', (_name, stories, change, expected) => {
    const { entrants, completions, inProgress } = tallyOf('ABC!', stories, change)
    expect({ entrants, completions, inProgress }).toEqual(expected)
  })
})

describe('[LM8] goal money', () => {
  test.each<[string, Story, number]>([
    [
      'of all goal events',
      [
        ['A', 0],
        ['C$', 5, 30],
        ['C$', 50, 12.5],
      ],
      42.5,
    ],
    [
      'refunds subtract',
      [
        ['A', 0],
        ['C$', 5, 30],
        ['x$', 20, -30],
        ['C$', 50, 10],
      ],
      10,
    ],
    [
      'a refund without a goal before is not of this map',
      [
        ['A', 0],
        ['x$', 5, -30],
      ],
      0,
    ],
  ])('%s', (_name, story, money) => {
    expect(tallyOf('ABC!', [story]).goalMoney / 10_000).toBe(money)
  })
})

describe('[LM9] money at risk: left × mean goal value of those who moved on', () => {
  test('by hand', () => {
    // A: two left. Moved on from A: one with 90, one with 0 → mean 45, at risk 90.
    // B: one left. Moved on from B: one with 90 → at risk 90.
    const tally = tallyOf('ABC!', [
      [['A', 0]],
      [['A', 0]],
      [
        ['A', 0],
        ['B', 5],
        ['C$', 9, 90],
      ],
      [
        ['A', 0],
        ['B', 5],
      ],
    ])
    expect(moneyAtRisk(tally, 0)).toEqual({ amount: 90, low: null, high: null, n: 2 })
    expect(moneyAtRisk(tally, 1)).toEqual({ amount: 90, low: null, high: null, n: 1 })
    expect(moneyAtRisk(tally, 2)).toBeNull()
  })
  test('only money within the window of the visit they moved on from', () => {
    const tally = tallyOf('ABC!', [
      [
        ['A', 0],
        ['B', 5],
        ['C$', 60, 10],
        ['C$', 61, 1000],
      ],
      [
        ['C$', 0, 500],
        ['A', 10],
        ['B', 15],
      ],
      [['A', 0]],
    ])
    expect(moneyAtRisk(tally, 0)?.amount).toBe(5)
  })
  test('who gives back more than they buy has nothing at risk, and takes nothing from others', () => {
    const tally = tallyOf('ABC!', [
      [
        ['A', 0],
        ['B', 5],
        ['x$', 9, -70],
      ],
      [
        ['A', 0],
        ['C$', 5, 40],
        ['x$', 9, -10],
      ],
      [['A', 0]],
    ])
    expect(moneyAtRisk(tally, 0)?.amount).toBe(15)
  })
  test('with an interval from five customers on, the same each time', () => {
    const bought = (value: number): Story => [
      ['A', 0],
      ['C$', 5, value],
    ]
    const tally = tallyOf('ABC!', [...[10, 20, 30, 40, 50].map(bought), [['A', 0]]])
    const risk = moneyAtRisk(tally, 0)!
    expect(risk.amount).toBe(30)
    expect(risk.n).toBe(5)
    expect(risk.low).toBeGreaterThanOrEqual(10)
    expect(risk.low).toBeLessThan(26)
    expect(risk.high).toBeGreaterThan(34)
    expect(risk.high).toBeLessThanOrEqual(50)
    expect(moneyAtRisk(tally, 0)).toEqual(risk)
  })
})

describe('[LM10] conformance and fitness', () => {
  test.each<[string, string, Story, boolean | null, number | null]>([
    [
      'the designed way',
      'ABC!',
      [
        ['A', 0],
        ['B', 1],
        ['C$', 2],
      ],
      true,
      1,
    ],
    [
      'left half-way, nothing skipped',
      'ABC!',
      [
        ['A', 0],
        ['B', 1],
      ],
      true,
      1,
    ],
    [
      'a skipped obligatory step',
      'ABC!',
      [
        ['A', 0],
        ['C$', 2],
      ],
      false,
      1 - 1 / 5,
    ],
    [
      'a skipped optional step',
      'AbC!',
      [
        ['A', 0],
        ['C$', 2],
      ],
      true,
      1,
    ],
    [
      'coming in late skips what lies before',
      'ABC!',
      [
        ['B', 0],
        ['C$', 2],
      ],
      false,
      1 - 1 / 5,
    ],
    [
      'first visits out of order',
      'ABC!',
      [
        ['B', 0],
        ['A', 1],
        ['C$', 2],
      ],
      false,
      1 - 1 / 6,
    ],
    [
      'going back to a known step keeps the order',
      'ABC!',
      [
        ['A', 0],
        ['B', 1],
        ['A', 2],
        ['C$', 3],
      ],
      true,
      1 - 1 / 7,
    ],
    [
      'two ways back and a skip',
      'ABCD!',
      [
        ['B', 0],
        ['A', 1],
        ['B', 2],
        ['A', 3],
        ['D$', 4],
      ],
      false,
      1 - 3 / 9,
    ],
  ])('%s', (_name, design, story, conforms, fitness) => {
    const measure = conformance(tallyOf(design, [story]))
    expect(measure.finished).toBe(1)
    expect(measure.conforming === 1).toBe(conforms)
    expect(measure.meanFitness).toBeCloseTo(fitness!, 12)
  })
  test('journeys in progress are not judged', () => {
    expect(conformance(tallyOf('ABC!', [[['B', 0]]], { nowMs: 30 * MINUTE }))).toEqual({
      finished: 0,
      conforming: 0,
      share: null,
      meanFitness: null,
    })
  })
})

test('[LM11] directly-follows edges: from ≠ to, count, customers, median', () => {
  const tally = tallyOf('ABC', [
    [
      ['A', 0],
      ['B', 10],
      ['A', 20],
      ['B', 50],
    ],
    [
      ['A', 0],
      ['A', 100],
      ['C', 110],
    ],
    [
      ['A', 0],
      ['B', 20],
    ],
    [
      ['A', 999],
      ['C', 1005],
      ['B', 1006],
    ],
  ])
  expect(transitions(tally)).toEqual([
    { from: 'A', to: 'B', count: 3, customers: 2, medianMs: 20 * MINUTE },
    { from: 'A', to: 'C', count: 2, customers: 2, medianMs: 8 * MINUTE },
    { from: 'B', to: 'A', count: 1, customers: 1, medianMs: 10 * MINUTE },
  ])
})

const groups = STRAYS.map((event) => ({ event, path: '' }))

test('[LM12] unmapped behaviour of the entrants in the period, by customers', () => {
  const tally = tallyOf('ABC', [
    [
      ['x', 0],
      ['A', 1],
      ['x', 2],
      ['y', 3],
    ],
    [
      ['y', 0],
      ['A', 1],
    ],
    [['z', 0]],
    [
      ['A', 0],
      ['z', 1001],
    ],
  ])
  expect(unmapped(tally, groups, 20)).toEqual([
    { event: 'y', path: '', customers: 2, events: 2 },
    { event: 'x', path: '', customers: 1, events: 2 },
  ])
})

test('[LM18] outside: customers with an event in the period and no visit in it', () => {
  const tally = tallyOf('ABC', [
    [['x', 0]],
    [['.', 5]],
    [['x', -1]],
    [
      ['x', 5],
      ['A', 1001],
    ],
    [['A', 0]],
  ])
  expect(tally.outside).toBe(3)
  expect(tally.entrants).toBe(1)
})

test('[LM13] instead: what those who left did within the window after', () => {
  const tally = tallyOf('ABC', [
    [
      ['x', 0],
      ['A', 1],
      ['y', 2],
      ['y', 3],
      ['x', 62],
    ],
    [
      ['A', 1],
      ['y', 2],
      ['B', 3],
    ],
    [
      ['A', 1],
      ['z', 61],
    ],
  ])
  expect(instead(tally, 0, groups, 5)).toEqual([
    { event: 'y', path: '', customers: 1, events: 2 },
    { event: 'z', path: '', customers: 1, events: 1 },
  ])
  expect([...tally.movedDid.subarray(0, 3)]).toEqual([0, 1, 0])
})

test('[LM14] the trend counts customers per slice of the period', () => {
  const [a] = stepCounts(
    tallyOf('AB', [
      [
        ['A', 0],
        ['A', 50],
        ['A', 150],
      ],
      [['A', 999]],
    ]),
    false,
  )
  expect(a!.trend).toEqual([1, 1, 0, 0, 0, 0, 0, 0, 0, 1])
})

test('[LM15] samples name the customers and the visit that put them there', () => {
  const tally = tallyOf('ABC!', [
    [
      ['A', 0],
      ['B', 5],
    ],
    [['A', 7]],
  ])
  const key = (n: bigint) => BigInt.asUintN(64, n * 0x9e3779b97f4a7c15n).toString()
  expect(tally.leftSample[0]!.kept()).toEqual([{ customer: key(2n), timeMs: 7 * MINUTE }])
  expect(tally.leftSample[1]!.kept()).toEqual([{ customer: key(1n), timeMs: 5 * MINUTE }])
  expect(tally.movedSample[0]!.kept()).toEqual([{ customer: key(1n), timeMs: 0 }])
})

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
      })
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
        finished: [kernel.tally.finished, kernel.tally.conforming],
      })
      expect(numbers(second)).toEqual(numbers(whole))
      expect(second.tally.fitness).toBe(whole.tally.fitness)
    }),
  )
})
