import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { correctedTally, type KeptTally, plansOfChange } from './corrected-tally.ts'
import { mapCounts } from './map-counts.ts'
import { MapKernel } from './map-kernel.ts'
import type { MapPlan } from './map-plan.ts'
import { MapTally } from './map-tally.ts'
import { MINUTE, type Story, storyBlock, storyPlan, STRAYS } from './map-stories.ts'
import { dueCustomers } from './moments.ts'

// SPEC.md, "The living map": [MK3] the kernel is the reference, [MK4] by change, [MK5] recount, [MK6] `now` moves.

const KEY = 0x9e3779b97f4a7c15n
/** As `storyBlock` numbers them. */
const keyOf = (customer: number) => BigInt.asUintN(64, BigInt(customer + 1) * KEY)

/** @param who whose journeys are counted; absent: everybody's */
function counted(plan: MapPlan, stories: readonly Story[], who?: ReadonlySet<number>): MapTally {
  const kernel = new MapKernel(plan)
  stories.forEach((story, customer) => {
    // Who has no event is no row.
    if (story.length === 0 || who?.has(customer) === false) return
    kernel.add(storyBlock([story], plan.period, customer + 1))
  })
  return kernel.tally
}

interface Change {
  readonly nowMs: number
  /** What these customers' journeys are from now on. */
  readonly stories: ReadonlyMap<number, Story>
}

/** What the kept tally becomes; null: recount. */
function corrected(kept: KeptTally, was: readonly Story[], change: Change): MapTally | null {
  const plan = { ...kept.plan, nowMs: change.nowMs }
  const due = new Set(dueCustomers(kept.parts.moments!, kept.plan.nowMs, change.nowMs))
  const touched = new Set(change.stories.keys())
  was.forEach((_, customer) => {
    if (due.has(keyOf(customer))) touched.add(customer)
  })
  const plans = plansOfChange(kept, plan)
  return correctedTally(
    kept,
    counted(plans.before, was, touched).parts,
    counted(plans.after, changed(was, change), touched).parts,
    plan,
  )
}

function changed(was: readonly Story[], { stories }: Change): readonly Story[] {
  return was.map((story, customer) => stories.get(customer) ?? story)
}

/** Everything that is told of a tally, and what it holds in the sizes of one that is not kept. */
function told(tally: MapTally) {
  const smaller = new MapTally(plain(tally.plan))
  smaller.merge(tally.parts)
  const { numbers, arrays, samples } = smaller.parts
  const names = {
    stageIds: [...new Set(tally.plan.steps.map(({ stage }) => `${stage}`))],
    groups: STRAYS.map((event) => ({ event, path: '' })),
    valued: true,
  }
  return {
    numbers,
    arrays: arrays.map((array) => [...array]),
    samples: samples.map((steps) => steps.map(({ lows, times }) => [[...lows], [...times]])),
    counts: mapCounts(tally, names),
  }
}

const plain = (plan: MapPlan): MapPlan => ({ ...plan, keptUntilMs: null })
const keptPlan = (design: string, change: Partial<MapPlan> = {}) =>
  storyPlan(design, { nowMs: 400 * MINUTE, keptUntilMs: 100_000 * MINUTE, ...change })

describe('a kept tally', () => {
  const plan = keptPlan('AB!', { sampleSize: 2 })
  const keep = (stories: readonly Story[]) => ({ plan, parts: counted(plan, stories).parts })
  const a: Story = [['A', 350]]
  /** Long settled. */
  const old: Story = [['A', 1]]
  const ab: Story = [...a, ['B$', 410, 20]]

  test('[MK4] counts a customer as they are now, not as they were', () => {
    const tally = corrected(keep([a, a]), [a, a], {
      nowMs: plan.nowMs,
      stories: new Map([[0, ab]]),
    })
    expect(tally).toMatchObject({ entrants: 2, completions: 1, goalMoney: 200_000 })
    expect([...tally!.open]).toEqual([1, 0])
  })

  test('[MK4] forgets who is gone', () => {
    const tally = corrected(keep([old, ab]), [old, ab], {
      nowMs: plan.nowMs,
      stories: new Map([[1, []]]),
    })
    expect(tally).toMatchObject({ entrants: 1, completions: 0, goalMoney: 0 })
  })

  test('[MK4] is corrected where nobody is sampled', () => {
    const unsampled = keptPlan('AB!', { sampleSize: 0 })
    const kept = { plan: unsampled, parts: counted(unsampled, [old, a]).parts }
    const change = { nowMs: plan.nowMs, stories: new Map([[1, ab]]) }
    expect(corrected(kept, [old, a], change)).toMatchObject({ entrants: 2, completions: 1 })
  })

  test('[MK6] settles whose window ends between the two nows', () => {
    // The window after minute 350 is over one millisecond after 410.
    const at = (nowMs: number) => corrected(keep([a, a]), [a, a], { nowMs, stories: new Map() })
    expect([...at(410 * MINUTE)!.left]).toEqual([0, 0])
    expect([...at(410 * MINUTE + 1)!.left]).toEqual([2, 0])
  })

  test('[MK5] is counted anew when a sample runs short of those that were left out of it', () => {
    const all = [old, ...Array.from({ length: 8 }, () => a)]
    const gone = (n: number) =>
      new Map(
        all
          .map((_, i) => i)
          .slice(1)
          .toSorted((x, y) => (keyOf(x) < keyOf(y) ? -1 : 1))
          .slice(0, n)
          .map((i) => [i, []]),
      )
    // Of everybody at A four are held, two are told.
    expect(corrected(keep(all), all, { nowMs: plan.nowMs, stories: gone(2) })).not.toBeNull()
    expect(corrected(keep(all), all, { nowMs: plan.nowMs, stories: gone(3) })).toBeNull()
  })

  test('[MK5] is counted anew when it is not known who settles first', () => {
    const later: Story = [['A', 380]]
    const moved = new Map<number, Story>([[0, [['A', 390]]]])
    expect(
      corrected(keep([a, later]), [a, later], { nowMs: plan.nowMs, stories: moved }),
    ).toBeNull()
  })
})

