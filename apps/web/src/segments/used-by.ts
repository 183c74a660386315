import { leavesOf } from '@parcurs/domain'
import type { SavedSegment } from './use-segments.ts'

/** The segments that name this one, and what waits for it. */
export function usedBy(segment: SavedSegment, all: readonly SavedSegment[]): readonly string[] {
  const naming = all.filter(({ rule }) =>
    leavesOf(rule).some((leaf) => leaf.kind === 'in' && leaf.id === segment.id),
  )
  return [...naming.map(({ name }) => name), ...segment.watch.by]
}
