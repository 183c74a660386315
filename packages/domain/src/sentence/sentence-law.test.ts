import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventCondition } from '../condition/event-condition.ts'
import { operatorsOf, type OperatorOf } from '../condition/operator.ts'
import type { ComparisonOf } from '../condition/comparison.ts'
import { isGroup, type Nest } from '../condition/nest.ts'
import { URL_OPERATORS } from '../condition/url-operator.ts'
import {
  type EventRule,
  MAP_STATES,
  STEP_STATES,
  type NumberTest,
  type SegmentLeaf,
  type SegmentRule,
} from '../segment/segment-rule.ts'
import { type Window, WINDOW_UNITS } from '../segment/window.ts'
import { canonicalRule } from './canonical-rule.ts'
import { shortest } from './nest-syntax.ts'
import { readConditionSentence, readSentence } from './read-sentence.ts'
import { sentenceWriter } from './rule-sentence.ts'
import { SENTENCE_LANGUAGES } from './sentence-language.ts'
import type { SentenceNames } from './sentence-names.ts'
import { plainSentence, type SentencePart } from './sentence-part.ts'

/** Modest; thousands were run by hand. */
const RUNS = 40

/** Two things of one name, a name full of signs, and an id that looks like a name. */
const NAMES: SentenceNames = {
  touchpoints: [
    { id: 't1', name: 'Delivery' },
    { id: 't2', name: 'Same' },
    { id: 't3', name: 'Same' },
    { id: 't4', name: 'a “b” «c» \\ "d"\nand (' },
  ],
  maps: [
    {
      id: 'm1',
      name: 'Shop',
      version: 4,
      steps: [
        { id: 's1', name: 'Cart' },
        { id: 's2', name: 'Twice' },
        { id: 's3', name: 'Twice' },
      ],
    },
  ],
  segments: [{ id: 'g1', name: 'VIP' }],
  lists: [{ id: 'l1', name: 'Guests' }],
}

const HOSTILE = [
  '',
  ' ',
  'Order',
  '“',
  '”',
  '"quoted"',
  '«»',
  '\\',
  '\\u{41}',
  'and whose x is “y”',
  ') or (',
  '\n',
  '\u202eevil\u2066',
  '\u0000',
  '\ud800',
  '👩‍🚀',
  '…',
  '#',
  '12',
  '1e5',
  '2026-01-01',
  'и у которых',
  '的客户',
  'value',
  'first',
  'days',
]
const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
)
const field = fc.oneof(fc.constantFrom('country', 'group.account.plan', '$current_url'), text)
const number = fc.oneof(
  fc.nat({ max: 120 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
)
const count = fc.oneof(fc.nat({ max: 130 }), fc.constantFrom(1, 2, 5, 21, 1000))
const date = fc.oneof(fc.constantFrom('2026-01-01', '2026-12-31', '', 'x'), text)
const numberText = fc.oneof(fc.constantFrom('1', '12.50', '-3', '.5', '1e3', ''), text)
const some = (least = 0) => fc.array(text, { minLength: least, maxLength: 4 })

const score: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const), value: number }),
  fc.record({ op: fc.constant('between' as const), least: number, most: number }),
)
const times: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ op: fc.constantFrom('gte' as const, 'lte' as const, 'eq' as const), value: count }),
  fc.record({ op: fc.constant('between' as const), least: count, most: count }),
)
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom<Window>({ kind: 'ever' }, { kind: 'question' }),
  fc.record({ kind: fc.constant('hours' as const), n: count }),
  fc.record({
    kind: fc.constantFrom('last' as const, 'next' as const),
    n: count,
    unit: fc.constantFrom(...WINDOW_UNITS),
  }),
  fc.record({ kind: fc.constant('between' as const), from: date, to: date }),
  fc.record({ kind: fc.constantFrom('before' as const, 'after' as const), date }),
)

function comparison(op: OperatorOf<'trait'>): fc.Arbitrary<ComparisonOf<'trait'>> {
  switch (op) {
    case 'eq':
    case 'ne':
    case 'contains':
    case 'starts-with':
      return text.map((value) => ({ op, value }))
    case 'gte':
    case 'lte':
      return numberText.map((value) => ({ op, value }))
    case 'before':
    case 'after':
      return date.map((value) => ({ op, value }))
    case 'one-of':
      return some().map((values) => ({ op, values }))
    case 'between':
      return fc.record({ op: fc.constant(op), least: numberText, most: numberText })
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return count.map((days) => ({ op, days }))
    default:
      return fc.constant({ op })
  }
}
const ofProperty = fc
  .constantFrom(...operatorsOf('property'))
  .chain((op) => comparison(op)) as fc.Arbitrary<ComparisonOf<'property'>>
const ofTrait = fc.constantFrom(...operatorsOf('trait')).chain((op) => comparison(op))

const touchpoint = fc.constantFrom('t1', 't2', 't3', 't4', 'gone', '')
const eventLeaf: fc.Arbitrary<Exclude<EventRule, { readonly rules: unknown }>> = fc.oneof(
  some().map((names) => ({ kind: 'event' as const, names })),
  touchpoint.map((id) => ({ kind: 'touchpoint' as const, touchpoint: id })),
  some().map((channels) => ({ kind: 'channel' as const, channels })),
  fc.record({
    kind: fc.constant('url' as const),
    op: fc.constantFrom(...URL_OPERATORS),
    value: text,
  }),
  fc
    .tuple(field, ofProperty)
    .map(([property, by]) => ({ kind: 'property' as const, property, ...by })),
)

function nest<Leaf extends { readonly kind: string }>(
  leaf: fc.Arbitrary<Leaf>,
  depth: number,
): fc.Arbitrary<Nest<Leaf>> {
  if (depth === 0) return leaf
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
        rules: fc.array(nest(leaf, depth - 1), { maxLength: 3 }),
      }),
    },
  )
}

