import {
  compile,
  factsNeeded,
  held,
  listedCustomers,
  join,
  segmentCondition,
  segmentCountQuery,
  segmentCustomers,
  type SegmentReading,
  sql,
} from '@parcurs/analytics'
import {
  DAY_MS,
  decide,
  type EventLeaf,
  GROUP_KINDS,
  type IncomingBatch,
  type IncomingEvent,
  MAP_STATES,
  type MatchRule,
  type NumberTest,
  operatorsTaking,
  type ResolvedSegment,
  type SegmentMap,
  type SegmentScope,
  type TraitLeaf,
  type Window,
  WINDOW_UNITS,
  UTC,
  zoneNamed,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { identityKey } from '../identity/identity-key.ts'
import { fold } from '../journeys/fold.ts'
import { readFacts } from './customer-facts.ts'
import { addToList } from '../segments/customer-lists.ts'
import { readingOf } from '../journeys/reading.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { caseBatches, caseUser, CASES, CASE_SCOPE, nowOf } from '../testing/segment-cases.ts'
import { testWorkspace } from '../testing/test-workspace.ts'

// apps/server SPEC.md, "Segments": [SE3] the store and memory decide the same.

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const zone = zoneNamed('Europe/Athens') ?? UTC
/** Clocks of Athens go back on 25 October 2026. */
const START = Date.UTC(2026, 9, 20)
const received = START + 20 * DAY_MS

const named = (...names: readonly string[]): MatchRule => ({ kind: 'event', names })
/** With alternatives (a view and an order completed), a loop and a repeatable step. */
const MAP: SegmentMap = {
  steps: ['view', 'Order Completed', 'cart', 'purchase'].map((name, i) => ({
    id: name,
    rule:
      name === 'cart'
        ? { kind: 'all', rules: [named(name), { kind: 'property', property: 'n', op: 'set' }] }
        : named(name),
    optional: i === 2,
    goal: i === 3,
    position: Math.max(0, i - 1),
    loops: i === 3 ? [0] : [],
    repeatable: i === 2,
  })),
  goal: named('purchase'),
  valued: true,
  windowMs: 2 * DAY_MS,
}
const scope: SegmentScope = {
  zone,
  weekStart: 'sunday',
  period: { fromMs: START + DAY_MS, toMs: START + 6 * DAY_MS },
  touchpoint: (id) =>
    id === 't'
      ? {
          name: 'Tee',
          rule: {
            kind: 'any',
            rules: [named('view'), { kind: 'property', property: 'plan', op: 'eq', value: 'gold' }],
          },
        }
      : null,
  map: (id) => (id === 'm' ? MAP : null),
}

const word = <T extends string>(...words: readonly T[]) => fc.constantFrom(...words)
const names = ['view', 'cart', 'purchase', 'Order Completed', 'csat_answered', 'nps_answered']
const time = fc.oneof(
  fc.nat({ max: 14 * 24 }).map((hours) => START + hours * 3_600_000),
  fc.nat({ max: 14 }).map((day) => zone.toUtc(START + day * DAY_MS)),
  fc.nat({ max: 14 * DAY_MS }).map((ms) => START + ms),
)
const event: fc.Arbitrary<IncomingEvent> = fc.record({
  type: fc.constant('track' as const),
  name: word(...names),
  channel: word('web', 'app'),
  path: word('', '/cart'),
  userId: word('', ...Array.from({ length: 40 }, (_, i) => `u${i}`)),
  anonymousId: word(...Array.from({ length: 40 }, (_, i) => `d${i}`)),
  messageId: fc.uuid(),
  timeMs: time,
  position: fc.integer({ min: 0, max: 3 }),
  value: fc.option(fc.integer({ min: -50_000, max: 50_000 })),
  currency: word('', 'EUR', 'USD'),
  orderId: word('', '', 'o1', 'o2'),
  properties: fc.record(
    {
      plan: word('gold', 'free'),
      n: word('1', '2.5', 'x', '1e12'),
      score: word('1', '3', '5', '9'),
      comment: word(' fine by me ', '\u00a0', 'Ж!'),
      touchpoint: word('', 'TEE ', 't', 'other'),
    },
    { requiredKeys: [] },
  ),
})
const traits = fc.record(
  {
    plan: word('gold', 'free', ''),
    born: word(
      '1990-10-28',
      '2024-02-29',
      '1988-11-02',
      '2026-02-30',
      '2026-10-24T22:30:00Z',
      '2026-10-25T00:30:00.123456+02:00',
      '2026-10-25 23:59',
      '1793000000',
      '1793000000123',
      'soon',
      '2026-10-25T25:00Z',
    ),
    size: word('1', '12.5', 'L'),
  },
  { requiredKeys: [] },
)
const identify = fc.record({
  userId: word(...Array.from({ length: 40 }, (_, i) => `u${i}`)),
  anonymousId: word('', 'd1', 'd2', 'd3'),
  timeMs: time,
  traits,
})
const batch: fc.Arbitrary<IncomingBatch> = fc.record({
  events: fc.array(event, { minLength: 40, maxLength: 60 }),
  identifies: fc.array(identify, { minLength: 4, maxLength: 8 }),
  groups: fc.array(
    identify.chain((one) => word('acme', 'hooli').map((groupId) => ({ ...one, groupId }))),
    { maxLength: 3 },
  ),
  aliases: fc.array(
    fc.record({ previousId: word('u1', 'd5', 'u3'), userId: word('u2', 'u4'), timeMs: time }),
    { maxLength: 2 },
  ),
})

const number = fc.constantFrom(0, 1, 2, 3, 2.5, 9, -1)
const numberTest: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ op: fc.constantFrom('gte', 'lte', 'eq'), value: number }),
  fc.record({ op: fc.constant('between'), least: number, most: number }),
)
const date = fc
  .nat({ max: 12 })
  .map((day) => new Date(START + day * DAY_MS).toISOString().slice(0, 10))
