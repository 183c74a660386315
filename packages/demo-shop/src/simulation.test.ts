import type { IncomingEvent, IncomingTraits } from '@parcurs/domain'
import { describe, expect, test } from 'vitest'
import { live, makeDraws } from './customer.ts'
import { calendarEndingAt } from './calendar.ts'
import { DESIGNED_MAP, TOUCHPOINTS } from './designed-map.ts'
import { PERSONAS } from './persona.ts'
import { ALL_ON, PROBLEMS } from './problem.ts'
import type { ShopBatch } from './shop-batch.ts'
import { DEMO_SHOP, simulateShop, truthOf } from './simulation.ts'
import type { ShopOptions, ShopTruth } from './simulation.ts'

const END_MS = Date.UTC(2026, 10, 22)
const SMALL: ShopOptions = { seed: 11, endMs: END_MS, customers: 800, days: 90 }

interface Lived {
  readonly batches: readonly ShopBatch[]
  readonly events: readonly IncomingEvent[]
  readonly identifies: readonly IncomingTraits[]
  readonly truth: ShopTruth
}

function lived(options: ShopOptions): Lived {
  const batches: ShopBatch[] = []
  const walk = simulateShop(options)
  for (;;) {
    const step = walk.next()
    if (step.done === true) {
      return {
        batches,
        events: batches.flatMap(({ events }) => events),
        identifies: batches.flatMap(({ identifies }) => identifies),
        truth: step.value,
      }
    }
    batches.push(step.value)
  }
}

const small = lived(SMALL)

