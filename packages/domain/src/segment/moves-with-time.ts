import { leavesOf } from '../condition/nest.ts'
import type { ResolvedLeaf, ResolvedSegment } from './resolve-segment.ts'

/** Whether time alone can bring somebody into a segment or out of it. */
export function movesWithTime(rule: ResolvedSegment): boolean {
  return leavesOf(rule).some(leafMoves)
}

function leafMoves(leaf: ResolvedLeaf): boolean {
  if (leaf.kind === 'trait') return 'days' in leaf
  // A window of the map may end at any time.
  if (leaf.kind === 'on-map') return true
  return 'window' in leaf && ['hours', 'last', 'next'].includes(leaf.window.kind)
}
