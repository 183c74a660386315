import { describe, expect, test } from 'vitest'
import { completionEstimate } from './completion-estimate.ts'
import { bootstrapDraws } from './bootstrap.ts'
import { conformance, moneyAtRisk } from './map-measures.ts'
import { MINUTE, type Story, tallyOf } from './map-stories.ts'

const draws = bootstrapDraws(1)

// SPEC.md, "The living map": the goal, its money and conformance by hand. Minutes; the window is 60 of them.

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
    expect(moneyAtRisk(tally, 0, draws)).toEqual({ amount: 90, low: null, high: null, n: 2 })
    expect(moneyAtRisk(tally, 1, draws)).toEqual({ amount: 90, low: null, high: null, n: 1 })
    expect(moneyAtRisk(tally, 2, draws)).toBeNull()
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
    expect(moneyAtRisk(tally, 0, draws)?.amount).toBe(5)
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
    expect(moneyAtRisk(tally, 0, draws)?.amount).toBe(15)
  })
  test('with an interval from five customers on, the same each time', () => {
    const bought = (value: number): Story => [
      ['A', 0],
      ['C$', 5, value],
    ]
    const tally = tallyOf('ABC!', [...[10, 20, 30, 40, 50].map(bought), [['A', 0]]])
    const risk = moneyAtRisk(tally, 0, draws)!
    expect(risk.amount).toBe(30)
    expect(risk.n).toBe(5)
    expect(risk.low).toBeGreaterThanOrEqual(10)
    expect(risk.low).toBeLessThan(26)
    expect(risk.high).toBeGreaterThan(34)
    expect(risk.high).toBeLessThanOrEqual(50)
    expect(moneyAtRisk(tally, 0, draws)).toEqual(risk)
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

test('[LM25] the completion share counts nobody early because it went well', () => {
  // Now is minute 100, the window 60: first visits before minute 40 are settled.
  const stories: readonly Story[] = [
    [
      ['A', 0],
      ['C$', 30, 5],
    ],
    [['A', 10]],
    // In time after a later visit, too late after the first one.
    [
      ['A', 0],
      ['B', 50],
      ['C$', 61, 5],
    ],
    // Bought already, but their window is open.
    [
      ['A', 80],
      ['C$', 81, 5],
    ],
    [['A', 90]],
  ]
  const tally = tallyOf('ABC!', stories, { nowMs: 100 * MINUTE })
  const { settledEntrants, settledCompletions, completions } = tally
  expect({ settledEntrants, settledCompletions, completions }).toEqual({
    settledEntrants: 3,
    settledCompletions: 1,
    completions: 3,
  })
  // One of 5 at minute 1, one open at 10, one open no more; at minute 30 one of 3: 1 − 4/5 × 2/3.
  expect(completionEstimate(tally.completedParts, tally.openParts, 5)?.share).toBeCloseTo(
    7 / 15,
    10,
  )
})
