import { at } from '../at.ts'
import type { UnitOutcome } from './funnel-unit.ts'

/** What many outcomes come to. Tallies of different customers can be added up in any order. */
export interface FunnelTally {
  /** Units that did each step. */
  readonly reached: number[]
  inProgress: number
  /** Milliseconds to each step from the one reached before it; the first stays empty. */
  readonly stepMs: readonly number[][]
  /** Milliseconds from the first step to the last, of those who did both. */
  readonly totalMs: number[]
}

export function emptyTally(stepCount: number): FunnelTally {
  return {
    reached: new Array<number>(stepCount).fill(0),
    inProgress: 0,
    stepMs: Array.from({ length: stepCount }, () => []),
    totalMs: [],
  }
}

/** @param timed false: only the counts are wanted, no samples are kept */
export function addOutcome(tally: FunnelTally, outcome: UnitOutcome, timed: boolean): void {
  const { times } = outcome.attempt
  if (outcome.inProgress) tally.inProgress++
  let previousMs = Number.NaN
  for (let step = 0; step < times.length; step++) {
    const at = times[step] ?? Number.NaN
    if (Number.isNaN(at)) continue
    tally.reached[step] = (tally.reached[step] ?? 0) + 1
    if (timed && !Number.isNaN(previousMs)) tally.stepMs[step]?.push(at - previousMs)
    previousMs = at
  }
  const last = times.at(-1) ?? Number.NaN
  if (timed && !Number.isNaN(last)) tally.totalMs.push(last - (times[0] ?? 0))
}

/** A tally as plain data: it may cross to another thread. */
export interface FunnelTallyPart {
  readonly reached: readonly number[]
  readonly inProgress: number
  readonly stepMs: readonly ArrayLike<number>[]
  readonly totalMs: ArrayLike<number>
}

export function partOfTally(tally: FunnelTally): FunnelTallyPart {
  return {
    ...tally,
    stepMs: tally.stepMs.map((samples) => Float64Array.from(samples)),
    totalMs: Float64Array.from(tally.totalMs),
  }
}

/** @param other of the same steps, over other customers */
export function addTally(tally: FunnelTally, other: FunnelTallyPart): void {
  tally.inProgress += other.inProgress
  other.reached.forEach((n, step) => {
    tally.reached[step] = at(tally.reached, step) + n
  })
  tally.stepMs.forEach((samples, step) => append(samples, at(other.stepMs, step)))
  append(tally.totalMs, other.totalMs)
}

// Spread into push, a million samples overflow the stack.
function append(samples: number[], others: ArrayLike<number>): void {
  for (let i = 0; i < others.length; i++) samples.push(at(others, i))
}

export function mergeTallies(one: FunnelTally, other: FunnelTally): FunnelTally {
  return {
    reached: one.reached.map((n, step) => n + at(other.reached, step)),
    inProgress: one.inProgress + other.inProgress,
    stepMs: one.stepMs.map((samples, step) => [...samples, ...at(other.stepMs, step)]),
    totalMs: [...one.totalMs, ...other.totalMs],
  }
}
