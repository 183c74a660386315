import type { LivingMapAnswer, LivingMapQuestion } from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import {
  type IncomingEvent,
  type JourneyMap,
  type MapState,
  type MatchRule,
  type SegmentRule,
  type Step,
  PLAIN_STEP,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { fold } from '../journeys/fold.ts'
import { insertMap } from '../maps/maps.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testQuestions } from '../testing/test-questions.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { createTouchpoint } from '../touchpoints/touchpoints.ts'

// apps/server SPEC.md, "Living map": [LV1] the answer, [LV2] rules on properties, [LV3] segments and comparison, [LV4] the fold, [LV5] traits.

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })

const DAY = 86_400_000
const START = Date.UTC(2026, 8, 1)
const now = { ms: Date.UTC(2026, 10, 22) }
const questions = testQuestions(stores)(() => now.ms)

const named = (...names: readonly string[]): MatchRule => ({ kind: 'event', names })
const EXPENSIVE: MatchRule = {
  kind: 'all',
  rules: [named('view'), { kind: 'property', property: 'price', op: 'gte', value: '100' }],
}

let nth = 0

type Told = readonly [who: string, name: string, day: number, given?: Partial<IncomingEvent>]

/** A shop with the map See › Cart › Order, and these events: who, what, days after the start. */
async function shop(
  events: readonly Told[],
  see: MatchRule = named('view'),
  drawn: Readonly<Record<string, Partial<Step>>> = {},
) {
  const workspace = await testWorkspace(stores)
  const p = `${++nth}`
  const touchpoint = async (id: string, rule: MatchRule) => {
    const draft = { name: id, channel: 'web', ownerTeam: '', presence: 'digital' as const, rule }
    await createTouchpoint(stores.database, workspace.id, `${id}-${p}`, draft)
  }
  await touchpoint('see', see)
  await touchpoint('cart', named('cart', 'view'))
  await touchpoint('order', named('purchase'))
  const step = (id: string) => ({
    id,
    name: id,
    touchpointIds: [`${id}-${p}`],
    ...PLAIN_STEP,
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
    ...drawn[id],
  })
  const map: JourneyMap = {
    id: `map-${p}`,
    name: 'Shop',
    goal: { touchpointId: `order-${p}`, valued: true },
    windowDays: 14,
    version: 1,
    stages: [
      { id: 'before', kind: 'consideration', name: 'Before', steps: [step('see'), step('cart')] },
      { id: 'buy', kind: 'purchase', name: 'Buy', steps: [step('order')] },
    ],
  }
  await inWorkspace(stores.database, workspace.id, (tx) => insertMap(tx, workspace.id, map.id, map))
  let sent = 0
  const incoming = ([who, name, day, given]: Told): IncomingEvent => ({
    messageId: `${p}-${++sent}`,
    type: 'track',
    name,
    channel: 'web',
    path: '',
    userId: who,
    anonymousId: '',
    timeMs: START + day * DAY,
    position: sent,
    value: null,
    currency: 'EUR',
    orderId: '',
    properties: {},
    ...given,
  })
  const keep = async (...told: readonly Told[]) => {
    const batch = { events: told.map(incoming), identifies: [], groups: [], aliases: [] }
    await storeEvents(store, workspace.id, batch, now.ms)
  }
  await keep(...events)
  const asked = {
    id: workspace.id,
    slug: workspace.slug,
    name: 'Shop',
    timeZone: 'UTC',
    weekStart: 'monday' as const,
    currency: 'EUR',
    simulated: false,
  }
  const ask = async (change: Partial<LivingMapQuestion> = {}): Promise<LivingMapAnswer> => {
    const question: LivingMapQuestion = {
      version: 1,
      kind: 'living-map',
      mapId: map.id,
      period: { fromMs: START, toMs: START + 30 * DAY },
      segment: null,
      compareTo: null,
      windowDays: null,
      ...change,
    }
    const answer = await questions.ask(question, asked, new AbortController().signal)
    if (isRefusal(answer)) throw new Error(answer.detail)
    if (answer.kind !== 'living-map') throw new Error(`answered as ${answer.kind}`)
    return answer
  }
  return Object.assign(ask, { workspace: workspace.id, store: keep })
}

const money = (units: number, orderId: string): Partial<IncomingEvent> => ({
  value: units * 10_000,
  orderId,
  properties: { order_id: orderId },
})