const window: fc.Arbitrary<Window> = fc.oneof(
  fc.record({ kind: fc.constantFrom('ever', 'question') }),
  fc.record({ kind: fc.constant('hours'), n: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    kind: fc.constantFrom('last', 'next'),
    n: fc.integer({ min: 1, max: 4 }),
    unit: fc.constantFrom(...WINDOW_UNITS),
  }),
  fc.record({ kind: fc.constant('between'), from: date, to: date }),
  fc.record({ kind: fc.constantFrom('before', 'after'), date }),
)
const eventLeaf: fc.Arbitrary<EventLeaf | { kind: 'touchpoint'; touchpoint: string }> = fc.oneof(
  fc.subarray([...names]).map((some): EventLeaf => ({ kind: 'event', names: some })),
  fc.constantFrom<EventLeaf>(
    { kind: 'property', property: 'n', op: 'gte', value: '2' },
    { kind: 'property', property: 'plan', op: 'unset' },
    { kind: 'channel', channels: ['app'] },
  ),
  word('t', 'gone').map((touchpoint) => ({ kind: 'touchpoint' as const, touchpoint })),
)
const trait: fc.Arbitrary<TraitLeaf> = fc
  .tuple(
    word('plan', 'born', 'size', 'group', 'group.account.plan', 'missing'),
    fc.oneof(
      fc.record({
        op: fc.constantFrom(...operatorsTaking('text', 'trait')),
        value: word('gold', '1', ''),
      }),
      fc.record({
        op: fc.constantFrom(...operatorsTaking('number', 'trait')),
        value: word('1', '12.5'),
      }),
      fc.record({ op: fc.constantFrom(...operatorsTaking('none', 'trait')) }),
      fc.record({ op: fc.constantFrom(...operatorsTaking('date', 'trait')), value: date }),
      fc.record({
        op: fc.constantFrom(...operatorsTaking('days', 'trait')),
        days: fc.constantFrom(1, 3, 10, 130, 365, 400),
      }),
      fc.record({
        op: fc.constant('one-of' as const),
        values: fc.subarray(['gold', 'free', 'acme']),
      }),
    ),
  )
  .map(([name, comparison]) => ({ kind: 'trait', trait: name, ...comparison }))
