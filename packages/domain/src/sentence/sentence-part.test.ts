import { describe, expect, test } from 'vitest'
import type { SegmentLeaf, SegmentRule } from '../segment/segment-rule.ts'
import { EXAMPLE_NAMES as NAMES, EXAMPLE_RULES } from './example-rules.ts'
import { ruleSentence, sentenceWriter } from './rule-sentence.ts'
import { SENTENCE_LANGUAGES } from './sentence-language.ts'
import { plainSentence, type SentencePart } from './sentence-part.ts'
import { rulePath, slotAt } from './slot-place.ts'

const english = sentenceWriter('en', NAMES)

/** Slots in brackets with their field, gaps with a question mark. */
const drawn = (parts: readonly SentencePart[]) =>
  parts
    .map((part) =>
      part.kind === 'words'
        ? part.text
        : `[${part.field}${part.state === 'gap' ? '?' : ''}: ${part.text}]`,
    )
    .join('')

test('[SW6] a sentence is words and slots, each with the place of its field', () => {
  const rule = EXAMPLE_RULES[1]
  if (rule === undefined) throw new Error('no such example')
  const parts = english.rule(rule)
  expect(drawn(parts)).toBe(
    'Customers [kind: who did] [event: “Order”] [times: at least 2 times] [window: in the last 90 days] [kind: and] [kind: whose] [trait: country] [op: is “RO”]',
  )
  expect(parts.flatMap((part) => (part.kind === 'slot' ? [part.place] : []))).toEqual([
    'rule.rules[0].kind',
    'rule.rules[0].event',
    'rule.rules[0].times',
    'rule.rules[0].window',
    'rule.kind',
    'rule.rules[1].kind',
    'rule.rules[1].trait',
    'rule.rules[1].op',
  ])
})

const last30 = { kind: 'last', n: 30, unit: 'days' } as const
const none: SegmentLeaf = { kind: 'trait', trait: '', op: 'eq', value: '' }

test.each<readonly [string, SegmentRule, string]>([
  [
    'what may be said and is not has a place all the same',
    {
      kind: 'sequence',
      steps: [
        { kind: 'event', names: ['Cart'] },
        { kind: 'event', names: [] },
      ],
      stepWithinMs: null,
      withinMs: 7_200_000,
      without: null,
      window: last30,
    },
    'Customers [kind: who did in order] [steps: “Cart”], then [steps?: …][steps: ][stepWithinMs: ], [withinMs: all within 2 hours][without: ], [window: in the last 30 days]',
  ],
  ['what is to be chosen yet is a gap', none, 'Customers [kind: whose] [trait?: …] [op?: is “”]'],
  [
    'an event is one slot with all that has to hold of it, a map with its version',
    {
      kind: 'all',
      rules: [
        {
          kind: 'did',
          event: {
            kind: 'all',
            rules: [
              { kind: 'touchpoint', touchpoint: 't1' },
              { kind: 'property', property: '', op: 'gte', value: '5' },
            ],
          },
          times: { op: 'lte', value: 0 },
          window: last30,
        },
        { kind: 'on-map', map: 'm1', version: 2, state: 'at', step: null, window: last30 },
      ],
    },
    'Customers [kind: who did not do] the touchpoint [event?: “Delivery” where (… is at least 5)] [window: in the last 30 days] [kind: and] [kind: who] [state: are at] step [step?: …] of the map [map: “Shop” v2] [window: in the last 30 days]',
  ],
  [
    'a group is joined in one slot; its brackets and its other words are words',
    { kind: 'none', rules: [none, none, { kind: 'all', rules: [none, none, none] }] },
    `Customers [kind: who are not among those] (${[
      '[kind: whose] [trait?: …] [op?: is “”] or [kind: whose] [trait?: …] [op?: is “”] or (',
      '[kind: whose] [trait?: …] [op?: is “”] [kind: and] [kind: whose] [trait?: …] [op?: is “”] and [kind: whose] [trait?: …] [op?: is “”]))',
    ].join('')}`,
  ],
  ['nobody can be changed too', { kind: 'any', rules: [] }, '[kind: Nobody]'],
])('[SW6] %s', (_, rule, said) => {
  expect(drawn(english.rule(rule))).toBe(said)
})

describe.each(SENTENCE_LANGUAGES)('in %s', (language) => {
  test('[SW6] the text of the parts is the sentence', () => {
    const writer = sentenceWriter(language, NAMES)
    for (const rule of EXAMPLE_RULES) {
      const parts = writer.rule(rule)
      expect(plainSentence(parts)).toBe(parts.map(({ text }) => text).join(''))
      expect(plainSentence(parts)).toBe(ruleSentence(rule, language, NAMES))
      expect(plainSentence(parts)).not.toMatch(/[[\]{}]| {2}|^ | $/)
    }
  })
})

test('[SW7] of a long list some values are said, and how many there are', () => {
  const of = (n: number): SegmentRule => ({
    kind: 'trait',
    trait: 'sku',
    op: 'one-of',
    values: Array.from({ length: n }, (_, i) => `v${i}`),
  })
  const brief = sentenceWriter('en', NAMES, { mostListed: 3, number: String, date: String })
  expect(plainSentence(brief.rule(of(4)))).toBe(
    'Customers whose sku is one of “v0”, “v1”, “v2” or “v3”',
  )
  expect(drawn(brief.rule(of(10_000)))).toBe(
    'Customers [kind: whose] [trait: sku] [op: is one of “v0”, “v1”, “v2” … (10000)]',
  )
})

test('[SW8] to be looked at, numbers and dates are as the reader has them, and no text is', () => {
  const rule: SegmentRule = {
    kind: 'all',
    rules: [
      {
        kind: 'amount',
        amount: 'sum',
        of: { kind: 'value' },
        event: { kind: 'event', names: ['12500 2026-01-31'] },
        test: { op: 'gte', value: 12500.5 },
        window: { kind: 'between', from: '2026-01-31', to: '2026-02-28' },
      },
      { kind: 'trait', trait: 'spent', op: 'gte', value: '25000' },
      { kind: 'trait', trait: 'sku', op: 'eq', value: '25000' },
    ],
  }
  const looked = sentenceWriter('en', NAMES, {
    mostListed: 3,
    number: (value) => `<${value}>`,
    date: (date) => `(${date})`,
  })
  expect(plainSentence(looked.rule(rule))).toBe(
    'Customers whose total value over “12500 2026-01-31” from (2026-01-31) to (2026-02-28) is at least <12500.5> and whose spent is at least <25000> and whose sku is “25000”',
  )
  expect(plainSentence(english.rule(rule))).toContain('from 2026-01-31 to 2026-02-28')
})

test('[SW6] a place is in the slot of its field; brackets are in none', () => {
  expect(slotAt('rule.rules[0].event.rules[1].value')).toEqual({
    field: 'event',
    place: 'rule.rules[0].event',
  })
  expect(slotAt('rule.steps[2].names[0]')).toEqual({ field: 'steps', place: 'rule.steps[2]' })
  expect(slotAt('rule.values[3]')).toEqual({ field: 'op', place: 'rule.op' })
  expect([slotAt('rule.rules'), slotAt('rule')]).toEqual([null, null])
  expect(rulePath('rule.rules[0].rules[2].event.rules[1].value')).toEqual([0, 2])
  expect(rulePath('rule.kind')).toEqual([])
})
