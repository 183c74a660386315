import { type LivingMapAnswer, type LivingMapQuestion, mapKind } from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import type { IncomingEvent, JourneyMap, MatchRule } from '@parcurs/domain'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { PROGRAM, storeEvents } from '../collect/store-events.ts'
import { type CountingThreads, countingThreads } from '../counting/counting-threads.ts'
import { fold } from '../journeys/fold.ts'
import { openReadings } from '../journeys/readings.ts'
import { eventKinds } from '../log/event-kinds.ts'
import { openEventStore } from '../log/event-store.ts'
import { insertMap } from '../maps/maps.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { removeSource } from '../removals/remove-source.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { createTouchpoint } from '../touchpoints/touchpoints.ts'
import { questionRunner } from './question-runner.ts'

// apps/server SPEC.md, "Living map": [LV9] asked again, a map is corrected by what changed.

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const threads = countingThreads(2)
afterAll(() => threads.close())

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 8, 1)
const { signal } = new AbortController()
const BY_KEY = { ...PROGRAM, source: 7 }

/** A shop with the map See › Cart › Order; `corrected` and `anew` are two ways to the same answer. */
async function shop(p: string, see: MatchRule) {
  const workspace = await testWorkspace(stores)
  const now = { ms: START + 20 * DAY }
  const rules: Readonly<Record<string, MatchRule>> = {
    see,
    cart: { kind: 'event', names: ['cart', 'view'] },
    order: { kind: 'event', names: ['purchase'] },
  }
  for (const [id, rule] of Object.entries(rules)) {
    const draft = { name: id, channel: 'web', ownerTeam: '', presence: 'digital' as const, rule }
    await createTouchpoint(stores.database, workspace.id, `${id}-${p}`, draft)
  }
  const step = (id: string) => ({
    id,
    name: id,
    touchpointIds: [`${id}-${p}`],
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
    alternativeGroup: null,
    loopsTo: [],
    repeatable: false,
    detailMapId: null,
  })
  const map: JourneyMap = {
    id: `map-${p}`,
    name: 'Shop',
    goal: { touchpointId: `order-${p}`, valued: true },
    windowDays: 2,
    version: 1,
    stages: [
      { id: 'before', kind: 'consideration', name: 'Before', steps: [step('see'), step('cart')] },
      { id: 'buy', kind: 'purchase', name: 'Buy', steps: [step('order')] },
    ],
  }
  await inWorkspace(stores.database, workspace.id, (tx) => insertMap(tx, workspace.id, map.id, map))
  const asked = {
    id: workspace.id,
    slug: workspace.slug,
    name: 'Shop',
    timeZone: 'UTC',
    weekStart: 'monday' as const,
    currency: 'EUR',
    simulated: false,
  }
  const question: LivingMapQuestion = {
    version: 1,
    kind: 'living-map',
    mapId: map.id,
    period: { fromMs: START, toMs: START + 30 * DAY },
    segment: null,
    compareTo: null,
    windowDays: null,
  }
  const changes = { counted: 0 }
  const kinds = eventKinds(stores.database)
  const watched: CountingThreads = {
    ...threads,
    countChange: async (...order) => {
      const counted = await threads.countChange(...order)
      if (counted.kind === 'map-change' && counted.counted !== null) changes.counted++
      return counted
    },
  }
  const runner = () =>
    questionRunner({
      stores,
      readings: openReadings(stores),
      kinds,
      threads: watched,
      clock: () => now.ms,
      maxSeconds: 30,
      maxMemoryBytes: 1_000_000_000,
    })
  const told = async (from: ReturnType<typeof runner>): Promise<LivingMapAnswer> => {
    const ran = await from.run(mapKind, question, asked, signal)
    if (isRefusal(ran)) throw new Error(ran.detail)
    return ran.answer
  }
  const kept = runner()
  let sent = 0
  return {
    id: workspace.id,
    now,
    changes,
    kinds,
    corrected: () => told(kept),
    anew: () => told(runner()),
    event: (given: Partial<IncomingEvent>): IncomingEvent => ({
      messageId: `${p}-${++sent}`,
      type: 'track',
      name: 'view',
      channel: 'web',
      path: '',
      userId: '',
      anonymousId: '',
      timeMs: now.ms,
      position: sent,
      value: null,
      currency: 'EUR',
      orderId: '',
      properties: {},
      ...given,
    }),
    store: async (batch: Partial<Parameters<typeof storeEvents>[2]>, sender = PROGRAM) => {
      const whole = { events: [], identifies: [], groups: [], aliases: [], ...batch }
      await storeEvents(store, workspace.id, whole, now.ms, sender)
    },
  }
}