const leaf: fc.Arbitrary<ResolvedSegment> = fc.oneof(
  trait,
  fc.record({ kind: fc.constant('did'), event: eventLeaf, times: numberTest, window }),
  fc.record({
    kind: fc.constant('amount'),
    amount: fc.constantFrom('sum', 'average', 'smallest', 'largest'),
    of: fc.constantFrom({ kind: 'value' }, { kind: 'property', property: 'n' }),
    event: eventLeaf,
    test: numberTest,
    window,
  }),
  fc.record({
    kind: fc.constant('distinct'),
    of: fc.constantFrom({ kind: 'days' }, { kind: 'property', property: 'plan' }),
    event: eventLeaf,
    test: numberTest,
    window,
  }),
  fc.record({ kind: fc.constantFrom('first', 'last'), event: eventLeaf, window }),
  fc.record({
    kind: fc.constant('sequence'),
    steps: fc.array(eventLeaf, { minLength: 2, maxLength: 4 }),
    stepWithinMs: fc.constantFrom(null, DAY_MS, 3 * DAY_MS),
    withinMs: fc.constantFrom(null, 2 * DAY_MS, 5 * DAY_MS),
    without: fc.option(eventLeaf),
    window,
  }),
  fc.record({
    kind: fc.constant('said'),
    scale: fc.constantFrom('nps', 'csat'),
    which: fc.constantFrom('latest', 'any'),
    test: fc.option(numberTest),
    words: fc.constantFrom(null, 'FINE', ' ', 'ж'),
    touchpoint: fc.constantFrom(null, 't', 'gone'),
    window,
  }),
  fc.record({
    kind: fc.constant('on-map'),
    map: word('m', 'm', 'm', 'gone'),
    version: fc.constant(1),
    state: fc.constantFrom(...MAP_STATES),
    step: word('view', 'cart', 'purchase'),
    window,
  }),
  fc.record({ kind: fc.constant('in'), of: fc.constant('list'), id: word('even', 'none') }),
)
const rule: fc.Arbitrary<ResolvedSegment> = fc.letrec<{ rule: ResolvedSegment }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    { weight: 3, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom(...GROUP_KINDS),
        rules: fc.array(tie('rule'), { maxLength: 3 }),
      }),
    },
  ),
})).rule

async function filled(seed: number) {
  const { id } = await testWorkspace(stores, { time_zone: 'Europe/Athens', currency: 'EUR' })
  for (const [i, one] of fc.sample(batch, { numRuns: 4, seed }).entries()) {
    await storeEvents(store, id, one, received)
    if (i === 1) await fold(stores, id, { nowMs: received })
  }
  const reading = await readingOf(stores, id)
  const { clickhouse } = stores
  const { signal } = new AbortController()
  const everybody = sql`SELECT customer FROM (${segmentCustomers(
    {
      reading,
      kinds: await store.kinds.all(id),
      scope,
      nowMs: received,
      asOfMs: null,
      listed: () => sql``,
    },
    null,
  )})`
  const known = await clickhouse.rows<{ readonly customer: string }>(
    compile(sql`SELECT toString(customer) AS customer FROM (${everybody})`),
  )
  const customers = known.map(({ customer }) => BigInt(customer))
  const even = customers.filter((customer) => customer % 4n === 0n)
  await addToList(clickhouse, id, 'even', even)
  const kinds = await store.kinds.all(id)
  const readingAt = (nowMs: number): SegmentReading => ({
    reading,
    kinds,
    scope,
    nowMs,
    asOfMs: null,
    listed: (list) => listedCustomers(reading, list),
  })
  /** What these rules look at, and nothing else. */
  const factsFor = async (rules: readonly ResolvedSegment[]) => {
    const at = readingAt(received)
    return await readFacts(clickhouse, at, factsNeeded(rules, at), customers, signal)
  }
  return { factsFor, known: known.map(({ customer }) => customer), readingAt }
}

