import type { EventKind, MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { codingOf } from './coding.ts'

const kind = (code: number, name: string, path = '', coarse = false): EventKind => ({
  code,
  type: 'track',
  name,
  channel: 'web',
  path,
  coarse,
})
const named = (...names: readonly string[]): MatchRule => ({ kind: 'event', names })
const gold: MatchRule = { kind: 'property', property: 'plan', op: 'eq', value: 'gold' }
const url = (value: string): MatchRule => ({ kind: 'url', op: 'like', value })

test('[JO3] what kinds decide needs no event: the first rule, or all of them', () => {
  const kinds = [kind(1, 'view', '/p/1'), kind(2, 'cart'), kind(3, 'other')]
  const rules = [
    { code: 1, rule: named('view') },
    { code: 2, rule: { kind: 'any', rules: [url('/p/*'), named('cart')] } as const },
  ]
  expect(codingOf(rules, kinds, 'first')).toMatchObject({ byKind: [0, 1, 2, 0], openKinds: [] })
  expect(codingOf(rules, kinds, 'mask')).toMatchObject({ byKind: [0, 3, 2, 0], openKinds: [] })
})

test('[JO3] a property leaves open only the kinds that the rest of the rule lets through', () => {
  const kinds = [kind(1, 'view'), kind(2, 'cart')]
  const rules = [{ code: 1, rule: { kind: 'all', rules: [named('cart'), gold] } as const }]
  expect(codingOf(rules, kinds)).toMatchObject({ byKind: [0, 0, 0], openKinds: [2] })
})

test('[JO3] a rule before an open one settles its kind in "first", not in "mask"', () => {
  const rules = [
    { code: 1, rule: named('view') },
    { code: 2, rule: gold },
  ]
  expect(codingOf(rules, [kind(1, 'view')], 'first').openKinds).toEqual([])
  expect(codingOf(rules, [kind(1, 'view')], 'mask').openKinds).toEqual([1])
})

test('[JO3] a kind whose path stands for many leaves URL rules open', () => {
  const rules = [{ code: 1, rule: url('/p/*') }]
  expect(codingOf(rules, [kind(1, 'view', '*', true)]).openKinds).toEqual([1])
})
