import { expect, test } from 'vitest'
import { readCondition } from './read-condition.ts'

const gold = { kind: 'trait', trait: 'plan', op: 'eq', value: 'gold' }
const set = { kind: 'property', property: 'size', op: 'set' }

test.each<[unknown, unknown]>([
  [{ trait: 'plan', op: 'eq', value: 'gold' }, gold],
  [{ property: 'size', op: 'set', value: '' }, set],
  [{ kind: 'property', property: 'size', op: 'set', value: 'x' }, set],
  [{ any: [{ trait: 'plan', op: 'eq', value: 'gold' }] }, { kind: 'any', rules: [gold] }],
  [{ all: [{ any: [] }] }, { kind: 'all', rules: [{ kind: 'any', rules: [] }] }],
  [{ conditions: [{ property: 'size', op: 'set', value: '' }] }, { kind: 'all', rules: [set] }],
  [
    { kind: 'none', rules: [{ property: 'size', op: 'set', value: '' }] },
    { kind: 'none', rules: [set] },
  ],
  // Left for the schema to refuse.
  [
    { conditions: 'a', more: 1 },
    { kind: 'all', rules: 'a', more: 1 },
  ],
  [
    { property: 'size', op: 'is', value: 'x' },
    { kind: 'property', property: 'size', op: 'is', value: 'x' },
  ],
  [
    { property: 'size', op: 'set', value: 5 },
    { kind: 'property', property: 'size', op: 'set', value: 5 },
  ],
  [null, null],
  [['a'], ['a']],
  ['a', 'a'],
])('[CN2] %j is read as %j, which reads as itself', (given, expected) => {
  expect(readCondition(given)).toEqual(expected)
  expect(readCondition(expected)).toEqual(expected)
})
