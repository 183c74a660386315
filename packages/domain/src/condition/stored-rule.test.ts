import { expect, test } from 'vitest'
import type { MatchRule } from './event-condition.ts'
import { readStoredRule, RULE_FORMAT, type StoredRule } from './stored-rule.ts'

const today: MatchRule = {
  kind: 'any',
  rules: [
    { kind: 'event', names: ['cart'] },
    { kind: 'none', rules: [{ kind: 'property', property: 'staff', op: 'set' }] },
    { kind: 'property', property: 'price', op: 'gte', value: '5' },
  ],
}

test('[CN3] format 1 had a value beside every operator', () => {
  const stored: StoredRule = {
    kind: 'any',
    rules: [
      { kind: 'event', names: ['cart'] },
      { kind: 'none', rules: [{ kind: 'property', property: 'staff', op: 'set', value: '' }] },
      { kind: 'property', property: 'price', op: 'gte', value: '5' },
    ],
  }
  expect(readStoredRule(1, stored)).toEqual(today)
})

test('[CN3] today’s format is read as it is, a later one is refused', () => {
  expect(readStoredRule(RULE_FORMAT, today)).toEqual(today)
  expect(() => readStoredRule(RULE_FORMAT + 1, today)).toThrow(/format 3/)
})
