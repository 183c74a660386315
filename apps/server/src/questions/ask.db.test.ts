import type {
  Answer,
  FunnelAnswer,
  FunnelQuestion,
  PathGraphAnswer,
  PathsQuestion,
  Question,
} from '@parcurs/analytics'
import { isRefusal } from '@parcurs/contract'
import type { EventCondition, IncomingEvent } from '@parcurs/domain'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import type { Workspace } from '../http/gate.ts'
import { fold } from '../journeys/fold.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testQuestions } from '../testing/test-questions.ts'
import { testWorkspace } from '../testing/test-workspace.ts'

const stores = await freshStores()
const events = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const questions = testQuestions(stores)
const NOW = Date.UTC(2026, 10, 22)
const START = Date.UTC(2026, 10, 1)

type Row = readonly [
  customer: string,
  seconds: number,
  name: string,
  given?: Partial<IncomingEvent>,
]

let sent = 0

async function workspaceWith(rows: readonly Row[]): Promise<Workspace> {
  const { id, slug } = await testWorkspace(stores)
  await send(id, rows)
  return {
    id,
    slug,
    name: slug,
    timeZone: 'UTC',
    weekStart: 'monday',
    currency: 'EUR',
    simulated: false,
  }
}

async function send(workspace: number, rows: readonly Row[]): Promise<void> {
  const batch = rows.map(([userId, seconds, name, given = {}], position): IncomingEvent => {
    sent += 1
    return {
      type: 'track',
      name,
      channel: 'web',
      path: '',
      userId,
      anonymousId: '',
      timeMs: START + seconds * 1000,
      position,
      messageId: `m${sent}`,
      value: null,
      currency: '',
      orderId: '',
      properties: {},
      ...given,
    }
  })
  await storeEvents(
    events,
    workspace,
    { events: batch, identifies: [], groups: [], aliases: [] },
    NOW,
  )
}

async function answered(
  workspace: Workspace,
  question: Question,
  { signal = new AbortController().signal, nowMs = NOW } = {},
): Promise<Answer> {
  const answer = await questions(() => nowMs).ask(question, workspace, signal)
  if (isRefusal(answer)) throw new Error(answer.detail)
  return answer
}

async function funnel(workspace: Workspace, given: Omit<FunnelQuestion, 'kind'>, nowMs = NOW) {
  const answer = await answered(workspace, { kind: 'funnel', ...given }, { nowMs })
  return answer as FunnelAnswer
}

const letters = ['a', 'b', 'c', 'd']

/**
 * Many short journeys. Few different seconds, so that ties and exact windows happen; one name has many
 * kinds, as a page with many paths has.
 */
const crowd: readonly Row[] = fc
  .sample(
    fc.record({
      customer: fc.integer({ min: 1, max: 250 }),
      seconds: fc.integer({ min: 0, max: 12 }),
      name: fc.constantFrom(...letters),
    }),
    { numRuns: 2000, seed: 7 },
  )
  .map(({ customer, seconds, name }) => [
    `c${customer}`,
    seconds,
    name,
    name === 'a' ? { channel: `channel ${seconds}` } : {},
  ])

describe('the store and the kernel agree', async () => {
  const fresh = await workspaceWith(crowd)
  const folded = await workspaceWith(crowd.slice(0, 1500))
  await fold(stores, folded.id, { nowMs: NOW })
  // Some are touched after the fold.
  await send(folded.id, crowd.slice(1500))

  test('[FN15] counts of funnels, fresh and folded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.shuffledSubarray(letters, { minLength: 2 }),
        fc.integer({ min: 0, max: 20 }),
        fc.boolean(),
        async (window, steps, now, whole) => {
          const asked = {
            steps,
            windowMs: window * 1000,
            period: whole ? null : { fromMs: START + 1000, toMs: START + 11_000 },
          }
          const counts = async (workspace: Workspace, times: boolean) => {
            const { total } = await funnel(workspace, { ...asked, times }, START + now * 1000)
            return [total.inProgress, ...total.steps.map(({ reached }) => reached)]
          }
          const expected = await counts(fresh, true)
          expect(await counts(fresh, false)).toEqual(expected)
          expect(await counts(folded, false)).toEqual(expected)
        },
      ),
      { numRuns: 12, seed: 3 },
    )
  })

  test.each([
    ['fresh', fresh],
    ['folded', folded],
  ])('[PA9] the journey graph, %s', async (_name, workspace) => {
    const graph = async (times: boolean) => {
      const question: PathsQuestion = { kind: 'paths', view: 'graph', times }
      const answer = (await answered(workspace, question)) as PathGraphAnswer
      return {
        customers: answer.customers,
        edges: answer.edges.map(({ from, to, count }) => ({ from, to, count })).sort(byText),
        items: answer.items
          .map(({ item, count, starts, ends }) => ({ item, count, starts, ends }))
          .sort(byText),
      }
    }
    const inStore = await graph(false)
    expect(inStore.edges.reduce((sum, { count }) => sum + count, 0)).toBe(2000 - inStore.customers)
    expect(inStore).toEqual(await graph(true))
  })
})

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

