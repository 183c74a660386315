import type { SegmentRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { ruleDifference } from './rule-difference.ts'
import { usedBy } from './used-by.ts'
import type { SavedSegment } from './use-segments.ts'

const leaf = (trait: string): SegmentRule => ({ kind: 'trait', trait, op: 'set' })
const all = (...rules: readonly SegmentRule[]): SegmentRule => ({ kind: 'all', rules })
const text = (rule: SegmentRule) => ('trait' in rule ? rule.trait : '')

test('[UI50] a version says which conditions came and went, and when only their joining changed', () => {
  expect(ruleDifference(all(leaf('a'), leaf('b')), all(leaf('b'), leaf('c')), text)).toEqual({
    added: ['c'],
    removed: ['a'],
    joined: false,
  })
  const any: SegmentRule = { kind: 'any', rules: [leaf('a'), leaf('b')] }
  expect(ruleDifference(all(leaf('a'), leaf('b')), any, text)).toEqual({
    added: [],
    removed: [],
    joined: true,
  })
  expect(ruleDifference(all(leaf('a')), all(leaf('a'), leaf('a')), text).added).toEqual(['a'])
  expect(ruleDifference(any, any, text)).toEqual({ added: [], removed: [], joined: false })
})

test('[UI50] a segment is used by those that name it, at any depth, and by what waits for it', () => {
  const saved = (id: string, rule: SegmentRule, by: string[] = []): SavedSegment => ({
    id,
    name: id.toUpperCase(),
    description: '',
    rule,
    fixed: false,
    version: 1,
    ruleVersion: 1,
    createdMs: 0,
    updatedMs: 0,
    owner: null,
    watch: { state: 'off', by, sinceMs: null, readToMs: null },
    size: null,
  })
  const a = saved('a', leaf('x'), ['a flow'])
  const inA: SegmentRule = { kind: 'in', of: 'segment', id: 'a' }
  const b = saved('b', all(leaf('y'), { kind: 'none', rules: [inA] }))
  expect(usedBy(a, [a, b])).toEqual(['B', 'a flow'])
  expect(usedBy(b, [a, b])).toEqual([])
})