test('[MK4] unmapped behaviour that is new lies behind the known', () => {
  const was: readonly Story[] = [
    [
      ['A', 1],
      ['x', 2],
    ],
    [
      ['A', 3],
      ['x', 4],
    ],
  ]
  const first = keptPlan('AB!', { unmappedGroups: 1 })
  const second = keptPlan('AB!', { unmappedGroups: 3 })
  const kept = { plan: first, parts: counted(first, was).parts }
  const now: readonly Story[] = [
    was[0]!,
    [
      ['A', 3],
      ['x', 4],
      ['z', 5],
    ],
  ]
  const plans = plansOfChange(kept, second)
  const who = new Set([1])
  const tally = correctedTally(
    kept,
    counted(plans.before, was, who).parts,
    counted(plans.after, now, who).parts,
    second,
  )
  expect(told(tally!)).toEqual(told(counted(plain(second), now)))
})

const event = fc.tuple(
  fc.constantFrom('A', 'B', 'C', 'D', 'D$', 'x', 'y', 'x$', '.'),
  fc.integer({ min: -100, max: 1200 }),
  fc.integer({ min: -50, max: 50 }),
)
const sorted = (events: Story): Story => events.toSorted((x, y) => x[1] - y[1])
const story = fc.array(event, { maxLength: 8 }).map(sorted)
const CUSTOMERS = 14

/** Events come, late ones too; a customer is erased, or becomes part of another one; time goes by. */
const happening = fc.record({
  minutes: fc.integer({ min: 0, max: 90 }),
  more: fc.array(fc.tuple(fc.nat(CUSTOMERS - 1), fc.array(event, { maxLength: 3 })), {
    maxLength: 3,
  }),
  erased: fc.option(fc.nat(CUSTOMERS - 1), { freq: 3 }),
  merged: fc.option(fc.tuple(fc.nat(CUSTOMERS - 1), fc.nat(CUSTOMERS - 1)), { freq: 2 }),
})

function changeOf(
  was: readonly Story[],
  nowMs: number,
  { more, erased, merged }: typeof happening extends fc.Arbitrary<infer T> ? T : never,
): Change {
  const stories = new Map<number, Story>()
  const now = (customer: number) => stories.get(customer) ?? was[customer]!
  for (const [who, events] of more) stories.set(who, sorted([...now(who), ...events]))
  if (erased !== null) stories.set(erased, [])
  if (merged !== null && merged[0] !== merged[1]) {
    const [from, to] = merged
    stories.set(to, sorted([...now(to), ...now(from)]))
    stories.set(from, [])
  }
  return { nowMs, stories }
}

test('[MK3] [MK4] [MK6] a tally by change is a recount, whatever happens and however time goes by', () => {
  let byChange = 0
  fc.assert(
    fc.property(
      fc.array(story, { minLength: CUSTOMERS, maxLength: CUSTOMERS }),
      fc.constantFrom('AbCD!', 'AB|CD!', 'A!bC!D'),
      fc.constantFrom(1, 3, 100),
      fc.array(happening, { maxLength: 6 }),
      (first, design, sampleSize, happenings) => {
        let stories: readonly Story[] = first
        let plan = keptPlan(design, { sampleSize })
        let kept: KeptTally = { plan, parts: counted(plan, stories).parts }
        for (const one of happenings) {
          const change = changeOf(stories, plan.nowMs + one.minutes * MINUTE, one)
          plan = { ...plan, nowMs: change.nowMs }
          const tally = corrected(kept, stories, change)
          stories = changed(stories, change)
          const anew = counted(plan, stories)
          if (tally !== null) {
            byChange++
            expect(told(tally)).toEqual(told(counted(plain(plan), stories)))
          }
          kept = { plan, parts: (tally ?? anew).parts }
        }
      },
    ),
    { numRuns: 50 },
  )
  expect(byChange).toBeGreaterThan(50)
})

test('[MK3] kept tallies over disjoint customers merge to the tally over all', () => {
  fc.assert(
    fc.property(
      fc.array(story, { minLength: 1, maxLength: CUSTOMERS }),
      fc.nat(CUSTOMERS),
      (all, cut) => {
        const plan = keptPlan('AbCD!', { sampleSize: 2 })
        const among = (from: number, to: number) =>
          counted(plan, all, new Set(Array.from({ length: to - from }, (_, i) => from + i)))
        const tally = among(0, Math.min(cut, all.length))
        tally.merge(among(Math.min(cut, all.length), all.length).parts)
        expect(told(tally)).toEqual(told(counted(plain(plan), all)))
      },
    ),
  )
})