test('[QU1] an answer carries its definition with every parameter', async () => {
  const workspace = await workspaceWith([
    ['ann', 0, 'a'],
    ['ann', 1, 'b'],
  ])
  const { definition } = await funnel(workspace, { steps: ['a', 'b'] })
  expect(definition).toMatchObject({
    key: 'funnel',
    timeZone: 'UTC',
    nowMs: NOW,
    sample: { unit: 'customers', n: 1 },
    parameters: { order: 'ordered', entry: 'any', windowMs: 14 * 86_400_000, period: null },
  })
})

test('[QU2] what does not fit is refused with its place', async () => {
  const workspace = await workspaceWith([['ann', 0, 'a']])
  await expect(funnel(workspace, { steps: ['a', { touchpoint: 'gone' }] })).rejects.toThrow(
    'steps[1].touchpoint is "gone": expected the id of a touchpoint of this workspace',
  )
  const backwards = { fromMs: 2, toMs: 1 }
  await expect(funnel(workspace, { steps: ['a', 'b'], period: backwards })).rejects.toThrow(
    'expected a period that ends after it begins',
  )
})

test('[QU3] a question that was given up ends', async () => {
  const workspace = await workspaceWith([['ann', 0, 'a']])
  const signal = AbortSignal.abort()
  await expect(answered(workspace, { kind: 'sessions' }, { signal })).rejects.toThrow(
    'the question was ended',
  )
})

test('[QU4] nobody is null, not 0', async () => {
  const workspace = await workspaceWith([['ann', 0, 'a']])
  const { total } = await funnel(workspace, { steps: ['x', 'y'] })
  expect(total).toMatchObject({ entered: 0, conversionShare: null, settledShare: null })
  const metrics = await answered(workspace, { kind: 'metrics', period: { fromMs: 0, toMs: 1 } })
  expect(metrics).toMatchObject({
    conversion: { share: null },
    bounce: { share: null },
    cartAbandonment: { of: 0, share: null, inProgress: 0 },
    value: { revenue: 0, perOrder: null, perCustomer: null },
  })
})

test('[FN12] a breakdown by trait and by property, the rest as other', async () => {
  const workspace = await workspaceWith([
    ['ann', 0, 'a', { properties: { plan: 'gold' } }],
    ['ann', 1, 'b'],
    ['bob', 0, 'a', { properties: { plan: 'gold' } }],
    ['eve', 0, 'a', { properties: { plan: 'tin' } }],
    ['dan', 0, 'a'],
  ])
  const { groups } = await funnel(workspace, {
    steps: ['a', 'b'],
    breakdown: { property: 'plan', limit: 1 },
  })
  expect(
    groups?.map(({ value, steps }) => [value, ...steps.map(({ reached }) => reached)]),
  ).toEqual([
    ['gold', 2, 1],
    [null, 2, 0],
  ])
})

test('[FN12] of two properties each value is two texts, also where neither is set', async () => {
  const workspace = await workspaceWith([
    ['ann', 0, 'a', { properties: { plan: 'gold', size: 's' } }],
    ['bob', 0, 'a', { properties: { size: 's' } }],
    ['eve', 0, 'a'],
    ['dan', 0, 'a'],
  ])
  const { groups } = await funnel(workspace, {
    steps: ['a', 'b'],
    breakdown: { property: ['plan', 'size'] },
  })
  expect(groups?.map(({ value, entered }) => [value, entered])).toEqual([
    [['', ''], 2],
    [['', 's'], 1],
    [['gold', 's'], 1],
  ])
})

test('[SE6] money counts once an order, refunds subtract, other currencies are left out', async () => {
  const order = { orderId: 'o1', value: 50_0000, currency: 'EUR' }
  const workspace = await workspaceWith([
    ['ann', 0, 'purchase', order],
    ['ann', 5, 'purchase', order],
    ['ann', 9, 'refund', { orderId: 'o1', value: -20_0000, currency: 'EUR' }],
    ['bob', 0, 'purchase', { orderId: 'o2', value: 9_0000, currency: 'USD' }],
  ])
  for (const where of [[], [{ kind: 'property' as const, property: 'x', op: 'unset' as const }]]) {
    const answer = await answered(workspace, { kind: 'metrics', metrics: ['value'], where })
    expect(answer).toMatchObject({
      value: { currency: 'EUR', revenue: 50, refunds: 20, net: 30, orders: 2, perCustomer: 15 },
    })
  }
})

