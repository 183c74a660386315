import { expect, test } from 'vitest'
import { comparedBy, type Comparison } from './comparison.ts'
import { decideKind } from './event-condition.ts'
import type { OperatorCode } from './operator.ts'

test.each<[Comparison, OperatorCode, Comparison]>([
  [{ op: 'eq', value: 'a' }, 'ne', { op: 'ne', value: 'a' }],
  [{ op: 'eq', value: 'a' }, 'one-of', { op: 'one-of', values: ['a'] }],
  [{ op: 'eq', value: '' }, 'one-of', { op: 'one-of', values: [] }],
  [{ op: 'one-of', values: ['a', 'b'] }, 'eq', { op: 'eq', value: 'a' }],
  [{ op: 'gte', value: '5' }, 'between', { op: 'between', least: '5', most: '5' }],
  [{ op: 'between', least: '5', most: '7' }, 'lte', { op: 'lte', value: '5' }],
  [{ op: 'eq', value: 'a' }, 'set', { op: 'set' }],
  [{ op: 'set' }, 'eq', { op: 'eq', value: '' }],
])('[CN4] %j by %s is %j', (former, op, expected) => {
  expect(comparedBy(op, former)).toEqual(expected)
})

test('[CN5] a name, a channel or a path that stands for many decides nothing', () => {
  const kind = { code: 1, type: 'track', name: '*', channel: 'web', path: '*' } as const
  const named = { kind: 'event', names: ['*'] } as const
  const url = { kind: 'url', op: 'equals', value: '*' } as const
  expect(decideKind(named, { ...kind, coarse: false, coarseName: true })).toBe(null)
  expect(decideKind(named, { ...kind, coarse: true })).toBe(true)
  expect(decideKind(url, { ...kind, coarse: true })).toBe(null)
  expect(decideKind(url, { ...kind, coarse: false, coarseName: true })).toBe(true)
  const channel = { kind: 'channel', channels: ['web', '*'] } as const
  const anything = { ...kind, channel: '*', coarse: true }
  expect(decideKind(channel, { ...anything, coarseName: true })).toBe(null)
  expect(decideKind(channel, { ...anything, channel: 'app', coarseName: true })).toBe(false)
  expect(decideKind(channel, anything)).toBe(true)
})
