import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bucketCount,
  COARSE_BITS,
  type DurationsParts,
  FINE_BITS,
} from '../living-map/durations.ts'
import type { MapBlock } from '../living-map/map-block.ts'
import { GOAL, stepCode, unmappedCode, VALUED } from '../living-map/map-code.ts'
import { MapKernel } from '../living-map/map-kernel.ts'
import type { MapPlan, PlannedStep } from '../living-map/map-plan.ts'
import { MINUTE, storyPlan } from '../living-map/map-stories.ts'
import { MapTally, type TallyParts } from '../living-map/map-tally.ts'
import { LEAD_MS } from '../living-map/visits.ts'
import { nativeBytes } from '../testing/native-bytes.ts'
import { MapWalk, TooMuchMemory } from './map-walk.ts'
import { isWalkable } from './walk-layout.ts'
import { mapWalks } from './walk-machine.ts'

// SPEC.md, "The living map": [MK1] the walk, [MK3] the kernel is the reference.

interface Happened {
  /** Since the start of what is read. */
  readonly atMs: number
  readonly code: number
  /** null: none. */
  readonly money: number | null
}

type Journey = readonly Happened[]

function blockOf(journeys: readonly Journey[], firstCustomer: number): MapBlock {
  const events = journeys.flat()
  let end = 0
  const keys = BigUint64Array.from(journeys, (_, i) =>
    BigInt.asUintN(64, BigInt(firstCustomer + i + 1) * 0x9e3779b97f4a7c15n),
  )
  return {
    rows: journeys.length,
    customers: new Uint32Array(keys.buffer),
    ends: journeys.map(({ length }) => (end += length)),
    events: Uint32Array.from(
      events.flatMap(({ atMs, code, money }) => [
        (atMs % 65_536) * 65_536 + (code | (money === null ? 0 : VALUED)),
        Math.floor(atMs / 65_536),
      ]),
    ),
    money: Float64Array.from(events.flatMap(({ money }) => money ?? [])),
  }
}

/** Everything of a tally, whatever room it keeps free; of arrays what is not 0. */
function whole({ arrays, leasts, edgeTimes, nextTimes, ...parts }: TallyParts) {
  return {
    ...parts,
    arrays: arrays.map(filled),
    leasts: leasts.map(filled),
    edgeTimes: groupsOf(edgeTimes, COARSE_BITS),
    nextTimes: groupsOf(nextTimes, FINE_BITS),
  }
}

function filled(array: ArrayLike<number>): readonly string[] {
  return [array.length, ...Array.from(array)].flatMap((n, i) => (n === 0 ? [] : [`${i} ${n}`]))
}

function groupsOf({ exact, bases, pool, counts }: DurationsParts, bits: number) {
  return Array.from(counts).flatMap((n, group) => {
    if (n === 0) return []
    const base = bases[group]!
    const held =
      base < 0 ? exact[group]!.slice(0, n) : pool.subarray(base, base + bucketCount(bits))
    return [{ group, n, isExact: base < 0, held: base < 0 ? held.join() : filled(held) }]
  })
}

const walks = mapWalks()

/** @param size of the pieces that the stream is cut into */
function walkedOver(plan: MapPlan, blocks: readonly MapBlock[], size: number): TallyParts {
  const machine = walks.borrow()
  const walk = new MapWalk(plan, machine)
  const bytes = joined(blocks.map(nativeBytes))
  for (let at = 0; at < bytes.length; at += size) walk.take(bytes.slice(at, at + size))
  const parts = walk.counted()
  walks.giveBack(machine)
  return parts
}

function joined(all: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const one of all) {
    bytes.set(one, at)
    at += one.length
  }
  return bytes
}

function kernelOver(plan: MapPlan, blocks: readonly MapBlock[]): TallyParts {
  const kernel = new MapKernel(plan)
  for (const block of blocks) kernel.add(block)
  return kernel.tally.parts
}

/** @param draws 0–1, in turn */
function plannedSteps(count: number, draws: readonly number[]): readonly PlannedStep[] {
  let at = 0
  const chance = (share: number) => (draws[at++ % draws.length] ?? 0) < share
  let position = -1
  let stage = 0
  const steps = Array.from({ length: count }, (_, i) => {
    if (i === 0 || !chance(0.25)) position++
    if (i > 0 && chance(0.2)) stage++
    return {
      stepId: `${i}`,
      stage,
      optional: chance(0.4),
      goal: chance(0.2),
      repeatable: chance(0.2),
      position,
    }
  })
  return steps.map((step) => ({
    ...step,
    next: steps.find((later) => later.position > step.position && !later.optional)?.position ?? -1,
    loops: steps
      .filter((to) => to.position < step.position && chance(0.1))
      .map((to) => to.position),
  }))
}

