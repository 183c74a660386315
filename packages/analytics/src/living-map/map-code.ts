import { PACKED_MONEY } from '../journey/packed-journeys.ts'

/**
 * What an event is to a map, in 16 bits: the step (1 more than its number, 0 for none) with `GOAL`, or
 * `UNMAPPED` with the number of its group; and `VALUED`.
 */

/** The event is the goal touchpoint's. */
export const GOAL = 0x80
/** The event matches no step; the bits below are the number of its group. */
export const UNMAPPED = 0x4000
/** The event's money stands in the block. */
export const VALUED = PACKED_MONEY

/** So many steps fit. */
export const MAX_STEPS = GOAL - 1
/** So many groups of unmapped behaviour fit. */
export const MAX_UNMAPPED_GROUPS = UNMAPPED

/** Code of an event of a step; 0 is an event that is nothing. */
export function stepCode(step: number): number {
  return step + 1
}

/** Code of an event that matches no step, by the number of its group. */
export function unmappedCode(group: number): number {
  return UNMAPPED | group
}

/** The step of a code, −1: it is of none. */
export function stepOfCode(code: number): number {
  return (code & UNMAPPED) === 0 ? (code & MAX_STEPS) - 1 : -1
}
