import { leavesOf } from '../condition/nest.ts'
import type { EventRule, SegmentLeaf, SegmentRule } from './segment-rule.ts'
import type { Window } from './window.ts'

/** Which events a leaf means, each with its place in the leaf. */
export function eventsOf(leaf: SegmentLeaf): readonly (readonly [string, EventRule])[] {
  switch (leaf.kind) {
    case 'did':
    case 'amount':
    case 'distinct':
    case 'first':
    case 'last':
      return [['event', leaf.event]]
    case 'sequence':
      return [
        ...leaf.steps.map((step, i) => [`steps[${i}]`, step] as const),
        ...(leaf.without === null ? [] : [['without', leaf.without] as const]),
      ]
    case 'trait':
    case 'on-map':
    case 'said':
    case 'in':
      return []
  }
}

/** When; null: the leaf is not about a time. */
export function windowOf(leaf: SegmentLeaf): Window | null {
  return 'window' in leaf ? leaf.window : null
}

/** Conditions on all levels, those on the events included. */
export function conditionCount(rule: SegmentRule): number {
  return leavesOf(rule).reduce((sum, leaf) => {
    const events = eventsOf(leaf).reduce((n, [, event]) => n + leavesOf(event).length, 0)
    return sum + Math.max(1, events)
  }, 0)
}