const DAY = 1440 * MINUTE
const FROM = Date.UTC(2026, 2, 1)

const plans = fc
  .record({
    count: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 6 }), weight: 5 },
      { arbitrary: fc.integer({ min: 7, max: 64 }), weight: 1 },
    ),
    draws: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 31 }),
    length: fc.constantFrom(30 * MINUTE, 1000 * MINUTE, 40 * DAY),
    window: fc.constantFrom(1, 20 * MINUTE, 90 * MINUTE, 14 * DAY),
    now: fc.double({ min: -0.1, max: 2, noNaN: true }),
    // The window of what happens first in the period ends just now, or did before.
    sinceWindowMs: fc.option(fc.constantFrom(0, 1), { freq: 2 }),
    slices: fc.integer({ min: 1, max: 30 }),
    unmappedGroups: fc.integer({ min: 0, max: 4 }),
    sampleSize: fc.constantFrom(0, 1, 3, 50),
    kept: fc.option(fc.constantFrom(0, 60 * MINUTE, 100 * DAY)),
  })
  .map(({ count, draws, length, window, now, sinceWindowMs, kept, ...rest }): MapPlan => {
    const steps = plannedSteps(count, draws)
    const nowMs =
      FROM + (sinceWindowMs === null ? Math.round(now * length) : window + sinceWindowMs)
    return storyPlan('A', {
      ...rest,
      steps,
      stageCount: (steps.at(-1)?.stage ?? 0) + 1,
      period: { fromMs: FROM, toMs: FROM + length },
      windowMs: window,
      nowMs,
      keptUntilMs: kept === null ? null : nowMs + kept,
    })
  })

/** Steps mostly of the first ones; bursts, ties, pauses and what is longer than any window. */
function journeysOf({ steps, unmappedGroups, period }: MapPlan) {
  const span = period.toMs - period.fromMs
  const happened = fc.record({
    gap: fc.constantFrom(0, 0, 1, 1000, 5 * MINUTE, 29 * MINUTE, LEAD_MS, LEAD_MS + 1, span / 3),
    what: fc.nat(steps.length + unmappedGroups + 1),
    goal: fc.integer({ min: 0, max: 5 }).map((draw) => draw === 0),
    money: fc.option(fc.integer({ min: -20, max: 60 }), { freq: 3 }),
  })
  const start = fc.oneof(fc.constantFrom(0, LEAD_MS - 1, LEAD_MS), fc.nat(span + LEAD_MS))
  return fc.tuple(start, fc.array(happened, { minLength: 1, maxLength: 24 })).map(([from, all]) => {
    let atMs = from
    return all.map(({ gap, what, goal, money }): Happened => {
      atMs += Math.round(gap)
      const stray = what - steps.length - 2
      const step = what < steps.length ? stepCode(what) : 0
      const code = stray >= 0 ? unmappedCode(stray) : step | (goal ? GOAL : 0)
      return { atMs, code, money: money === null ? null : money * 10_000 }
    })
  })
}

const asked = plans.chain((plan) =>
  fc.tuple(
    fc.constant(plan),
    fc.array(fc.array(journeysOf(plan), { minLength: 1, maxLength: 12 }), { maxLength: 3 }),
  ),
)

test('[MK1] [MK3] the walk counts what the kernel does, whatever the map, the journeys and the pieces', () => {
  fc.assert(
    fc.property(
      asked,
      fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 51, max: 8000 })),
      ([plan, drawn], size) => {
        expect(isWalkable(plan)).toBe(true)
        const blocks = drawn.map((journeys, i) => blockOf(journeys, i * 100))
        expect(whole(walkedOver(plan, blocks, size))).toEqual(whole(kernelOver(plan, blocks)))
      },
    ),
    { numRuns: 300 },
  )
})

