import type {
  Answer,
  FunnelAnswer,
  FunnelQuestion,
  PathGraphAnswer,
  PathsQuestion,
  Question,
  VariantsAnswer,
  VariantsQuestion,
} from '@parcurs/analytics'
import { variantCustomersKind } from '@parcurs/analytics'
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

  test.each([
    ['fresh', fresh, [crowd]],
    ['folded', folded, [crowd.slice(0, 1500), crowd.slice(1500)]],
  ])(
    '[VR4] variants are those of the definition written down naively, %s',
    async (_name, of, batches) => {
      for (const [gapS, collapse] of [
        [null, false],
        [null, true],
        [2, false],
        [2, true],
      ] as const) {
        const given = { per: gapS === null ? 'customers' : 'sessions' } as const
        const answer = await variants(of, {
          ...given,
          ...(gapS === null ? {} : { gapMs: gapS * 1000 }),
          runs: collapse ? 'collapse' : 'keep',
          limit: 200,
        })
        const expected = variantsOf(batches, { gapS: gapS ?? Number.POSITIVE_INFINITY, collapse })
        expect(answer.variants).toBe(expected.length)
        expect(answer.once).toBe(expected.filter(({ count }) => count === 1).length)
        expect(answer.journeys).toBe(expected.reduce((sum, { count }) => sum + count, 0))
        const listed = answer.listed.map(({ items, count, customers }) => ({
          way: items.join(),
          count,
          customers,
        }))
        const known = new Map(expected.map((variant) => [variant.way, variant]))
        for (const variant of listed) expect(variant).toEqual(known.get(variant.way))
        expect(listed.map(({ count }) => count)).toEqual(
          expected.slice(0, 200).map(({ count }) => count),
        )
      }
    },
  )
})

async function variants(
  workspace: Workspace,
  given: Omit<VariantsQuestion, 'kind'>,
): Promise<VariantsAnswer> {
  return (await answered(workspace, { kind: 'variants', ...given })) as VariantsAnswer
}

