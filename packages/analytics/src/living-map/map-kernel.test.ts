import { describe, expect, test } from 'vitest'
import { stepCounts } from './map-measures.ts'
import { MINUTE, type Story, tallyOf } from './map-stories.ts'

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

describe('[LM24] rates are settled on both sides', () => {
  // The window is 60 minutes; now is minute 100, so anchors before minute 40 are settled.
  const stepB = (story: Story, design = 'ABC') =>
    stepCounts(tallyOf(design, [story], { nowMs: 100 * MINUTE }), false)[1]
  const none = { movedOn: 0, wentBack: 0, ended: 0, stopped: 0 }
  test.each<[string, Story, string, number, Partial<typeof none>]>([
    [
      'on',
      [
        ['B', 0],
        ['C', 60],
      ],
      'ABC',
      1,
      { movedOn: 1 },
    ],
    [
      'on too late',
      [
        ['B', 0],
        ['C', 61],
      ],
      'ABC',
      1,
      { stopped: 1 },
    ],
    [
      'only the last visit counts',
      [
        ['B', 0],
        ['C', 5],
        ['B', 10],
      ],
      'ABC',
      1,
      { stopped: 1 },
    ],
    [
      'back',
      [
        ['B', 0],
        ['A', 5],
      ],
      'ABC',
      1,
      { wentBack: 1 },
    ],
    [
      'back too late',
      [
        ['B', 0],
        ['A', 61],
      ],
      'ABC',
      1,
      { stopped: 1 },
    ],
    [
      'back, then on',
      [
        ['B', 0],
        ['A', 5],
        ['C', 9],
      ],
      'ABC',
      1,
      { movedOn: 1 },
    ],
    ['the goal here', [['B', 0]], 'AB!C', 1, { ended: 1 }],
    [
      'on from a goal',
      [
        ['B', 0],
        ['C', 1],
      ],
      'AB!C',
      1,
      { movedOn: 1 },
    ],
    ['stopped', [['B', 39.9]], 'ABC', 1, { stopped: 1 }],
    [
      'who went on early is not settled early',
      [
        ['B', 40],
        ['C', 41],
      ],
      'ABC',
      0,
      {},
    ],
    [
      'a later visit opens the window again',
      [
        ['B', 0],
        ['C', 5],
        ['B', 90],
      ],
      'ABC',
      0,
      {},
    ],
  ])('%s', (_name, story, design, settled, outcome) => {
    expect(stepB(story, design)).toMatchObject({ settled, outcome: { ...none, ...outcome } })
  })

  test('a way back that goes on later is both', () => {
    const story: Story = [
      ['B', 0],
      ['A', 5],
      ['C', 9],
    ]
    expect(stepB(story)).toMatchObject({ wentBackShare: 1, movedOnShare: 1, wentBack: 1 })
  })

  test('nobody settled: no share, but counts so far and the instant of the first', () => {
    expect(
      stepB([
        ['B', 50],
        ['C', 55],
      ]),
    ).toMatchObject({
      customers: 1,
      movedOn: 1,
      movedOnShare: null,
      nextShare: null,
      wentBackShare: null,
      leftShare: null,
      firstSettlesMs: 110 * MINUTE + 1,
    })
  })

  test('the last step has no share that moved on', () => {
    const steps = stepCounts(tallyOf('AB', [[['B', 0]]]), false)
    expect(steps.map(({ movedOnShare }) => movedOnShare)).toEqual([null, null])
  })
})

describe('[LM26] a visit belongs to the period in which it began', () => {
  const counted = (story: Story) => {
    const { entrants, outside, customers, visits } = tallyOf('ABC', [story])
    return { entrants, outside, customers: [...customers], visits: [...visits] }
  }

  test.each<[string, Story, object]>([
    [
      'one that goes on into the period is the former period’s',
      [
        ['A', -10],
        ['A', 5],
      ],
      { entrants: 0, outside: 0, visits: [0, 0, 0] },
    ],
    [
      'exactly 30 min between: it goes on',
      [
        ['A', -30],
        ['A', 0],
      ],
      { entrants: 0, outside: 0, visits: [0, 0, 0] },
    ],
    [
      'more than 30 min between: a new one begins',
      [
        ['A', -30],
        ['A', 0.001],
      ],
      { entrants: 1, outside: 0, visits: [1, 0, 0] },
    ],
    [
      'another step between the two begins one',
      [
        ['A', -10],
        ['B', -5],
        ['A', 5],
      ],
      { entrants: 1, outside: 0, visits: [1, 0, 0] },
    ],
    [
      'an event of no step does not',
      [
        ['A', -10],
        ['x', -5],
        ['A', 5],
      ],
      { entrants: 0, outside: 0, visits: [0, 0, 0] },
    ],
    [
      'what follows it in the period begins there',
      [
        ['A', -10],
        ['A', 5],
        ['B', 6],
        ['A', 7],
      ],
      { entrants: 1, outside: 0, visits: [1, 1, 0] },
    ],
    [
      'only events of no step in the period, after a visit before it: outside',
      [
        ['A', -10],
        ['x', 5],
      ],
      { entrants: 0, outside: 1, visits: [0, 0, 0] },
    ],
  ])('%s', (_case, story, expected) => {
    expect(counted(story)).toMatchObject(expected)
  })

  test('money before the period stays with its own event', () => {
    const stories: readonly Story[] = [
      [
        ['C$', -10, 7],
        ['A', 5],
        ['C$', 6, 30],
      ],
      [['C$', 10, 5]],
    ]
    expect(tallyOf('ABC!', stories)).toMatchObject({ completions: 2, goalMoney: 350_000 })
  })
})
