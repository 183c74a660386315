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

export function mergeTallies(one: FunnelTally, other: FunnelTally): FunnelTally {
  return {
    reached: one.reached.map((n, step) => n + (other.reached[step] ?? 0)),
    inProgress: one.inProgress + other.inProgress,
    stepMs: one.stepMs.map((samples, step) => [...samples, ...(other.stepMs[step] ?? [])]),
    totalMs: [...one.totalMs, ...other.totalMs],
  }
}