/** FNV-1a over the text, 32 bits. */
function digest(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

function customerOf(messageId: string): string {
  return messageId.split('-')[2] ?? ''
}

describe('[DS1] the same options give the same bytes', () => {
  test('twice in one process', () => {
    expect(digest(JSON.stringify(lived(SMALL).batches))).toBe(digest(JSON.stringify(small.batches)))
    expect(truthOf(SMALL)).toEqual(small.truth)
  })
  test('another seed gives another shop', () => {
    const other = lived({ ...SMALL, seed: 12 })
    expect(other.truth.events).not.toBe(small.truth.events)
  })
  test('on every machine: the digest is written down', () => {
    const few = lived({ seed: 3, endMs: END_MS, customers: 50, days: 90 })
    expect(digest(JSON.stringify(few.batches))).toBe(DIGEST_OF_FIFTY)
  })
})
const DIGEST_OF_FIFTY = 2_818_605_157

describe('[DS2] the demo is as big as it says', () => {
  test('customers, events, personas', () => {
    const demo = lived({ ...DEMO_SHOP, endMs: END_MS })
    expect(new Set(demo.events.map(({ messageId }) => customerOf(messageId))).size).toBe(16_500)
    expect(demo.events.length).toBe(demo.truth.events)
    expect(demo.events.length).toBeGreaterThan(700_000)
    expect(demo.events.length).toBeLessThan(800_000)
    const introduced = new Map(demo.identifies.map(({ userId, traits }) => [userId, traits]))
    expect(introduced.size).toBeGreaterThan(11_500)
    for (const { id } of PERSONAS) {
      const share =
        [...introduced.values()].filter(({ persona }) => persona === id).length / introduced.size
      expect(share).toBeGreaterThan(0.12)
    }
    const kinds = new Set(demo.events.map((e) => `${e.type} ${e.name} ${e.channel} ${e.path}`))
    expect(kinds.size).toBeLessThan(800)
  })
  test('a quarter has one before it, about as busy', () => {
    const { events } = lived({ ...SMALL, days: DEMO_SHOP.days })
    const quarter = 90 * 86_400_000
    const within = (fromMs: number) =>
      events.filter(({ timeMs }) => timeMs >= fromMs && timeMs < fromMs + quarter).length
    const [now, before] = [within(END_MS - quarter), within(END_MS - 2 * quarter)]
    expect(now / before).toBeGreaterThan(0.7)
    expect(now / before).toBeLessThan(1.4)
  })
  test('most visits are just looking, most carts stay unpaid, most customers order nothing', () => {
    const visits = small.events.filter(({ anonymousId }) => anonymousId !== '')
    let last: IncomingEvent | null = null
    const counted = { sessions: 0, carts: 0, ordered: 0 }
    let carted = false
    for (const event of visits) {
      const sameSession =
        last !== null &&
        customerOf(last.messageId) === customerOf(event.messageId) &&
        event.timeMs - last.timeMs <= 1_800_000
      if (!sameSession) {
        counted.sessions += 1
        carted = false
      }
      if (event.name === 'add_to_cart' && !carted) {
        carted = true
        counted.carts += 1
      }
      if (event.name === 'purchase') counted.ordered += 1
      last = event
    }
    const buyers = new Set(
      small.events.flatMap(({ name, userId }) => (name === 'purchase' ? [userId] : [])),
    )
    expect(buyers.size / SMALL.customers).toBeGreaterThan(0.22)
    expect(buyers.size / SMALL.customers).toBeLessThan(0.35)
    expect(counted.ordered / counted.sessions).toBeGreaterThan(0.03)
    expect(counted.ordered / counted.sessions).toBeLessThan(0.09)
    expect(1 - counted.ordered / counted.carts).toBeGreaterThan(0.5)
    expect(1 - counted.ordered / counted.carts).toBeLessThan(0.7)
  })
  test('evenings and Sundays are busier', () => {
    const views = small.events.filter(({ name }) => name === 'view_item')
    const at = (hours: readonly number[]): number =>
      views.filter(({ timeMs }) => hours.includes(new Date(timeMs).getUTCHours())).length
    expect(at([19, 20, 21])).toBeGreaterThan(2 * at([6, 7, 8]))
    const on = (day: number): number =>
      views.filter(({ timeMs }) => new Date(timeMs).getUTCDay() === day).length
    expect(on(0)).toBeGreaterThan(on(2))
  })
})

describe('[DS3] events are well formed', () => {
  test('in the period, once, in whole customers and small batches', () => {
    const { startMs } = small.truth
    expect(startMs).toBe(END_MS - 90 * 86_400_000)
    expect(small.events.every(({ timeMs }) => timeMs >= startMs && timeMs < END_MS)).toBe(true)
    expect(new Set(small.events.map(({ messageId }) => messageId)).size).toBe(small.events.length)
    const homes = new Map<string, number>()
    for (const [i, batch] of small.batches.entries()) {
      expect(batch.events.length).toBeLessThan(51_000)
      for (const { messageId } of batch.events) {
        const customer = customerOf(messageId)
        expect(homes.get(customer) ?? i).toBe(i)
        homes.set(customer, i)
      }
    }
    expect(small.batches.at(-1)?.customersDone).toBe(SMALL.customers)
  })
  test('somebody goes somewhere: each customer’s times rise', () => {
    const last = new Map<string, number>()
    for (const { messageId, timeMs } of small.events) {
      const customer = customerOf(messageId)
      expect(timeMs).toBeGreaterThanOrEqual(last.get(customer) ?? 0)
      last.set(customer, timeMs)
    }
  })
})

test('[DS4] devices and users fit together', () => {
  const owner = new Map<string, string>()
  const users = new Map<string, string>()
  const introduced = new Set(small.identifies.map((i) => `${i.anonymousId} ${i.userId}`))
  for (const event of small.events) {
    const customer = customerOf(event.messageId)
    if (event.anonymousId !== '') {
      expect(owner.get(event.anonymousId) ?? customer).toBe(customer)
      owner.set(event.anonymousId, customer)
    } else expect(event.userId).not.toBe('')
    if (event.userId !== '') {
      expect(users.get(event.userId) ?? customer).toBe(customer)
      users.set(event.userId, customer)
    }
    if (event.anonymousId !== '' && event.userId !== '') {
      expect(introduced.has(`${event.anonymousId} ${event.userId}`)).toBe(true)
    }
  }
})

test('[DS5] refunds follow their purchases and take back their money', () => {
  const bought = new Map<string, IncomingEvent>()
  let refunds = 0
  for (const event of small.events) {
    if (event.name === 'purchase') {
      expect(event.value).toBeGreaterThan(0)
      expect(bought.has(event.orderId)).toBe(false)
      bought.set(event.orderId, event)
    }
    if (event.name === 'refund') {
      const purchase = bought.get(event.orderId)
      expect(purchase?.timeMs).toBeLessThan(event.timeMs)
      expect(event.value).toBe(-(purchase?.value ?? 0))
      refunds += 1
    }
  }
  expect(bought.size).toBe(small.truth.orders)
  expect(refunds).toBeGreaterThan(20)
})

test.each(PROBLEMS.map(({ id }) => id))('[DS6] without %s the others live on as before', (id) => {
  const calendar = calendarEndingAt(END_MS, 90, 0.5)
  const draws = makeDraws()
  let unmet = 0
  for (let index = 1; index <= 300; index++) {
    const events: IncomingEvent[] = []
    const world = { seed: 5, calendar, switches: ALL_ON }
    const first = live(world, index, { events, identifies: [] }, draws)
    if (first.met.has(id)) continue
    const again: IncomingEvent[] = []
    const spared = { ...world, switches: { ...ALL_ON, [id]: false } }
    expect(live(spared, index, { events: again, identifies: [] }, draws)).toEqual(first)
    expect(again).toEqual(events)
    unmet += 1
  }
  expect(unmet).toBeGreaterThan(50)
})

test('[DS7] the truth counts what was planted, costliest first', () => {
  const truth = truthOf({ ...SMALL, customers: 6_000 })
  expect(truth.problems.map(({ id }) => id).toSorted()).toEqual(
    PROBLEMS.map(({ id }) => id).toSorted(),
  )
  for (const problem of truth.problems) {
    expect(problem.customersLost).toBeGreaterThan(50)
    expect(problem.customersLost).toBeLessThanOrEqual(problem.customersMet)
    expect(problem.ordersLost).toBeGreaterThan(50)
    expect(problem.revenueLost).toBeGreaterThan(5_000)
    expect(problem.fromMs).toBeLessThan(problem.toMs)
  }
  const costs = truth.problems.map(({ revenueLost }) => revenueLost)
  expect(costs).toEqual(costs.toSorted((a, b) => b - a))
})

test('[DS8] the designed map stands on its touchpoints', () => {
  const known = new Set(TOUCHPOINTS.map(({ id }) => id))
  const steps = DESIGNED_MAP.stages.flatMap((stage) => stage.steps)
  expect(steps.length).toBeLessThanOrEqual(18)
  for (const { touchpointIds } of steps) {
    expect(touchpointIds.length).toBeGreaterThan(0)
    for (const id of touchpointIds) expect(known).toContain(id)
  }
  expect(known).toContain(DESIGNED_MAP.goal?.touchpointId)
  const ids = steps.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { stepId } of PROBLEMS) expect(ids).toContain(stepId)
  const surveyed = small.events.flatMap(({ properties }) => properties['touchpoint'] ?? [])
  for (const id of new Set(surveyed)) expect(known).toContain(id)
})
