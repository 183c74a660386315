import { compile, customerEvents, decidedRule, ruleCondition, sql } from '@parcurs/analytics'
import {
  type ComparisonOf,
  decideKind,
  type EventFacts,
  type IncomingEvent,
  type MatchRule,
  matchesRule,
  operatorsTaking,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'

// apps/server SPEC.md, "Touchpoints": [TO1] rules mean the same in TypeScript, by kind, and in SQL on the real engine.

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const now = Date.UTC(2026, 10, 22)

const word = fc.constantFrom(
  '',
  'a',
  'A',
  '%',
  '_',
  '*',
  '\\',
  '/p/1',
  '/p/%',
  '/P/2_x',
  "'",
  '{',
  'Ж',
  'жы',
  '支付',
  'é',
  'true',
  'YES',
)
const number = fc.constantFrom(
  '1',
  '01',
  '1.0',
  '-3',
  '+3',
  '1e2',
  '.5',
  '5.',
  'abc',
  'inf',
  'nan',
  'Infinity',
  ' 1',
  '1 ',
  '0x1',
  '1,5',
  '9007199254740993',
  '',
)
const text = fc.oneof(word, number)
const property = fc.constantFrom('x', 'y', 'a.b', "it's", 'Ж')
const name = fc.constantFrom('view', 'View', "o'clock", '支付', 'a%')
const channel = fc.constantFrom('web', 'app', 'other')
const path = fc.constantFrom(
  '',
  '/',
  '/p/1',
  '/p/2_x',
  '/p/%',
  '/P/1/size',
  '/Ж/支付',
  '/a\\b',
  '/a*b',
)

const facts = fc.record({
  name,
  channel,
  path,
  properties: fc.dictionary(property, text, { maxKeys: 3 }),
})
const pattern = fc.oneof(
  path,
  fc.array(fc.oneof(fc.constant('*'), word), { maxLength: 4 }).map((all) => all.join('')),
)

const comparison: fc.Arbitrary<ComparisonOf<'property'>> = fc.oneof(
  fc.record({
    op: fc.constantFrom(...operatorsTaking('text', 'property')),
    value: text,
  }),
  fc.record({ op: fc.constantFrom(...operatorsTaking('number', 'property')), value: text }),
  fc.record({ op: fc.constantFrom(...operatorsTaking('none', 'property')) }),
  fc.record({
    op: fc.constantFrom(...operatorsTaking('texts', 'property')),
    values: fc.array(text, { maxLength: 3 }),
  }),
  fc.record({
    op: fc.constantFrom(...operatorsTaking('range', 'property')),
    least: number,
    most: number,
  }),
)

const rule: fc.Arbitrary<MatchRule> = fc.letrec<{ rule: MatchRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ kind: fc.constant('event'), names: fc.array(name, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('channel'), channels: fc.array(channel, { maxLength: 2 }) }),
    fc.record({
      kind: fc.constant('url'),
      op: fc.constantFrom('equals', 'starts-with', 'contains', 'like'),
      value: pattern,
    }),
    fc
      .tuple(property, comparison)
      .map(([named, compared]) => ({ kind: 'property' as const, property: named, ...compared })),
    fc.record({
      kind: fc.constantFrom('all', 'any', 'none'),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
  ),
})).rule

test('[TO1] a rule matches the same events in TypeScript, by kind and in SQL', async () => {
  const { id: workspace } = await testWorkspace(stores)
  const samples = fc.sample(facts, { numRuns: 400, seed: 11 })
  const events = samples.map(
    (given, i): IncomingEvent => ({
      messageId: `m${i}`,
      type: 'track',
      userId: `u${i}`,
      anonymousId: '',
      timeMs: now,
      position: i,
      value: null,
      currency: '',
      orderId: '',
      ...given,
    }),
  )
  await storeEvents(store, workspace, { events, identifies: [], groups: [], aliases: [] }, now)
  const reading = await readingOf(stores, workspace)
  const kinds = await store.kinds.all(workspace)
  const kindOf = new Map(kinds.map((kind) => [`${kind.name}\n${kind.channel}\n${kind.path}`, kind]))

  await fc.assert(
    fc.asyncProperty(rule, async (asked) => {
      const matched = events.map((event) => matchesRule(asked, { ...event } satisfies EventFacts))
      for (const [i, event] of events.entries()) {
        const kind = kindOf.get(`${event.name}\n${event.channel}\n${event.path}`)
        if (kind === undefined) throw new Error('every event has a kind')
        const decided = decideKind(asked, kind)
        if (decided !== null) expect([event, decided]).toEqual([event, matched[i]])
      }
      const rows = await stores.clickhouse.rows<{
        position: number
        whole: number
        decided: number
      }>(
        compile(
          customerEvents(
            reading,
            sql`position, toUInt8(${ruleCondition(asked)}) AS whole,
              toUInt8(${decidedRule(asked, kinds).condition}) AS decided`,
          ),
        ),
      )
      expect(rows).toHaveLength(events.length)
      for (const { position, whole, decided } of rows) {
        const found = { event: events[position], whole: whole === 1, decided: decided === 1 }
        expect(found).toEqual({ ...found, whole: matched[position], decided: matched[position] })
      }
    }),
    { numRuns: 150, endOnFailure: false },
  )
}, 120_000)