test('[LV1] the map of a small shop, by hand', async () => {
  const ask = await shop([
    ['ann', 'view', 0],
    ['ann', 'cart', 1],
    ['ann', 'purchase', 2, money(80, 'o1')],
    ['ann', 'purchase', 2, money(80, 'o1')],
    ['ann', 'refund', 3, money(-30, 'o1')],
    ['bob', 'view', 0],
    ['bob', 'help', 1],
    ['cat', 'view', 5],
    ['cat', 'cart', 6],
    ['cat', 'view', 7],
    ['dan', 'help', 8],
    [
      'eve',
      'survey_answered',
      9,
      { properties: { scale: 'csat', score: '1', touchpoint: 'CART' } },
    ],
  ])
  const { measured, windowDays, compared } = await ask()
  expect({ windowDays, compared }).toEqual({ windowDays: 14, compared: null })
  expect(measured).toMatchObject({
    entrants: 3,
    completions: 1,
    inProgress: 0,
    settled: 3,
    settledCompletions: 1,
    completionShare: 1 / 3,
    completionEstimate: { share: expect.closeTo(1 / 3, 12) as number },
    goalValue: 50,
    goalEnded: 1,
    outside: 2,
    stages: [
      { stageId: 'before', customers: 3 },
      { stageId: 'buy', customers: 1 },
    ],
    conformance: { finished: 3, conforming: 3 },
  })
  const [see, cart, order] = measured.steps
  expect(see).toMatchObject({
    stepId: 'see',
    customers: 3,
    visits: 4,
    movedOn: 2,
    left: 2,
    wentBack: 0,
    settled: 3,
    outcome: { movedOn: 1, wentBack: 0, ended: 0, stopped: 2 },
  })
  expect(see).toMatchObject({ medianToNextMs: DAY, moneyAtRisk: { amount: 50, n: 2 } })
  expect(see?.instead).toEqual([{ event: 'help', path: '', customers: 1, events: 1 }])
  expect(cart).toMatchObject({ customers: 2, movedOn: 1, wentBack: 1, left: 0, overlaps: ['see'] })
  expect(cart?.emotion).toMatchObject({ mean: -2, n: 1 })
  expect(order).toMatchObject({ customers: 1, left: 0, reachedNext: null, moneyAtRisk: null })
  expect(order?.lastEventMs).toBe(START + 2 * DAY)
  expect(measured.unmapped).toEqual([
    { event: 'help', path: '', customers: 1, events: 1 },
    { event: 'refund', path: '', customers: 1, events: 1 },
  ])
})

test('[LV4] folded or not, with more after the fold or not: the numbers are the same', async () => {
  const ask = await shop([
    ['ann', 'view', -5],
    ['ann', 'view', 0],
    ['ann', 'cart', 1],
    ['ann', 'purchase', 2, money(80, 'o1')],
    ['ann', 'refund', 3, money(-30, 'o1')],
    ['bob', 'view', 29],
    ['bob', 'cart', 31],
    ['cat', 'help', 3],
    ['dan', 'view', 60],
  ])
  const before = await ask()
  expect(before.measured).toMatchObject({ entrants: 2, continued: 1, outside: 1, goalValue: 50 })
  await fold(stores, ask.workspace, { nowMs: now.ms })
  expect((await ask()).measured).toEqual(before.measured)
  await ask.store(['eve', 'view', 4])
  const after = await ask()
  expect(after.measured).toMatchObject({ entrants: 3, continued: 1, outside: 1, goalValue: 50 })
})

test('[LV2] a rule on properties is decided event by event', async () => {
  const ask = await shop(
    [
      ['ann', 'view', 0, { properties: { price: '250' } }],
      ['ann', 'view', 1, { properties: { price: '9.99' } }],
      ['bob', 'view', 0],
      ['bob', 'purchase', 1, money(10, 'o2')],
    ],
    EXPENSIVE,
  )
  const { measured } = await ask()
  expect(measured.steps.map((step) => step.customers)).toEqual([1, 2, 1])
  expect(measured.steps[0]?.lastEventMs).toBe(START)
  expect(measured.goalValue).toBe(10)
})

test.each<[string, Readonly<Record<string, Partial<Step>>>]>([
  ['the map', {}],
  [
    'a map with alternatives and a loop to them',
    {
      see: { alternativeGroup: 'g' },
      cart: { alternativeGroup: 'g' },
      order: { loopsTo: ['see'] },
    },
  ],
  [
    'a map with a repeatable step and a loop',
    { cart: { repeatable: true, loopsTo: ['see'] }, see: { optional: true } },
  ],
])(
  '[SE6] a segment made from a number of %s counts exactly that number',
  async (_what, drawn) => {
    const draw = fc.sample(
      fc.array(
        fc.record({
          who: fc.integer({ min: 0, max: 30 }),
          name: fc.constantFrom('view', 'view', 'cart', 'purchase', 'help'),
          hour: fc.integer({ min: -100, max: 1100 }),
          price: fc.constantFrom('5', '500'),
          value: fc.constantFrom(null, 20_000, -20_000),
        }),
        { minLength: 160, maxLength: 160 },
      ),
      { numRuns: 1, seed: 3 },
    )
    const ask = await shop(
      draw
        .flat()
        .map(({ who, name, hour, price, value }) => [
          `c${who}`,
          name,
          hour / 24,
          { properties: { price }, value },
        ]),
      EXPENSIVE,
      drawn,
    )
    const { question, measured } = await ask()
    const count = async (state: MapState, step: string | null): Promise<number> => {
      const leaf: SegmentRule = {
        kind: 'on-map',
        map: question.mapId,
        version: 1,
        state,
        step,
        window: { kind: 'question' },
      }
      return (await ask({ segment: leaf })).measured.entrants
    }
    const states = [
      ['passed', 'customers'],
      ['moved-on', 'movedOn'],
      ['went-back', 'wentBack'],
      ['left', 'left'],
      ['in-progress', 'inProgress'],
    ] as const
    for (const { stepId, ...step } of measured.steps) {
      for (const [state, number] of states) {
        expect([stepId, state, await count(state, stepId)]).toEqual([stepId, state, step[number]])
      }
    }
    expect(await count('reached-goal', null)).toBe(measured.completions)
    expect(await count('conforms', null)).toBe(measured.conformance.conforming)
  },
  120_000,
)

