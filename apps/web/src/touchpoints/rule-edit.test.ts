import type { MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { asGroup, emptyRule, isComplete, lackOf, RULE_KINDS, simplest } from './rule-edit.ts'

const cart: MatchRule = { kind: 'event', names: ['cart'] }

test('[UI15] a single condition is edited as a group of one and kept as itself', () => {
  expect(asGroup(cart)).toEqual({ kind: 'all', rules: [cart] })
  expect(simplest(asGroup(cart))).toEqual(cart)
  expect(simplest({ kind: 'none', rules: [cart] })).toEqual({ kind: 'none', rules: [cart] })
  expect(simplest({ kind: 'any', rules: [{ kind: 'all', rules: [cart] }] })).toEqual(cart)
})

test('[UI15] a condition just chosen lacks something', () => {
  expect(RULE_KINDS.filter((kind) => isComplete(emptyRule(kind)))).toEqual([])
})

test.each([
  [cart, null],
  [{ kind: 'property', property: 'price', op: 'gte', value: 'much' }, 'number'],
  [{ kind: 'property', property: 'price', op: 'gte', value: '12.50' }, null],
  [{ kind: 'property', property: 'price', op: 'set' }, null],
  [{ kind: 'property', property: 'brand', op: 'one-of', values: [] }, 'values'],
  [{ kind: 'url', op: 'like', value: '/cart*' }, null],
  [{ kind: 'any', rules: [] }, 'empty-group'],
] as const)('[UI15] %o lacks %s', (rule, lack) => {
  expect(lackOf(rule)).toBe(lack)
})
