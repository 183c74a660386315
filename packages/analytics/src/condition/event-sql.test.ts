import type { MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { compile } from '../sql.ts'
import { ruleCondition } from './event-sql.ts'

test.each<[MatchRule, string, readonly unknown[]]>([
  [{ kind: 'event', names: ["it's", 'b'] }, 'has({p0:Array(String)}, name)', [["it's", 'b']]],
  [{ kind: 'channel', channels: ['web'] }, 'has({p0:Array(String)}, channel)', [['web']]],
  [{ kind: 'url', op: 'like', value: '/a_*%' }, 'path LIKE {p0:String}', [String.raw`/a\_%\%`]],
  [
    { kind: 'property', property: 'x', op: 'ne', value: "';--" },
    '(NOT mapContains(properties, {p0:String}) OR properties[{p1:String}] != {p2:String})',
    ['x', 'x', "';--"],
  ],
  [
    { kind: 'property', property: 'x', op: 'one-of', values: ['a', 'b'] },
    '(mapContains(properties, {p0:String}) AND has({p1:Array(String)}, properties[{p2:String}]))',
    ['x', ['a', 'b'], 'x'],
  ],
  [{ kind: 'property', property: 'x', op: 'gte', value: 'much' }, 'false', []],
  [{ kind: 'all', rules: [] }, '(true)', []],
  [{ kind: 'any', rules: [] }, '(false)', []],
  [{ kind: 'none', rules: [] }, 'NOT (false)', []],
  [
    {
      kind: 'all',
      rules: [
        { kind: 'event', names: ['a'] },
        { kind: 'any', rules: [{ kind: 'url', op: 'equals', value: '/b' }] },
        { kind: 'none', rules: [{ kind: 'channel', channels: ['c'] }] },
      ],
    },
    '(has({p0:Array(String)}, name) AND (path = {p1:String}) AND NOT (has({p2:Array(String)}, channel)))',
    [['a'], '/b', ['c']],
  ],
])('[JO4] %j', (rule, text, params) => {
  const compiled = compile(ruleCondition(rule))
  expect(compiled.text).toBe(text)
  expect(Object.values(compiled.params)).toEqual(params)
})

test('[JO4] a range is two comparisons with numbers', () => {
  const { text, params } = compile(
    ruleCondition({ kind: 'property', property: 'x', op: 'between', least: '1', most: '2.5' }),
  )
  expect(
    text.match(/toFloat64OrNull\(properties\[\{p\d:String\}\]\) (>=|<=) \{p\d:Float64\}/g),
  ).toHaveLength(2)
  expect(Object.values(params).filter((value) => typeof value === 'number')).toEqual([1, 2.5])
})
