import { describe, expect, test } from 'vitest'
import { faultsOf, faultText } from './fault.ts'
import { answer, question } from './question-routes.ts'
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
    { kind: 'variants', per: 'sessions', gapMs: 60_000, items: { property: 'page' }, limit: 5 },
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

const definition = {
  key: 'retention',
  parameters: { cohorts: 1 },
  timeZone: 'UTC',
  nowMs: 1,
  sample: { unit: 'customers', n: 2, share: 1 },
  read: null,
  segments: [],
}
const cell = { returned: 1, of: 2, share: 0.5, complete: true }
const retention = {
  version: 1,
  kind: 'retention',
  definition,
  cohorts: [{ fromMs: 0, toMs: 1, size: 2, cells: [cell] }],
  average: [cell],
}
const graph = {
  version: 1,
  kind: 'paths',
  view: 'graph',
  definition,
  customers: 1,
  items: [{ item: 'a', count: 1, customers: null, starts: 1, ends: 1 }],
  edges: [],
}

test.each([retention, graph, { ...graph, edges: [{ ...graph.items[0], from: 'a', to: 'a' }] }])(
  '[QC4] answer %#',
  (given) => {
    const extra = 'edges' in given && given.edges.length > 0
    expect(answer.safeParse(given).success).toBe(!extra)
  },
)

test.each([
  ['another kind', { ...retention, kind: 'funnel' }],
  ['no definition', { ...retention, definition: undefined }],
  ['a share above 1', { ...retention, average: [{ ...cell, share: 1.5 }] }],
  ['a count that is none', { ...graph, customers: 0.5 }],
  ['a number that JSON cannot say', { ...graph, customers: Number.NaN }],
  ['more than it says', { ...retention, more: 1 }],
])('[QC4] %s is no answer', (_, given) => {
  expect(answer.safeParse(given).success).toBe(false)
})
