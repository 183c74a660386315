import { expect, test } from 'vitest'
import type { EventFacts } from '../event.ts'
import { comparedBy } from './comparison.ts'
import { matchesRule, type MatchRule } from './event-condition.ts'
import type { OperatorOf } from './operator.ts'
import { ruleFaults } from './rule-fault.ts'

// SPEC.md, "Touchpoints": [TP1] what matches, [TP2] which rules are refused.

const event: EventFacts = {
  type: 'track',
  name: 'add_to_cart',
  channel: 'web',
  path: '/product/42_b/size',
  properties: {
    price: '12.50',
    brand: 'Ährenfeld',
    empty: '',
    code: '1e2',
    odd: 'Infinity',
    member: 'Yes',
  },
}

const named: MatchRule = { kind: 'event', names: ['view', 'add_to_cart'] }
const never: MatchRule = { kind: 'channel', channels: ['store'] }
const url = (op: 'equals' | 'starts-with' | 'contains' | 'like', value: string): MatchRule => ({
  kind: 'url',
  op,
  value,
})
const property = (name: string, op: OperatorOf<'property'>, value = ''): MatchRule => ({
  kind: 'property',
  property: name,
  ...comparedBy(op, { op: 'eq', value }),
})
const oneOf = (name: string, ...values: readonly string[]): MatchRule => ({
  kind: 'property',
  property: name,
  op: 'one-of',
  values,
})
const between = (name: string, least: string, most: string): MatchRule => ({
  kind: 'property',
  property: name,
  op: 'between',
  least,
  most,
})

test.each<[boolean, MatchRule]>([
  [true, named],
  [false, never],
  [false, { kind: 'event', names: ['Add_to_cart'] }],
  [true, { kind: 'all', rules: [named, url('contains', '42')] }],
  [false, { kind: 'all', rules: [named, never] }],
  [true, { kind: 'any', rules: [never, named] }],
  [false, { kind: 'any', rules: [] }],
  [true, { kind: 'none', rules: [never] }],
  [false, { kind: 'none', rules: [never, named] }],
  [true, url('equals', '/product/42_b/size')],
  [false, url('equals', '/product')],
  [true, url('starts-with', '/product/')],
  [true, url('like', '/product/*')],
  [true, url('like', '*/size')],
  [true, url('like', '/product/*/size')],
  [true, url('like', '*2*b*')],
  [false, url('like', '/product')],
  [false, url('like', '/product/*/s')],
  [false, url('like', '/product/42%')],
  [false, url('like', '/product/42?b/size')],
  [false, url('like', '/product/42_b/size/*size')],
  [true, property('price', 'gte', '12.5')],
  [false, property('price', 'gte', '12.51')],
  [true, property('price', 'lte', '100')],
  [true, property('code', 'lte', '100')],
  [false, property('odd', 'gte', '1')],
  [false, property('brand', 'lte', '1')],
  [false, property('missing', 'lte', '1')],
  [true, property('brand', 'contains', 'ähREN')],
  [true, property('brand', 'eq', 'Ährenfeld')],
  [false, property('brand', 'eq', 'ährenfeld')],
  [true, property('empty', 'set')],
  [true, property('empty', 'eq', '')],
  [false, property('missing', 'eq', '')],
  [true, property('missing', 'ne', 'x')],
  [true, property('missing', 'unset')],
  [false, property('price', 'unset')],
  [true, oneOf('price', '7', '12.50')],
  [false, oneOf('price', '12.5')],
  [false, oneOf('missing', '')],
  [true, property('brand', 'starts-with', 'ÄH')],
  [false, property('brand', 'starts-with', 'feld')],
  [false, property('missing', 'starts-with', '')],
  [true, between('price', '12.5', '12.5')],
  [false, between('price', '12.51', '20')],
  [false, between('price', '0', 'much')],
  [false, between('missing', '0', '9')],
  [true, property('member', 'true')],
  [false, property('price', 'true')],
  [false, property('missing', 'true')],
])('[TP1] %s: %o', (matches, rule) => {
  expect(matchesRule(rule, event)).toBe(matches)
})

const nested = (depth: number): MatchRule =>
  depth === 0 ? named : { kind: 'all', rules: [nested(depth - 1)] }

test.each<[string, MatchRule, string]>([
  ['no names', { kind: 'event', names: [] }, 'rule.names'],
  ['an empty name', { kind: 'event', names: ['a', ''] }, 'rule.names[1]'],
  ['nothing to match', { kind: 'any', rules: [] }, 'rule.rules'],
  ['inside', { kind: 'any', rules: [named, url('like', '')] }, 'rule.rules[1].value'],
  ['a word as number', property('price', 'gte', 'many'), 'rule.value'],
  ['no property', property('', 'set'), 'rule.property'],
  ['an empty list', oneOf('price'), 'rule.values'],
  ['too long a list', oneOf('price', ...new Array<string>(10_001).fill('a')), 'rule.values'],
  ['no lower number', between('price', '', '5'), 'rule.least'],
  ['a range that is none', between('price', '6', '5'), 'rule.most'],
  ['too deep', nested(6), 'rule.rules[0].rules[0].rules[0].rules[0].rules[0]'],
  ['too many', { kind: 'any', rules: Array.from({ length: 101 }, () => named) }, 'rule'],
])('[TP2] refuses %s', (_why, rule, place) => {
  expect(ruleFaults(rule).map((fault) => fault.place)).toEqual([place])
})

test('[TP2] a good rule has no faults', () => {
  expect(ruleFaults({ kind: 'all', rules: [named, property('price', 'gte', '3')] })).toEqual([])
  expect(ruleFaults(nested(5))).toEqual([])
})
