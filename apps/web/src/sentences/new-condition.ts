import type { EventRule, SegmentLeaf, Window } from '@parcurs/domain'

/** What can be said of customers, in the order in which it is offered. */
export const CONDITION_KINDS = [
  'did',
  'did-not',
  'trait',
  'amount',
  'distinct',
  'first',
  'last',
  'sequence',
  'on-map',
  'said',
  'in',
] as const
export type ConditionKind = (typeof CONDITION_KINDS)[number]

const NO_EVENT: EventRule = { kind: 'event', names: [] }
const LATELY: Window = { kind: 'last', n: 90, unit: 'days' }
export const ANY_EVENT: EventRule = { kind: 'all', rules: [] }

/**
 * A new condition: what is not chosen yet is empty, the rest is what is meant most often.
 *
 * @param from the condition before it was made another kind: what both have is kept
 */
export function newCondition(kind: ConditionKind, from: SegmentLeaf | null = null): SegmentLeaf {
  const event = from !== null && 'event' in from ? from.event : NO_EVENT
  const window = from !== null && 'window' in from ? from.window : LATELY
  switch (kind) {
    case 'did':
      return { kind, event, times: { op: 'gte', value: 1 }, window }
    case 'did-not':
      return { kind: 'did', event, times: { op: 'lte', value: 0 }, window }
    case 'trait':
      return { kind, trait: '', op: 'eq', value: '' }
    case 'amount':
      return {
        kind,
        amount: 'sum',
        of: { kind: 'value' },
        event,
        test: { op: 'gte', value: 100 },
        window,
      }
    case 'distinct':
      return { kind, of: { kind: 'days' }, event, test: { op: 'gte', value: 3 }, window }
    case 'first':
    case 'last':
      return { kind, event, window }
    case 'sequence':
      return {
        kind,
        steps: [event, NO_EVENT],
        stepWithinMs: null,
        withinMs: null,
        without: null,
        window,
      }
    case 'on-map':
      return { kind, map: '', version: 1, state: 'left', step: null, window }
    case 'said':
      return {
        kind,
        scale: 'nps',
        which: 'latest',
        test: { op: 'lte', value: 6 },
        words: null,
        touchpoint: null,
        window,
      }
    case 'in':
      return { kind, of: 'segment', id: '' }
  }
}

export function conditionKind(leaf: SegmentLeaf): ConditionKind {
  return leaf.kind === 'did' && isNever(leaf.times) ? 'did-not' : leaf.kind
}

function isNever(times: Extract<SegmentLeaf, { readonly kind: 'did' }>['times']): boolean {
  return times.op === 'lte' && times.value === 0
}
