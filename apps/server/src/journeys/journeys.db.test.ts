import {
  codingOf,
  compile,
  type CodedRule,
  type JourneyChoice,
  journeysOf,
  kindCoding,
  type Reading,
} from '@parcurs/analytics'
import type { IncomingBatch, IncomingEvent, MatchRule } from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { fold } from './fold.ts'
import { readingOf } from './reading.ts'

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const now = Date.UTC(2026, 10, 22)
const hour = 3_600_000

interface Journey {
  readonly customer: string
  readonly times: readonly string[]
  readonly codes: readonly number[]
  readonly values: readonly string[]
}

async function journeys(reading: Reading, choice: JourneyChoice): Promise<readonly Journey[]> {
  const rows = await stores.clickhouse.rows<Journey>(compile(journeysOf(reading, choice)))
  return rows
    .map(({ customer, times, codes, values }) => ({ customer, times, codes, values }))
    .sort((a, b) => (a.customer < b.customer ? -1 : 1))
}

const word = (words: readonly string[]) => fc.constantFrom(...words)
const names = ['view', 'cart', 'purchase', 'Order Completed', 'refund']
const paths = ['', '/', '/cart', '/p/1', '/p/2']

const rule: fc.Arbitrary<MatchRule> = fc.letrec<{ rule: MatchRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2 },
    fc.record({
      kind: fc.constant('event' as const),
      names: fc.uniqueArray(word(names), { maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('channel' as const), channels: fc.array(word(['web', 'app'])) }),
    fc.record({
      kind: fc.constant('url' as const),
      op: fc.constantFrom('equals', 'starts-with', 'contains', 'like'),
      value: word(['/', '/cart', '/p/*', '*1', '/p', '']),
    }),
    fc.record({
      kind: fc.constant('property' as const),
      property: word(['plan', 'n']),
      op: fc.constantFrom('eq', 'ne', 'contains', 'gte', 'lte', 'set', 'unset'),
      value: word(['gold', 'G', '2', '']),
    }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
      rules: fc.array(tie('rule'), { maxLength: 3 }),
    }),
  ),
})).rule

const event: fc.Arbitrary<IncomingEvent> = fc.record({
  type: fc.constant('track' as const),
  name: word(names),
  channel: word(['web', 'app', 'store']),
  path: word(paths),
  userId: word(['', 'ann', 'bob', 'eve']),
  anonymousId: word(['d1', 'd2', 'd3']),
  messageId: fc.uuid(),
  timeMs: fc.integer({ min: 0, max: 20 }).map((n) => now - n * hour),
  position: fc.integer({ min: 0, max: 3 }),
  value: fc.option(fc.integer({ min: -50_000, max: 50_000 })),
  currency: word(['', 'EUR', 'USD']),
  orderId: word(['', '', 'o1', 'o2']),
  properties: fc.constantFrom<Record<string, string>>({}, { plan: 'gold' }, { n: '3' }, { n: 'x' }),
})

const alias = fc.record({
  previousId: word(['ann', 'bob', 'd1', 'd3']),
  userId: word(['bob', 'eve', 'ann']),
  timeMs: fc.integer({ min: 0, max: 20 }).map((n) => now - n * hour),
})

const batch: fc.Arbitrary<IncomingBatch> = fc.record({
  events: fc.array(event, { maxLength: 12 }),
  identifies: fc.array(
    fc.record({
      userId: word(['ann', 'bob']),
      anonymousId: word(['d1', 'd2', '']),
      timeMs: fc.integer({ min: 0, max: 20 }).map((n) => now - n * hour),
      traits: fc.constant({ plan: 'gold' }),
    }),
    { maxLength: 2 },
  ),
  groups: fc.constant([]),
  aliases: fc.array(alias, { maxLength: 1 }),
})

const choiceOf = (
  rules: readonly CodedRule[],
  kinds: Awaited<ReturnType<typeof store.kinds.all>>,
  keep: 'matched' | 'all',
  fromHour: number,
): JourneyChoice => ({
  coding: codingOf(rules, kinds, 'first'),
  period: fromHour === 0 ? null : { fromMs: now - fromHour * hour, toMs: now - 2 * hour },
  keep,
  customers: null,
})

test('[JO1] folded, partly folded and unfolded journeys agree, whatever the rules', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(batch, { minLength: 1, maxLength: 4 }),
      fc.array(rule, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('matched' as const, 'all' as const),
      fc.integer({ min: 0, max: 12 }),
      fc.nat(3),
      async (batches, rules, keep, fromHour, foldAfter) => {
        const { id } = await testWorkspace(stores)
        for (const [i, one] of batches.entries()) {
          await storeEvents(store, id, one, now)
          if (i === foldAfter) await fold(stores, id, { nowMs: now })
        }
        const kinds = await store.kinds.all(id)
        const coded = rules.map((one, i) => ({ code: i + 1, rule: one }))
        const reading = await readingOf(stores, id)
        for (const choice of [
          choiceOf(coded, kinds, keep, fromHour),
          { ...choiceOf(coded, kinds, keep, fromHour), coding: kindCoding(kinds) },
        ]) {
          const before = await journeys(reading, choice)
          expect(before).toEqual(await journeys({ ...reading, beyond: 'all' }, choice))
          await fold(stores, id, { nowMs: now })
          const after = await readingOf(stores, id)
          expect(after.beyond).toBe('none')
          expect(await journeys(after, choice)).toEqual(before)
        }
      },
    ),
    { numRuns: 10, interruptAfterTimeLimit: 30_000 },
  )
})