const event: fc.Arbitrary<EventRule> = nest(eventLeaf, 3)
const property = fc.oneof(
  fc.constant({ kind: 'value' as const }),
  field.map((name) => ({ kind: 'property' as const, property: name })),
)
const ms = fc.oneof(fc.nat(), fc.constantFrom(86_400_000, 7_200_000, 5_400_000, 60_000, 1))
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })

const leaf: fc.Arbitrary<Exclude<SegmentRule, { readonly rules: unknown }>> = fc.oneof(
  fc.tuple(field, ofTrait).map(([trait, by]) => ({ kind: 'trait' as const, trait, ...by })),
  fc.record({ kind: fc.constant('did' as const), event, times, window }),
  fc.record({
    kind: fc.constant('amount' as const),
    amount: fc.constantFrom(
      'sum' as const,
      'average' as const,
      'smallest' as const,
      'largest' as const,
    ),
    of: property,
    event,
    test: score,
    window,
  }),
  fc.record({
    kind: fc.constant('distinct' as const),
    of: fc.oneof(
      fc.constant({ kind: 'days' as const }),
      field.map((name) => ({ kind: 'property' as const, property: name })),
    ),
    event,
    test: score,
    window,
  }),
  fc.record({ kind: fc.constantFrom('first' as const, 'last' as const), event, window }),
  fc.record({
    kind: fc.constant('sequence' as const),
    steps: fc.array(event, { minLength: 1, maxLength: 4 }),
    stepWithinMs: orNull(ms),
    withinMs: orNull(ms),
    without: orNull(event),
    window,
  }),
  fc.record({
    kind: fc.constant('on-map' as const),
    map: fc.constantFrom('m1', 'gone', ''),
    version: fc.integer({ min: 1, max: 30 }),
    state: fc.constantFrom(...MAP_STATES),
    step: fc.constantFrom('s1', 's2', 's3', 'gone', null),
    window,
  }),
  fc.record({
    kind: fc.constant('said' as const),
    scale: fc.constantFrom('csat' as const, 'nps' as const, 'ces' as const, 'sentiment' as const),
    which: fc.constantFrom('latest' as const, 'any' as const),
    test: orNull(score),
    words: orNull(text),
    touchpoint: orNull(touchpoint),
    window,
  }),
  fc.record({
    kind: fc.constant('in' as const),
    of: fc.constantFrom('segment' as const, 'list' as const),
    id: fc.constantFrom('g1', 'l1', 'gone', ''),
  }),
)

/** Every value of a condition, and of which slot it is a part: counted by hand, not as the writer does it. */
function editable(rule: SegmentRule, place: string): readonly string[] {
  if (isGroup(rule)) {
    return [
      `${place}.kind`,
      ...rule.rules.flatMap((one, i) => editable(one, `${place}.rules[${i}]`)),
    ]
  }
  const never = rule.kind === 'did' && rule.times.op === 'lte' && rule.times.value === 0
  const stepless = rule.kind === 'on-map' && !STEP_STATES.some((state) => state === rule.state)
  const fields = Object.keys(rule).flatMap((field): readonly string[] => {
    switch (field) {
      case 'steps':
        return rule.kind === 'sequence' ? [...rule.steps, 'next'].map((_, i) => `steps[${i}]`) : []
      // "Did not" says both what and how often, "are on the list" both that and of what sort.
      case 'times':
        return never ? [] : ['times']
      case 'step':
        return stepless ? [] : ['step']
      case 'of':
        return rule.kind === 'in' ? [] : ['of']
      case 'version':
        return []
      case 'value':
      case 'values':
      case 'least':
      case 'most':
      case 'days':
        return []
      default:
        return [field]
    }
  })
  return fields.map((field) => `${place}.${field}`)
}

const slotsOf = (parts: readonly SentencePart[]) =>
  parts.flatMap((part) => (part.kind === 'slot' ? [part] : []))

describe.each(SENTENCE_LANGUAGES)('in %s', (language) => {
  test('[SW6] every value of a rule that can be changed has one slot, and every slot a value', () => {
    fc.assert(
      fc.property(nest<SegmentLeaf>(leaf, 4), (given) => {
        const rule = canonicalRule(given)
        const slots = slotsOf(writer.rule(rule))
        expect(slots.map(({ place }) => place).toSorted()).toEqual(
          editable(rule, 'rule').toSorted(),
        )
        for (const { text, state } of slots) expect(state === 'unsaid').toBe(text === '')
      }),
      { numRuns: RUNS },
    )
  })

  const writer = sentenceWriter(language, NAMES)

  test('[SW1] a sentence of a rule is read back as that rule', () => {
    fc.assert(
      fc.property(nest<SegmentLeaf>(leaf, 4), (rule) => {
        const said = plainSentence(writer.rule(rule))
        expect([said, readSentence(said, language, NAMES)]).toEqual([
          said,
          { ok: true, rule: canonicalRule(rule) },
        ])
      }),
      { numRuns: RUNS },
    )
  })

  test('[SW1] and so is the sentence of a condition on events', () => {
    const condition: fc.Arbitrary<EventCondition> = nest(
      fc.oneof(
        eventLeaf,
        fc
          .tuple(field, ofProperty)
          .map(([trait, by]) => ({ kind: 'trait' as const, trait, ...by })),
      ),
      4,
    )
    fc.assert(
      fc.property(condition, (rule) => {
        const said = plainSentence(writer.condition(rule))
        expect([said, readConditionSentence(said, language, NAMES)]).toEqual([
          said,
          { ok: true, rule: shortest(rule) },
        ])
      }),
      { numRuns: RUNS },
    )
  })
})
