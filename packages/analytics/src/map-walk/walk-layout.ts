import { at } from '../at.ts'
import { COARSE_BITS, FINE_BITS, mostHeld } from '../living-map/durations.ts'
import { type MapPlan, obligatoryPositions } from '../living-map/map-plan.ts'
import { ARRAYS, LEASTS, soonOf } from '../living-map/map-tally.ts'
import { movesOf } from '../living-map/way.ts'
import type { WalkMachine } from './walk-machine.ts'

/** What the walk's table tells the places of, in its order (tools/map-walk/plan.ts). */
const TABLE = [
  'position',
  'stepNext',
  'stepStage',
  'stepGoal',
  'repeatable',
  'moves',
  'numbers',
  ...ARRAYS,
  ...LEASTS,
  'edgeExact',
  'edgeBuckets',
  'nextTimes',
  'nextExact',
  'nextBuckets',
  'sampleHeaps',
  'openEntries',
  'dues',
] as const

export type Place = (typeof TABLE)[number]
export type Places = (name: Place) => number

/** Steps and their positions are bits of one number there; slices have room. */
const MOST_STEPS = 64
const MOST_SLICES = 30
const MOST_SAMPLED = 4096

/** The walk counts this plan; others are the kernel's. */
export function isWalkable(plan: MapPlan): boolean {
  const { steps, stageCount, slices, period, nowMs, windowMs, keptUntilMs, sampleSize } = plan
  const times = [period.fromMs, period.toMs, nowMs, windowMs, keptUntilMs ?? 0]
  return (
    steps.length > 0 &&
    steps.length <= MOST_STEPS &&
    stageCount <= MOST_STEPS &&
    slices <= MOST_SLICES &&
    sampleSize <= MOST_SAMPLED &&
    windowMs > 0 &&
    period.toMs > period.fromMs &&
    // Whole milliseconds, that add up without a loss.
    times.every((time) => Number.isInteger(time) && Math.abs(time) < 2 ** 48)
  )
}

/** How many customers a sample keeps: twice as many where some may go. */
export function sampleRoom({ sampleSize, keptUntilMs }: MapPlan): number {
  return keptUntilMs === null ? sampleSize : sampleSize * 2
}

/** Lays a plan out in the machine. */
export function layOut(plan: MapPlan, machine: WalkMachine): Places {
  const { steps, period, windowMs, nowMs, keptUntilMs } = plan
  const kept = keptUntilMs !== null
  const [low = 0, high = 0] = wordsOf(obligatoryPositions(steps))
  const table = machine.begin(
    steps.length,
    plan.stageCount,
    plan.slices,
    plan.unmappedGroups,
    period.toMs - period.fromMs,
    windowMs,
    nowMs - period.fromMs,
    Math.floor(soonOf(plan)),
    period.fromMs,
    kept ? keptUntilMs - period.fromMs : Number.POSITIVE_INFINITY,
    sampleRoom(plan),
    mostHeld(COARSE_BITS, kept),
    mostHeld(FINE_BITS, kept),
    steps.some(({ repeatable }) => repeatable) ? 1 : 0,
    low,
    high,
  )
  const { buffer } = machine.memory
  const found = new Uint32Array(buffer, table, TABLE.length)
  const places = new Map(TABLE.map((name, i) => [name, at(found, i)]))
  const place: Places = (name) => places.get(name)!
  const words = (name: Place, values: readonly number[]) =>
    new Int32Array(buffer, place(name), values.length).set(values)
  const bytes = (name: Place, values: ArrayLike<number>) =>
    new Uint8Array(buffer, place(name), values.length).set(values)
  words(
    'position',
    steps.map(({ position }) => position),
  )
  words(
    'stepNext',
    steps.map(({ next }) => next + 1),
  )
  words(
    'stepStage',
    steps.map(({ stage }) => stage),
  )
  bytes(
    'stepGoal',
    steps.map(({ goal }) => (goal ? 1 : 0)),
  )
  bytes(
    'repeatable',
    steps.map(({ repeatable }) => (repeatable ? 1 : 0)),
  )
  bytes('moves', movesOf(plan))
  return place
}

/** Positions as bits of two words. */
function wordsOf(positions: readonly number[]): readonly number[] {
  const words = [0, 0]
  for (const position of positions) {
    words[position >> 5] = (words[position >> 5] ?? 0) | (1 << (position & 31))
  }
  return words
}