const { factsFor, known, readingAt } = await filled(7)

test('[SE3] a rule is true of the same customers in the store and in memory', async () => {
  expect(known.length).toBeGreaterThan(10)
  const asked = fc.array(fc.tuple(rule, time), { minLength: 8, maxLength: 8 })
  await fc.assert(
    // Several at once: the way to the store costs more than a rule.
    fc.asyncProperty(asked, async (some) => {
      const columns = some.map(
        ([one, nowMs]) => sql`toUInt8(${segmentCondition(readingAt(nowMs), one) ?? sql`true`})`,
      )
      const everybody = segmentCustomers(readingAt(received), null)
      const facts = await factsFor(some.map(([one]) => one))
      const rows = await stores.clickhouse.rows<{
        readonly customer: string
        readonly passed: readonly number[]
      }>(
        compile(sql`
          SELECT toString(customer) AS customer, [${join(columns, ', ')}] AS passed FROM (${everybody})`),
      )
      for (const { customer, passed } of rows) {
        const one = held(facts.get(customer), customer)
        expect(one.exists).toBe(true)
        some.forEach(([rule, nowMs], i) => {
          const found = { rule, nowMs, customer, member: passed[i] === 1 }
          expect(found).toEqual({ ...found, member: decide(rule, one.facts, scope, nowMs).member })
        })
      }
    }),
    { numRuns: 6, endOnFailure: false },
  )
}, 240_000)

test('[SE1] the count is of the customers listed', async () => {
  const rows = await stores.clickhouse.rows<{ readonly customers: string }>(
    segmentCountQuery(readingAt(received), { kind: 'all', rules: [] }),
  )
  expect(rows).toEqual([{ customers: String(known.length) }])
})

test('[SE3] the worked cases come out in the store too, merged and late as they are', async () => {
  const { id } = await testWorkspace(stores, {
    time_zone: CASES.zone,
    currency: CASES.currency,
    week_start: CASES.weekStart,
  })
  const batches = CASES.cases.map(caseBatches)
  // Wave by wave: the n-th event of every case arrives together.
  const waves = Math.max(...batches.map(({ length }) => length))
  for (let wave = 0; wave < waves; wave++) {
    const parts = batches.flatMap((some) => some[wave] ?? [])
    const together: IncomingBatch = {
      events: parts.flatMap(({ events }) => events),
      identifies: parts.flatMap(({ identifies }) => identifies),
      groups: [],
      aliases: parts.flatMap(({ aliases }) => aliases),
    }
    await storeEvents(store, id, together, received + 30 * DAY_MS)
    if (wave === 0) await fold(stores, id, { nowMs: received })
  }
  const reading = await readingOf(stores, id)
  const kinds = await store.kinds.all(id)
  const readingAt = (nowMs: number): SegmentReading => ({
    reading,
    kinds,
    scope: CASE_SCOPE,
    nowMs,
    asOfMs: null,
    listed: () => sql`SELECT toUInt64(0) AS customer WHERE false`,
  })
  const found: { name: string; member: boolean }[] = []
  for (let first = 0; first < CASES.cases.length; first += 14) {
    const some = CASES.cases.slice(first, first + 14)
    const columns = some.map(
      (one) => sql`toUInt8(${segmentCondition(readingAt(nowOf(one)), one.rule) ?? sql`true`})`,
    )
    const rows = await stores.clickhouse.rows<{
      readonly customer: string
      readonly passed: readonly number[]
    }>(
      compile(sql`
        SELECT toString(customer) AS customer, [${join(columns, ', ')}] AS passed
        FROM (${segmentCustomers(readingAt(received), null)})`),
    )
    const byCustomer = new Map(rows.map(({ customer, passed }) => [customer, passed]))
    some.forEach(({ name }, i) => {
      const key = String(identityKey(id, 'user', caseUser(first + i)))
      found.push({ name, member: held(byCustomer.get(key), name)[i] === 1 })
    })
  }
  expect(found).toEqual(CASES.cases.map(({ name, member }) => ({ name, member })))
}, 240_000)