describe('variants of journeys', async () => {
  const minutes = (m: number) => m * 60
  const view = (path: string) => ({ type: 'page' as const, path })
  // ann and bob go the same way; eve stays at the cart twice; dan comes twice, the second time as ann; fay elsewhere.
  const workspace = await workspaceWith([
    ['ann', 0, 'page_view', view('/shoes')],
    ['ann', minutes(1), 'add_to_cart'],
    ['ann', minutes(5), 'purchase'],
    ['bob', 0, 'page_view', view('/hats')],
    ['bob', minutes(2), 'add_to_cart'],
    ['bob', minutes(3), 'purchase'],
    ['eve', 0, 'page_view', view('/shoes')],
    ['eve', minutes(1), 'add_to_cart'],
    ['eve', minutes(2), 'add_to_cart'],
    ['eve', minutes(9), 'purchase'],
    ['dan', 0, 'page_view', view('/shoes')],
    ['dan', minutes(31), 'page_view', view('/hats')],
    ['dan', minutes(32), 'add_to_cart'],
    ['dan', minutes(33), 'purchase'],
    ['fay', 0, 'help'],
  ])
  const group = ['/*']
  const ways = ({ listed }: VariantsAnswer) =>
    listed.map(({ items, count, customers, medianMs }) => [
      items.join(' '),
      count,
      customers,
      medianMs / 60_000,
    ])

  test('[VR1] a variant is the items of whole journeys in order, with who went it', async () => {
    const answer = await variants(workspace, { group })
    expect(answer).toMatchObject({ journeys: 5, customers: 5, variants: 4, once: 3 })
    expect(ways(answer)).toContainEqual(['/* add_to_cart purchase', 2, 2, 4])
    expect(ways(answer)).toContainEqual(['/* add_to_cart add_to_cart purchase', 1, 1, 9])
    expect(ways(answer)).toContainEqual(['/* /* add_to_cart purchase', 1, 1, 33])
    expect(ways(answer)[1]).toEqual(['help', 1, 1, 0])
    const [first] = answer.listed
    expect(first?.share).toBe(0.4)
    expect(first?.examples.map(({ label }) => label).toSorted()).toEqual(['ann', 'bob'])
    expect(answer.definition).toMatchObject({
      key: 'variants',
      sample: { unit: 'customers', n: 5 },
      parameters: { per: 'customers', runs: 'keep', group },
    })
  })

  test('[VR2] of sessions each is one, a run may stand once, and what is left out closes its gap', async () => {
    const answer = await variants(workspace, {
      group,
      per: 'sessions',
      runs: 'collapse',
      exclude: ['help'],
    })
    expect(answer).toMatchObject({ journeys: 5, customers: 4, variants: 2, once: 1 })
    // ann 5, bob 3, eve 9, dan 2 minutes: the median is 4.
    expect(ways(answer)).toEqual([
      ['/* add_to_cart purchase', 4, 4, 4],
      ['/*', 1, 1, 0],
    ])
    expect(answer.definition.sample).toMatchObject({ unit: 'sessions', n: 5 })
  })

  test('[VR3] the rest adds up, and customers behind a variant are those that it counts', async () => {
    const answer = await variants(workspace, { group, limit: 1, examples: 0 })
    expect(answer.listed[0]?.examples).toEqual([])
    expect(answer.rest).toEqual({ variants: 3, count: 3, share: 0.6 })
    const ran = await questions(() => NOW).run(
      variantCustomersKind,
      {
        variants: { kind: 'variants', group },
        variant: answer.listed[0]?.id ?? '',
        most: 1,
      },
      workspace,
      new AbortController().signal,
    )
    if (isRefusal(ran)) throw new Error(ran.detail)
    // The latest first: ann ended at 5 minutes, bob at 3.
    expect(ran.answer).toMatchObject({ total: 2, customers: [{ timeMs: START + 300_000 }] })
  })

  test('[VR3] narrowed by period, segment, conditions, values of a property and a sample', async () => {
    const period = { fromMs: START, toMs: START + 60_000 }
    expect(ways(await variants(workspace, { group, period }))[0]).toEqual(['/*', 4, 4, 0])
    const where = [{ kind: 'event' as const, names: ['purchase'] }]
    expect(await variants(workspace, { where })).toMatchObject({ journeys: 4, variants: 1 })
    expect(await variants(workspace, { items: { property: 'plan' } })).toMatchObject({
      journeys: 0,
      variants: 0,
      listed: [],
      rest: { variants: 0, count: 0, share: null },
    })
    const all = await variants(workspace, { sample: 0.001 })
    expect(all.journeys).toBeLessThan(5)
  })

  test('[VR3] a pause of sessions is refused where journeys are whole', async () => {
    const question = { kind: 'variants', gapMs: 60_000 } as const
    const refused = await questions(() => NOW).ask(
      question,
      workspace,
      new AbortController().signal,
    )
    expect(refused).toMatchObject({ detail: expect.stringContaining('gapMs is 60000') })
  })
})

/** Ways through, written down naively: items of each journey, joined, with how many went them and how many customers. */
function variantsOf(
  batches: readonly (readonly Row[])[],
  { gapS, collapse }: { gapS: number; collapse: boolean },
) {
  const journeys = new Map<
    string,
    (readonly [customer: string, seconds: number, name: string, position: number])[]
  >()
  for (const batch of batches) {
    batch.forEach(([customer, seconds, name], position) => {
      const journey = journeys.get(customer) ?? []
      journeys.set(customer, [...journey, [customer, seconds, name, position]])
    })
  }
  const ways = new Map<string, string[]>()
  for (const [customer, events] of journeys) {
    const sorted = events.toSorted((a, b) => a[1] - b[1] || a[3] - b[3])
    const stays: (typeof events)[] = []
    sorted.forEach((event, i) => {
      const pause = event[1] - (sorted[i - 1]?.[1] ?? event[1])
      if (i === 0 || pause > gapS) stays.push([])
      stays.at(-1)?.push(event)
    })
    for (const stay of stays) {
      const names = stay.map(([, , name]) => name)
      const way = collapse ? names.filter((name, i) => name !== names[i - 1]) : names
      ways.set(way.join(), [...(ways.get(way.join()) ?? []), customer])
    }
  }
  return [...ways]
    .map(([way, who]) => ({ way, count: who.length, customers: new Set(who).size }))
    .sort((a, b) => b.count - a.count || byText(a, b))
}

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
