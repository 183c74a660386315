import fc from 'fast-check'
import { expect, test } from 'vitest'
import { editDistance, nearestNames } from './nearest-names.ts'
import type { SegmentRule } from './segment-rule.ts'
import { unknownWords, type Vocabulary } from './unknown-words.ts'

const vocabulary: Vocabulary = {
  event: new Set(['Order Completed', 'Cart Viewed', 'Product Added']),
  property: new Set(['device', 'price']),
  trait: new Set(['country', 'plan']),
  channel: new Set(['web']),
  touchpoint: new Set(['t1']),
  segment: new Set(['s1']),
  list: null,
  map: new Set(['m1']),
}
const ever = { kind: 'ever' } as const
const once = { op: 'gte', value: 1 } as const

test('[SR4] words that nothing is like yet are told with their places and what may have been meant', () => {
  const rule: SegmentRule = {
    kind: 'all',
    rules: [
      { kind: 'trait', trait: 'contry', op: 'eq', value: 'RO' },
      { kind: 'trait', trait: 'plan', op: 'set' },
      { kind: 'trait', trait: 'group.account.size', op: 'set' },
      {
        kind: 'none',
        rules: [
          {
            kind: 'did',
            event: {
              kind: 'all',
              rules: [
                { kind: 'event', names: ['Cart Viewed', 'order_complete'] },
                { kind: 'property', property: 'colour', op: 'set' },
                { kind: 'touchpoint', touchpoint: 't2' },
                { kind: 'channel', channels: ['wep'] },
              ],
            },
            times: once,
            window: ever,
          },
        ],
      },
      {
        kind: 'amount',
        amount: 'sum',
        of: { kind: 'property', property: 'prices' },
        event: { kind: 'all', rules: [] },
        test: once,
        window: ever,
      },
      { kind: 'in', of: 'list', id: 'gone' },
      { kind: 'in', of: 'segment', id: 's2' },
      { kind: 'on-map', map: 'm1', version: 1, state: 'conforms', step: null, window: ever },
    ],
  }
  expect(unknownWords(rule, vocabulary)).toEqual([
    { place: 'rule.rules[0].trait', kind: 'trait', name: 'contry', nearest: ['country'] },
    {
      place: 'rule.rules[3].rules[0].event.rules[0].names[1]',
      kind: 'event',
      name: 'order_complete',
      nearest: ['Order Completed'],
    },
    {
      place: 'rule.rules[3].rules[0].event.rules[1].property',
      kind: 'property',
      name: 'colour',
      nearest: [],
    },
    {
      place: 'rule.rules[3].rules[0].event.rules[2].touchpoint',
      kind: 'touchpoint',
      name: 't2',
      nearest: [],
    },
    {
      place: 'rule.rules[3].rules[0].event.rules[3].channels[0]',
      kind: 'channel',
      name: 'wep',
      nearest: [],
    },
    { place: 'rule.rules[4].of.property', kind: 'property', name: 'prices', nearest: ['price'] },
    { place: 'rule.rules[6].id', kind: 'segment', name: 's2', nearest: [] },
  ])
})

test('[SR4] the nearest come first, three at most, and long names are not compared', () => {
  const known = ['order paid', 'Order_Placed', 'order-place', 'orders placed', 'refund']
  expect(nearestNames('order placed', known)).toEqual([
    'Order_Placed',
    'order-place',
    'orders placed',
  ])
  expect(nearestNames('x'.repeat(81), ['x'.repeat(81)])).toEqual([])
  expect(nearestNames('_', known)).toEqual([])
  expect(nearestNames('Заказ', ['заказы', 'возврат'])).toEqual(['заказы'])
})

test('[SR4] so many words are compared and no more', () => {
  const names = Array.from({ length: 30 }, () => 'Cart Vieved')
  const rule: SegmentRule = {
    kind: 'did',
    event: { kind: 'event', names },
    times: once,
    window: ever,
  }
  const helped = unknownWords(rule, vocabulary).filter(({ nearest }) => nearest.length > 0)
  expect([unknownWords(rule, vocabulary).length, helped.length]).toEqual([30, 20])
})

test('[SR4] a distance is symmetric, none from itself, and bounded as asked', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(
    fc.property(word, word, fc.nat({ max: 4 }), (a, b, most) => {
      const whole = editDistance(a, b, 100) ?? -1
      expect(editDistance(b, a, 100)).toBe(whole)
      expect(whole === 0).toBe(a === b)
      expect(editDistance(a, b, most)).toBe(whole <= most ? whole : null)
    }),
  )
})