/** Numbers below `below`, the same ones each time. */
function drawnFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function manyJourneys(count: number, steps: number, seed: number): readonly Journey[] {
  const draw = drawnFrom(seed)
  return Array.from({ length: count }, (_, i) => {
    let atMs = draw(30 * DAY)
    // One of them is longer than any room that is made at first.
    return Array.from({ length: i === 7 ? 3000 : 4 + draw(12) }, () => {
      atMs += draw(10) === 0 ? draw(3 * DAY) : draw(90 * MINUTE)
      const step = stepCode(draw(steps))
      const paid = draw(6) === 0
      return { atMs, code: step | (paid ? GOAL : 0), money: paid ? draw(900) * 100 : null }
    })
  })
}

test.each([
  ['ABc|D!E D>B', 5, null],
  ['Ab|C!', 3, FROM + 35 * DAY],
] as const)(
  '[MK1] [MK3] the same of so many that durations are poured and samples cut (%s)',
  (design, steps, keptUntilMs) => {
    const plan = storyPlan(design, {
      period: { fromMs: FROM, toMs: FROM + 30 * DAY },
      windowMs: 7 * DAY,
      nowMs: FROM + 31 * DAY,
      slices: 30,
      keptUntilMs,
    })
    const blocks = [1, 2, 3].map((seed) => blockOf(manyJourneys(1500, steps, seed), seed * 10_000))
    const walked = walkedOver(plan, blocks, 100_000)
    expect(walked.edgeTimes.pool.length).toBeGreaterThan(0)
    expect(walked.nextTimes.pool.length).toBeGreaterThan(0)
    expect(walked.samples.flat().some((sample) => !sample.whole)).toBe(true)
    expect(whole(walked)).toEqual(whole(kernelOver(plan, blocks)))
  },
)

test('[MK1] what was counted before leaves no trace, and adds up with what the kernel counts of others', () => {
  const plan = storyPlan('AB|CD!', { nowMs: 1500 * MINUTE })
  const [first, second] = [1, 2].map((seed) => blockOf(manyJourneys(200, 4, seed), seed * 1000))
  const tally = new MapTally(plan)
  tally.merge(walkedOver(plan, [first!], 5000))
  tally.merge(kernelOver(plan, [second!]))
  const all = new MapTally(plan)
  all.merge(kernelOver(plan, [first!, second!]))
  expect(whole(tally.parts)).toEqual(whole(all.parts))
})

test('[MK1] maps of more steps, and times that are no whole milliseconds, are the kernel’s', () => {
  const steps = (count: number) => storyPlan('A', { steps: plannedSteps(count, [0.5]) })
  expect(isWalkable(steps(64))).toBe(true)
  expect(isWalkable(steps(65))).toBe(false)
  expect(isWalkable({ ...steps(3), windowMs: 0.5 })).toBe(false)
  expect(isWalkable({ ...steps(3), sampleSize: 1 << 20 })).toBe(false)
})

test('[MK1] a stream that is cut short, or of something else, is an error', () => {
  const plan = storyPlan('AB')
  const bytes = nativeBytes(blockOf(manyJourneys(3, 2, 1), 0))
  const cut = new MapWalk(plan, walks.borrow())
  cut.take(bytes.subarray(0, -1))
  expect(() => cut.counted()).toThrow('ends inside a block')
  const other = new MapWalk(plan, walks.borrow())
  // One column of one row.
  const word = (text: string) => [text.length, ...Array.from(text, (c) => c.charCodeAt(0))]
  expect(() => other.take(Uint8Array.from([1, 1, ...word('x'), ...word('UInt8'), 0]))).toThrow(
    'not a block of a map: x',
  )
})

test('[MK7] the memory of a count is used again, and let go where it is much', () => {
  const machines = mapWalks()
  const one = machines.borrow()
  const size = () => one.memory.buffer.byteLength
  one.begin(1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 16, 16, 0, 0, 0)
  const before = size()
  for (let round = 0; round < 20; round++) {
    one.begin(1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 16, 16, 0, 0, 0)
    one.room(before)
  }
  expect(size()).toBeLessThan(4 * before)
  machines.giveBack(one)
  expect(machines.borrow()).toBe(one)
  one.room(40_000_000)
  machines.giveBack(one)
  expect(machines.borrow()).not.toBe(one)
})

test('[MK7] a count that needs more than it may take is refused by that name', () => {
  const machine = mapWalks().borrow()
  const walk = new MapWalk(storyPlan('AB'), machine)
  machine.room(1_000_000_000)
  expect(() => walk.take(new Uint8Array(100_000_000))).toThrow(TooMuchMemory)
})
