import { describe, expect, test } from 'vitest'
import { faultsOf, faultText } from './fault.ts'
import { question } from './question-routes.ts'
import { segmentText } from './segment-text.ts'

const faults = (asked: unknown): readonly string[] => {
  const checked = question.safeParse(asked)
  return checked.success ? [] : faultsOf('question', checked.error.issues, asked).map(faultText)
}

const funnel = { kind: 'funnel', steps: ['view', { event: ['cart', 'basket'] }, null] }

describe('[QC1] questions with defaults and with everything', () => {
  test.each([
    funnel,
    { ...funnel, period: { lastDays: 30 }, version: 1, segment: null },
    { ...funnel, where: [{ any: [{ property: 'a', op: 'set', value: '' }] }] },
    { kind: 'paths', gapMs: null, items: { property: 'page' } },
    { kind: 'sessions', startEvent: 'login', endEvent: { event: 'logout' } },
    { kind: 'retention', interval: 'hour', start: '2026-01-31T06:00', brackets: [4, 10] },
    { kind: 'metrics', metrics: ['value'] },
    { kind: 'metrics', emptyCart: { event: 'cart_cleared' } },
  ])('%j', (asked) => {
    expect(faults(asked)).toEqual([])
  })
})

test.each([
  [{ kind: 'funel' }, /question\.kind/],
  [{ ...funnel, windowMS: 5 }, /'windowMS'/],
  [{ ...funnel, windowMs: 5 }, /question\.windowMs is 5: expected at least 1000/],
  [{ ...funnel, steps: ['view'] }, /question\.steps/],
  [{ ...funnel, steps: ['view', { event: 5 }] }, /question\.steps\[1\]\.event is 5/],
  [{ ...funnel, order: 'loose' }, /question\.order is "loose"/],
  [
    { ...funnel, period: { from: '1.1.2026', to: '2026-01-31' } },
    /question\.period\.from is "1\.1\.2026"/,
  ],
  [{ kind: 'sessions', gapMs: 1 }, /question\.gapMs is 1: expected at least 60000/],
])('[QC2] %j is refused with its place', (asked, words) => {
  expect(faults(asked).join('; ')).toMatch(words)
})

const inAddress = (text: string): readonly string[] => {
  const checked = segmentText.safeParse(text)
  return checked.success ? [] : faultsOf('query.segment', checked.error.issues, text).map(faultText)
}

test('[QC3] an address carries a segment as JSON', () => {
  const gold = { conditions: [{ any: [{ trait: 'plan', op: 'eq', value: 'gold' }] }] }
  expect(segmentText.parse(JSON.stringify(gold))).toEqual({
    kind: 'all',
    rules: [{ kind: 'any', rules: [{ kind: 'trait', trait: 'plan', op: 'eq', value: 'gold' }] }],
  })
})

test.each([
  ['{"conditions":', /a segment as JSON/],
  ['[]', /an object/],
  [
    '{"conditions":[{"trait":"plan","op":"is","value":"gold"}]}',
    /rules\[0\]\.op: expected one of "eq"/,
  ],
  ['{"conditions":[],"more":1}', /'more'/],
  [`{"conditions":${'['.repeat(70)}`, /60 levels/],
  [' '.repeat(4001), /4000 characters/],
])('[QC3] %.60s is refused', (text, words) => {
  expect(inAddress(text).join('; ')).toMatch(words)
})
