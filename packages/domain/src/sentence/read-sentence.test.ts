import { expect, test } from 'vitest'
import type { SegmentRule } from '../segment/segment-rule.ts'
import { EXAMPLE_NAMES as NAMES, EXAMPLE_RULES } from './example-rules.ts'
import { readSentence } from './read-sentence.ts'
import { ruleSentence } from './rule-sentence.ts'

const twice = EXAMPLE_RULES[1]

test.each([
  [
    'en',
    'customers  WHO did "Order" at least 2 times\nin the last 90 days and whose country is "RO".',
  ],
  [
    'en',
    'Customers who did «Order» at least 2 time in the last 90 day and whose “country” is „RO“',
  ],
  [
    'ro',
    'clienti care au facut "Order" de cel putin 2 ori in ultimele 90 de zile si la care country este "RO"',
  ],
  [
    'ru',
    'клиенты, которые совершили "Order" не менее 2 раза за последние 90 дня и у которых country равно "RO"',
  ],
  [
    'el',
    'ΠΕΛΑΤΕΣ ΠΟΥ ΕΚΑΝΑΝ "Order" τουλαχιστον 2 φορες τις τελευταιες 90 ημερες και των οποιων το country ειναι "RO"',
  ],
  ['zh', '最近90天内 做过 "Order" 至少2次,且其country是「RO」的客户。'],
] as const)('[SW3] read all the same in %s: %s', (language, text) => {
  expect(readSentence(text, language, NAMES)).toEqual({ ok: true, rule: twice })
})

test('[SW3] what is left out is meant: at least once, ever, the map’s version now', () => {
  expect(readSentence('Customers who did "Order"', 'en', NAMES)).toEqual({
    ok: true,
    rule: {
      kind: 'did',
      event: { kind: 'event', names: ['Order'] },
      times: { op: 'gte', value: 1 },
      window: { kind: 'ever' },
    },
  })
  expect(readSentence('Customers who left at step "Cart" of the map "Shop"', 'en', NAMES)).toEqual({
    ok: true,
    rule: {
      kind: 'on-map',
      map: 'm1',
      version: 3,
      state: 'left',
      step: 's1',
      window: { kind: 'ever' },
    },
  })
})

test.each([
  ['', 0, 'words:Customers'],
  ['Customers who dance', 10, 'words:who did'],
  ['Customers whose country is RO', 27, 'quoted-text'],
  ['Customers whose country is “RO', 30, 'end-of-quote'],
  ['Customers whose channel is known', 16, 'name'],
  ['Customers who did “A” in the last ninety days', 34, 'number'],
  ['Customers who are in the segment “Nobody knows”', 33, 'known-segment'],
  ['Customers who left at step “Roof” of the map “Shop” v3', 27, 'known-step'],
  ['Customers who are at step “Cart” of the map “Garden”', 44, 'known-map'],
  ['Customers who did the touchpoint “X”', 33, 'known-touchpoint'],
  ['Customers whose a is known and whose b is known or whose c is known', 48, 'end'],
  ['Customers whose a is known, please', 26, 'end'],
  [`Customers ${'('.repeat(30)}whose a is known${')'.repeat(30)}`, 30, 'fewer-brackets'],
] as const)('[SW4] %s: what was expected at %i', (text, at, expected) => {
  const read = readSentence(text, 'en', NAMES)
  if (read.ok) throw new Error('it was read')
  expect([read.code, read.at, read.value]).toEqual(['not-a-sentence', at, text.slice(at, at + 40)])
  expect(
    read.expected.map((one) => (one.kind === 'words' ? `words:${one.text}` : one.kind)),
  ).toContain(expected)
})

test('[SW5] text of the user’s stays in its quotes, on one line and in its direction', () => {
  const value = 'a” and whose b is “c\n\u202egnp.\u0000 \\'
  const rule: SegmentRule = { kind: 'trait', trait: 'is “x”', op: 'eq', value }
  const said = ruleSentence(rule, 'en', NAMES)
  expect(said).toBe(
    String.raw`Customers whose “is \“x\”” is “a\” and whose b is \“c\u{a}\u{202e}gnp.\u{0} \\”`,
  )
  expect(readSentence(said, 'en', NAMES)).toEqual({ ok: true, rule })
})

test('[SW5] a long list is read in the time that its length takes', () => {
  const values = Array.from({ length: 10_000 }, (_, i) => `v${i}`)
  const rule: SegmentRule = { kind: 'trait', trait: 'sku', op: 'one-of', values }
  const said = ruleSentence(rule, 'en', NAMES)
  expect(readSentence(said, 'en', NAMES)).toEqual({ ok: true, rule })
})
