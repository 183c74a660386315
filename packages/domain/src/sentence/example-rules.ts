import type { SegmentRule } from '../segment/segment-rule.ts'
import type { SentenceNames } from './sentence-names.ts'

/** What the examples of every language speak of. */
export const EXAMPLE_NAMES: SentenceNames = {
  touchpoints: [{ id: 't1', name: 'Delivery' }],
  maps: [{ id: 'm1', name: 'Shop', version: 3, steps: [{ id: 's1', name: 'Cart' }] }],
  segments: [{ id: 'g1', name: 'VIP' }],
  lists: [{ id: 'l1', name: 'Guests' }],
}

const order = { kind: 'event', names: ['Order'] } as const
const last = (n: number) => ({ kind: 'last', n, unit: 'days' }) as const

/** The same rules in every language, in the order in which their sentences stand in the tests. */
export const EXAMPLE_RULES: readonly SegmentRule[] = [
  { kind: 'all', rules: [] },
  {
    kind: 'all',
    rules: [
      { kind: 'did', event: order, times: { op: 'gte', value: 2 }, window: last(90) },
      { kind: 'trait', trait: 'country', op: 'eq', value: 'RO' },
    ],
  },
  { kind: 'did', event: order, times: { op: 'lte', value: 0 }, window: last(21) },
  {
    kind: 'did',
    event: {
      kind: 'all',
      rules: [
        { kind: 'event', names: ['Order', 'Renewal'] },
        { kind: 'property', property: 'total', op: 'gte', value: '50' },
        { kind: 'channel', channels: ['web'] },
      ],
    },
    times: { op: 'gte', value: 1 },
    window: { kind: 'ever' },
  },
  {
    kind: 'did',
    event: { kind: 'touchpoint', touchpoint: 't1' },
    times: { op: 'between', least: 2, most: 25 },
    window: { kind: 'last', n: 3, unit: 'months' },
  },
  {
    kind: 'any',
    rules: [
      { kind: 'trait', trait: 'plan', op: 'one-of', values: ['pro', 'team', 'max'] },
      {
        kind: 'all',
        rules: [
          { kind: 'trait', trait: 'group.account.seats', op: 'between', least: '5', most: '20' },
          { kind: 'none', rules: [{ kind: 'in', of: 'segment', id: 'g1' }] },
        ],
      },
    ],
  },
  { kind: 'trait', trait: 'birthday', op: 'anniversary', days: 7 },
  { kind: 'trait', trait: 'trial ends', op: 'in-next', days: 2 },
  {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: order,
    test: { op: 'gte', value: 100 },
    window: last(5),
  },
  {
    kind: 'amount',
    amount: 'average',
    of: { kind: 'property', property: 'rating' },
    event: { kind: 'event', names: ['Review'] },
    test: { op: 'between', least: 1, most: 2.5 },
    window: { kind: 'between', from: '2026-01-01', to: '2026-06-30' },
  },
  {
    kind: 'distinct',
    of: { kind: 'days' },
    event: { kind: 'all', rules: [] },
    test: { op: 'gte', value: 3 },
    window: { kind: 'hours', n: 48 },
  },
  { kind: 'first', event: order, window: { kind: 'last', n: 1, unit: 'weeks' } },
  { kind: 'last', event: order, window: { kind: 'before', date: '2026-01-01' } },
  {
    kind: 'sequence',
    steps: [{ kind: 'event', names: ['Cart'] }, order],
    stepWithinMs: 7_200_000,
    withinMs: 86_400_000,
    without: { kind: 'event', names: ['Support'] },
    window: last(30),
  },
  { kind: 'on-map', map: 'm1', version: 3, state: 'left', step: 's1', window: last(30) },
  { kind: 'on-map', map: 'm1', version: 3, state: 'reached-goal', step: null, window: last(2) },
  {
    kind: 'said',
    scale: 'nps',
    which: 'latest',
    test: { op: 'lte', value: 6 },
    words: 'late',
    touchpoint: 't1',
    window: last(30),
  },
  {
    kind: 'all',
    rules: [
      { kind: 'in', of: 'list', id: 'l1' },
      { kind: 'trait', trait: 'note', op: 'contains', value: '“) or (' },
    ],
  },
]