const who = fc.nat(49)
const told = fc.record({
  who,
  known: fc.boolean(),
  name: fc.constantFrom('view', 'view', 'cart', 'purchase', 'help', 'search'),
  path: fc.constantFrom('', '', '/new', '/old', '/other'),
  hoursAgo: fc.oneof(fc.nat(3), fc.nat(24 * 30)),
  price: fc.constantFrom('5', '500'),
  value: fc.constantFrom(null, 20_000, -20_000),
  order: fc.nat(5),
})
const happening = fc.record({
  hours: fc.constantFrom(0, 0, 1, 7),
  events: fc.array(told, { maxLength: 4 }),
  joined: fc.option(fc.tuple(who, who), { freq: 3 }),
  linked: fc.option(who, { freq: 3 }),
  folded: fc.constantFrom(true, false, false, false),
})

test.each<[string, MatchRule]>([
  ['by names', { kind: 'event', names: ['view'] }],
  [
    'by properties',
    {
      kind: 'all',
      rules: [
        { kind: 'event', names: ['view'] },
        { kind: 'property', property: 'price', op: 'gte', value: '100' },
      ],
    },
  ],
])('[LV9] corrected or counted anew, a map whose steps match %s says the same', async (p, see) => {
  const ask = await shop(p.replace(' ', '-'), see)
  const draw = fc.sample(fc.array(told, { minLength: 200, maxLength: 200 }), {
    numRuns: 1,
    seed: 7,
  })
  const eventOf = ({ who, known, name, path, hoursAgo, price, value, order }: Told) =>
    ask.event({
      name,
      path,
      ...(known ? { userId: `u${who}` } : { anonymousId: `a${who}` }),
      timeMs: ask.now.ms - hoursAgo * HOUR,
      value,
      orderId: value !== null && name === 'purchase' ? `o${order}` : '',
      properties: { price },
    })
  await ask.store({ events: draw.flat().slice(0, 150).map(eventOf) })
  await ask.store({ events: draw.flat().slice(150).map(eventOf) }, BY_KEY)
  expect(await ask.corrected()).toEqual(await ask.anew())
  for (const { hours, events, joined, linked, folded } of fc.sample(happening, {
    numRuns: 5,
    seed: 3,
  })) {
    ask.now.ms += hours * HOUR
    const timeMs = ask.now.ms
    await ask.store({
      events: events.map(eventOf),
      aliases:
        joined === null ? [] : [{ previousId: `u${joined[0]}`, userId: `u${joined[1]}`, timeMs }],
    })
    if (linked !== null) {
      const both = { userId: `u${linked}`, anonymousId: `a${linked}` }
      await ask.store({ events: [ask.event({ ...both, name: 'help' })] })
    }
    if (folded) await fold(stores, ask.id, { nowMs: ask.now.ms })
    expect(await ask.corrected()).toEqual(await ask.anew())
  }
  expect(ask.changes.counted).toBeGreaterThan(3)
  // Every window is over.
  ask.now.ms = START + 33 * DAY
  expect(await ask.corrected()).toEqual(await ask.anew())
  ask.now.ms += DAY / 2
  expect(await ask.corrected()).toEqual(await ask.anew())
  // Pruned kinds are in the journeys as what took them in, in the events as they came.
  const kinds = await ask.kinds.all(ask.id)
  await ask.kinds.prune(
    ask.id,
    kinds.filter(({ path }) => path !== '').map(({ code }) => code),
  )
  expect(await ask.corrected()).toEqual(await ask.anew())
  await fold(stores, ask.id, { nowMs: ask.now.ms })
  await ask.store({ events: draw.flat().slice(0, 5).map(eventOf) })
  expect(await ask.corrected()).toEqual(await ask.anew())
  // A removal is no commit's rows: everything is counted anew, and what is kept from then on is right.
  await removeSource(store, ask.id, { source: BY_KEY.source, sinceMs: null })
  expect(await ask.corrected()).toEqual(await ask.anew())
  // And where its bytes are gone before the next question, and it is forgotten.
  await removeSource(store, ask.id, { source: PROGRAM.source, sinceMs: null })
  await fold(stores, ask.id, { nowMs: ask.now.ms })
  expect(await ask.corrected()).toEqual(await ask.anew())
})

type Told = typeof told extends fc.Arbitrary<infer T> ? T : never
