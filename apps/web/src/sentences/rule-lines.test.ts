import { expect, test } from 'vitest'
import { pathOf, pathText, placeInRule, ruleLines } from './rule-lines.ts'

test('[UI48] a fault’s place leads to the condition it is in', () => {
  expect(placeInRule('rule.rules[0].rules[2].times.value')).toEqual({
    path: [0, 2],
    field: 'times',
  })
  expect(placeInRule('rule.trait')).toEqual({ path: [], field: 'trait' })
  expect(placeInRule('rule.rules[1].steps[0].names')).toEqual({ path: [1], field: 'steps[0]' })
})

test('[UI47] lines stand in reading order, each with the word that joins it', () => {
  const leaf = { kind: 'trait', trait: 'a', op: 'set' } as const
  const lines = ruleLines({ kind: 'all', rules: [leaf, { kind: 'any', rules: [leaf, leaf] }] })
  expect(lines.map(({ kind, path, join }) => [kind, pathText(path), join])).toEqual([
    ['leaf', '0', null],
    ['group', '1', 'all'],
    ['leaf', '1.0', null],
    ['leaf', '1.1', 'any'],
  ])
  expect([pathOf(''), pathOf('1.0')]).toEqual([[], [1, 0]])
})
