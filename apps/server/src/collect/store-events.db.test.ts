import { compile, customerEvents, param, sql } from '@parcurs/analytics'
import type { IncomingBatch, IncomingEvent } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from './store-events.ts'

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const now = Date.UTC(2026, 10, 22)

function event(given: Partial<IncomingEvent> & { messageId: string }): IncomingEvent {
  return {
    type: 'track',
    name: 'view',
    channel: 'web',
    path: '',
    userId: '',
    anonymousId: '',
    timeMs: now,
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: {},
    ...given,
  }
}

const batch = (events: readonly IncomingEvent[]): IncomingBatch => ({
  events,
  identifies: [],
  groups: [],
  aliases: [],
})

async function customersOf(workspace: number) {
  const reading = await readingOf(stores, workspace)
  return await stores.clickhouse.rows(
    compile(
      sql`SELECT customer, count() AS events FROM (${customerEvents(reading, sql`1`)}) GROUP BY customer`,
    ),
  )
}

test('[CO1] every column comes back as it was sent', async () => {
  const { id } = await testWorkspace(stores)
  const sent = event({
    messageId: 'm1',
    name: 'Ωmega “paid” 支付',
    userId: 'ann',
    anonymousId: 'a1',
    path: '/checkout',
    value: -123_4500,
    currency: 'EUR',
    orderId: 'o1',
    position: 7,
    timeMs: Date.UTC(1997, 0, 1, 0, 0, 0, 123),
    properties: { plan: 'gold', 'cart.id': '7', long: 'ж'.repeat(400) },
  })
  expect(await storeEvents(store, id, batch([sent]), now)).toEqual({
    stored: 1,
    duplicates: 0,
  })
  const rows = await stores.clickhouse.rows(
    compile(sql`SELECT time, position, name, type, channel, path, user_id, anonymous_id, value, currency,
      order_id, properties, kind, key = user AS own FROM events WHERE workspace = ${param.workspace(id)}`),
  )
  expect(rows).toEqual([
    {
      time: '1997-01-01 00:00:00.123',
      position: 7,
      name: 'Ωmega “paid” 支付',
      type: 'track',
      channel: 'web',
      path: '/checkout',
      user_id: 'ann',
      anonymous_id: 'a1',
      value: -123.45,
      currency: 'EUR',
      order_id: 'o1',
      properties: { plan: 'gold', 'cart.id': '7', long: 'ж'.repeat(400) },
      kind: 1,
      own: 1,
    },
  ])
})

test('[CO2] a message is stored once for ever: in a batch, in the next, after a restart', async () => {
  const { id } = await testWorkspace(stores)
  const twice = event({ messageId: 'same', userId: 'ann' })
  expect(await storeEvents(store, id, batch([twice, twice]), now)).toMatchObject({
    stored: 1,
    duplicates: 1,
  })
  expect(await storeEvents(store, id, batch([twice]), now)).toMatchObject({ stored: 0 })
  await store.messages.loaded
  expect(await storeEvents(store, id, batch([twice]), now)).toMatchObject({ stored: 0 })
  for (const alone of [true, false]) {
    const restarted = openEventStore(stores, { alone, signal: new AbortController().signal })
    const both = batch([twice, event({ messageId: `other ${alone}`, userId: 'ann' })])
    expect(await storeEvents(restarted, id, both, now)).toMatchObject({ stored: 1, duplicates: 1 })
    await restarted.messages.loaded
    expect(await storeEvents(restarted, id, both, now)).toMatchObject({ stored: 0, duplicates: 2 })
  }
  const { id: other } = await testWorkspace(stores)
  expect(await storeEvents(store, other, batch([twice]), now)).toMatchObject({ stored: 1 })
})

test.each([
  ['in one process', [store, store]],
  [
    'in two processes',
    [1, 2].map(() =>
      openEventStore(stores, { alone: false, signal: new AbortController().signal }),
    ),
  ],
])('[CO2] the same message sent by many at once is stored once: %s', async (_, writers) => {
  const { id } = await testWorkspace(stores)
  const answers = await Promise.all(
    [...writers, ...writers, ...writers, ...writers].map((writer) =>
      storeEvents(writer, id, batch([event({ messageId: 'x', userId: 'a' })]), now),
    ),
  )
  expect(answers.reduce((sum, { stored }) => sum + stored, 0)).toBe(1)
  expect(answers).toHaveLength(8)
})

test('[CO2] a message whose insert broke after it had landed is not stored again', async () => {
  const { id } = await testWorkspace(stores)
  let breaks = true
  const clickhouse: typeof stores.clickhouse = {
    ...stores.clickhouse,
    // As when the engine is killed between writing the rows and saying so.
    async insert(table, rows, options) {
      await stores.clickhouse.insert(table, rows, options)
      if (breaks && table === 'events') throw new StoreFailure('interrupted', 'it broke', null)
    },
  }
  const signal = new AbortController().signal
  const broken = openEventStore({ ...stores, clickhouse }, { alone: true, signal })
  await broken.messages.loaded
  const sent = batch([event({ messageId: 'landed', userId: 'ann' })])
  await expect(storeEvents(broken, id, sent, now)).rejects.toThrow('it broke')
  breaks = false
  expect(await storeEvents(broken, id, sent, now)).toMatchObject({ stored: 0, duplicates: 1 })
})

test('[ID1] a login takes in what the device did before, at once', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(
    store,
    id,
    batch([1, 2, 3].map((n) => event({ messageId: `a${n}`, anonymousId: 'dev' }))),
    now,
  )
  await storeEvents(
    store,
    id,
    batch([event({ messageId: 'l', anonymousId: 'dev', userId: 'ann' })]),
    now,
  )
  expect(await customersOf(id)).toEqual([{ customer: expect.any(String), events: '4' }])
})