test('[LV3] a segment, a period to compare with, and a window of one’s own', async () => {
  const ask = await shop([
    ['ann', 'view', 0, { properties: { device: 'ios' } }],
    ['ann', 'cart', 3],
    ['bob', 'view', 0, { properties: { device: 'android' } }],
    ['ann', 'view', 40],
    ['bob', 'view', 41],
  ])
  const answer = await ask({
    segment: {
      kind: 'did',
      event: { kind: 'property', property: 'device', op: 'eq', value: 'ios' },
      times: { op: 'gte', value: 1 },
      window: { kind: 'question' },
    },
    compareTo: { fromMs: START + 35 * DAY, toMs: START + 60 * DAY },
    windowDays: 2,
  })
  expect(answer.measured.entrants).toBe(1)
  expect(answer.measured.steps[0]).toMatchObject({ customers: 1, movedOn: 0 })
  // Nobody in the other period has an event with that property.
  expect(answer.compared?.entrants).toBe(0)
  expect(answer.compared?.completionShare).toBeNull()
})

test('[LV5] why customers leave is looked for in their traits', async () => {
  const of = (group: string, day: number) =>
    Array.from({ length: 60 }, (_, i) => [`${group}${i}`, day] as const)
  const ask = await shop([
    ...of('free', 0).map(([who, day]): Told => [who, 'view', day]),
    ...of('paid', 1).map(([who, day]): Told => [who, 'view', day]),
    ...of('paid', 2).map(([who, day]): Told => [who, 'cart', day]),
  ])
  expect((await ask()).measured.leaks.map(({ reason }) => reason.kind)).not.toContain('trait')
  const known = [...of('free', 5), ...of('paid', 5)].map(([userId]) => ({
    userId,
    anonymousId: '',
    timeMs: START + 5 * DAY,
    traits: { plan: userId.startsWith('free') ? 'free' : 'paid', email: `${userId}@example.org` },
  }))
  const nothing = { events: [], groups: [], aliases: [] }
  await storeEvents(store, ask.workspace, { ...nothing, identifies: known }, now.ms)
  const leak = (await ask()).measured.leaks.find(({ stepId }) => stepId === 'see')
  expect(leak).toMatchObject({
    left: 60,
    reason: { kind: 'trait', trait: 'plan', value: 'free', leftShare: 1, movedShare: 0 },
  })
})

test('[LV5] a value that everybody has is no reason, however few moved on', async () => {
  const ask = await shop([
    ...Array.from({ length: 30 }, (_, i): Told => [`only${i}`, 'view', 0]),
    ...Array.from({ length: 2 }, (_, i): Told => [`both${i}`, 'view', 0]),
    ...Array.from({ length: 2 }, (_, i): Told => [`both${i}`, 'cart', 1]),
  ])
  const leak = (await ask()).measured.leaks.find(({ stepId }) => stepId === 'see')
  expect(leak).toMatchObject({ left: 30, reason: { kind: 'none' }, reasons: [] })
})

test('[LV7] [LV8] dates and days of a period stand for instants, and what is no period is refused', async () => {
  const ask = await shop([
    ['ann', 'view', 0],
    ['ann', 'cart', 29.9],
    ['bob', 'view', 30],
  ])
  const byInstants = await ask()
  const byDates = await ask({ period: { from: '2026-09-01', to: '2026-09-30' } })
  expect(byDates.question.period).toEqual(byInstants.question.period)
  expect(byDates.measured).toEqual(byInstants.measured)
  expect(byDates.measured.entrants).toBe(1)
  // The last of the days is today, 22 November.
  const byDays = await ask({
    period: { lastDays: 83 },
    compareTo: { from: '2026-08-01', to: '2026-08-31' },
  })
  expect(byDays.question).toMatchObject({
    period: { fromMs: START, toMs: START + 83 * DAY },
    compareTo: { fromMs: START - 31 * DAY, toMs: START },
  })
  expect(byDays.measured.entrants).toBe(2)
  // August lies before the first event.
  expect(byDays).toMatchObject({ firstEventMs: START, compared: null })
  await expect(ask({ period: { from: '2026-09-02', to: '2026-08-31' } })).rejects.toThrow(
    /ends after it begins/,
  )
  await expect(ask({ compareTo: { from: '2026-02-30', to: '2026-08-31' } })).rejects.toThrow(
    /compareTo/,
  )
})
