import { rulePath } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { pathOf, pathText, placeOfPath, ruleLines } from './rule-lines.ts'

test('[UI48] a condition’s place is that of its faults', () => {
  expect([placeOfPath([]), placeOfPath([0, 2])]).toEqual(['rule', 'rule.rules[0].rules[2]'])
  expect(rulePath(`${placeOfPath([0, 2])}.times.value`)).toEqual([0, 2])
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
