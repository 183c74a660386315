import type { Comparison } from '../condition/comparison.ts'
import { replaceLeaves } from '../condition/nest.ts'
import {
  type EventRule,
  type SegmentLeaf,
  type SegmentRule,
  STEP_STATES,
} from '../segment/segment-rule.ts'
import type { Window } from '../segment/window.ts'
import { shortest } from './nest-syntax.ts'

/** The same customers, written the one way in which a sentence is read back. */
export function canonicalRule(rule: SegmentRule): SegmentRule {
  return shortest(replaceLeaves<SegmentLeaf, SegmentLeaf>(rule, canonicalLeaf))
}

export function canonicalEvent(rule: EventRule): EventRule {
  return shortest(rule)
}

function canonicalLeaf(leaf: SegmentLeaf): SegmentLeaf {
  switch (leaf.kind) {
    case 'trait':
      return isToday(leaf) ? { kind: 'trait', trait: leaf.trait, op: 'in-last', days: 1 } : leaf
    case 'did':
    case 'amount':
    case 'distinct':
    case 'first':
    case 'last':
      return { ...leaf, event: shortest(leaf.event), window: canonicalWindow(leaf.window) }
    case 'sequence':
      return {
        ...leaf,
        steps: leaf.steps.map((step) => shortest(step)),
        without: leaf.without === null ? null : shortest(leaf.without),
        window: canonicalWindow(leaf.window),
      }
    case 'on-map':
      return {
        ...leaf,
        step: STEP_STATES.some((state) => state === leaf.state) ? leaf.step : null,
        window: canonicalWindow(leaf.window),
      }
    case 'said':
      return { ...leaf, window: canonicalWindow(leaf.window) }
    case 'in':
      return leaf
  }
}

/** The next day, week or month begins with the one that is: it is the last one too. */
function canonicalWindow(window: Window): Window {
  return window.kind === 'next' && window.n === 1 ? { ...window, kind: 'last' } : window
}

function isToday(comparison: Comparison): boolean {
  return comparison.op === 'in-next' && comparison.days === 1
}