test('[SE6] a purchase without money is an order, another event of an order id is none', async () => {
  const worth = (value: number | null, orderId = '', currency = 'EUR') => ({
    value: value === null ? null : value * 10_000,
    orderId,
    currency: value === null ? '' : currency,
  })
  // Orders: one of ann's without an id, o1 (where it has money: by ann), o2 (its first row: by bob), o3 (by eve).
  const rows: readonly Row[] = [
    ['ann', 0, 'purchase'],
    ['ann', 10, 'purchase', worth(0, 'o1')],
    ['ann', 20, 'purchase', worth(50, 'o1')],
    ['bob', 0, 'purchase', worth(0, 'o2')],
    ['bob', 5, 'Order Completed', worth(null, 'o2')],
    ['eve', 0, 'purchase', worth(9, 'o3', 'USD')],
    ['dan', 30, 'purchase', worth(50, 'o1')],
    ['fay', 0, 'refund', worth(-5, 'o1')],
  ]
  const workspace = await workspaceWith(rows)
  const asked = { kind: 'metrics', metrics: ['value'] } as const
  const expected = { revenue: 50, refunds: 5, net: 45, orders: 4, buyers: 3, perOrder: 12.5 }
  for (const where of [[], [{ kind: 'property' as const, property: 'x', op: 'unset' as const }]]) {
    expect(await answered(workspace, { ...asked, where })).toMatchObject({
      value: { ...expected, perBuyer: 15, perCustomer: 9 },
    })
  }
  // The row of 0 alone is in the period: the order is where its money is.
  const early = { fromMs: START + 10_000, toMs: START + 11_000 }
  expect(await answered(workspace, { ...asked, period: early })).toMatchObject({
    value: { revenue: 0, orders: 0, buyers: 0, perOrder: null },
  })
  await fold(stores, workspace.id, { nowMs: NOW })
  await send(workspace.id, [['bob', 60, 'purchase', worth(7, 'o2')]])
  expect(await answered(workspace, asked)).toMatchObject({
    value: { ...expected, revenue: 57, net: 52, perOrder: 14.25 },
  })
})

test('[SE4] who emptied the cart is left out where the event is named', async () => {
  // ann emptied it, bob bought, eve did neither: of two one abandoned; unnamed, of three two.
  const workspace = await workspaceWith([
    ['ann', 0, 'add_to_cart'],
    ['ann', 60, 'cart_cleared'],
    ['bob', 0, 'add_to_cart'],
    ['bob', 60, 'cart_cleared'],
    ['bob', 90, 'purchase'],
    ['eve', 0, 'add_to_cart'],
  ])
  const metrics = { kind: 'metrics', metrics: ['cart-abandonment'] } as const
  expect(await answered(workspace, metrics)).toMatchObject({
    cartAbandonment: { of: 3, abandoned: 2, share: 2 / 3, inProgress: 0 },
  })
  const emptyCart = { event: 'cart_cleared' }
  expect(await answered(workspace, { ...metrics, emptyCart })).toMatchObject({
    definition: { parameters: { emptyCart } },
    cartAbandonment: { of: 2, abandoned: 1, share: 0.5, inProgress: 0 },
  })
})

test('[SE5] time on page by page', async () => {
  const page = (path: string) => ({ type: 'page' as const, path })
  const workspace = await workspaceWith([
    ['ann', 0, 'page_view', page('/')],
    ['ann', 10, 'page_view', page('/cart')],
    ['ann', 20, 'add_to_cart'],
    ['ann', 40, 'page_view', page('/pay')],
  ])
  const answer = await answered(workspace, { kind: 'metrics', metrics: ['time-on-page'] })
  expect(answer).toMatchObject({
    timeOnPage: {
      n: 2,
      meanMs: 20_000,
      unknown: 1,
      pages: [
        { page: '/', meanMs: 10_000 },
        { page: '/cart', meanMs: 30_000 },
      ],
    },
  })
})

const HOSTILE = [
  "'; DROP TABLE events; --",
  '\\',
  '\u0000',
  'a\tb\nc\r',
  '{p0:String}',
  '\ud800',
  '%_*?[]',
  'Ωмега支付',
  '"\'`',
]

test.each(HOSTILE)('[QU5] text in a question is only text: %j', async (text) => {
  const workspace = await workspaceWith([
    ['ann', 0, 'a', { properties: { plan: 'x', [text]: text } }],
    ['ann', 1, 'b'],
  ])
  const where = [
    { kind: 'property' as const, property: text, op: 'contains' as const, value: text },
  ]
  const { total } = await funnel(workspace, {
    steps: [{ event: ['a', text], where }, 'b'],
    breakdown: { property: [text, 'plan'] },
    hold: [text],
  })
  // A lone surrogate cannot be kept: it is another sign on both ways.
  expect(total.entered).toBe(1)
  const items = { kind: 'paths' as const, items: { property: text }, group: [text], exclude: ['x'] }
  await expect(answered(workspace, items)).resolves.toMatchObject({ kind: 'paths' })
})

test('[QU5] the largest question that may be asked is answered', async () => {
  const workspace = await workspaceWith([['ann', 0, 'a']])
  const condition: EventCondition = { kind: 'property', property: 'p', op: 'gte', value: '1' }
  const any: EventCondition = {
    kind: 'any',
    rules: new Array<EventCondition>(50).fill(condition),
  }
  const where = new Array<EventCondition>(10).fill(any)
  const { total } = await funnel(workspace, { steps: ['a', { event: 'b', where }], where })
  expect(total.entered).toBe(0)
})
