import type { SegmentRule } from './segment-rule.ts'

/** The format in which the rules of segments are written now; its number stands beside each stored one. */
export const SEGMENT_FORMAT = 1

/**
 * A stored rule in today's format.
 *
 * @param format in which it was stored; throws for one that only a later version writes
 */
export function readStoredSegment(format: number, stored: SegmentRule): SegmentRule {
  if (format > SEGMENT_FORMAT) {
    throw new Error(
      `a segment's rule of format ${format}: this version reads formats up to ${SEGMENT_FORMAT}`,
    )
  }
  return stored
}
