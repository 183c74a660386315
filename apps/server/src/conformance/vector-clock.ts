import { isVisit, type Vector } from './vector.ts'

/** Cases without an epoch may begin at any midnight. */
const ANY_MIDNIGHT = Date.UTC(2025, 5, 2)
const MS = 1000

/** Where the seconds of a case lie. */
export interface VectorClock {
  readonly epochMs: number
  /** Milliseconds that a second of the case stands for. */
  readonly msPerSecond: number
}

/**
 * A second is a second, unless the case needs microseconds. Events are kept to the millisecond, so such a
 * case runs stretched a thousandfold, windows and all: its rule is proved, the resolution is not.
 */
export function clockOf(vector: Vector): VectorClock {
  const epochMs = vector.epoch === undefined ? ANY_MIDNIGHT : Date.parse(vector.epoch)
  const fine = vector.events.some((row) => !isVisit(row) && !Number.isInteger(round(row[1] * MS)))
  return { epochMs, msPerSecond: fine ? MS * MS : MS }
}

export function isStretched(clock: VectorClock): boolean {
  return clock.msPerSecond !== MS
}

export function instantOf(clock: VectorClock, seconds: number): number {
  return clock.epochMs + spanOf(clock, seconds)
}

export function spanOf(clock: VectorClock, seconds: number): number {
  return Math.round(seconds * clock.msPerSecond)
}

/** Seconds in decimal carry an error of 1e-9 or so; what is finer than that is not meant. */
function round(ms: number): number {
  return Math.round(ms * 1e6) / 1e6
}
