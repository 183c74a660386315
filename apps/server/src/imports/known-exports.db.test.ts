import { fileURLToPath } from 'node:url'
import { compile, customerEvents, sql } from '@parcurs/analytics'
import { describe, expect, test } from 'vitest'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Imports": [IM47].

const stores = await freshStores()
const server = await testApp(stores)
const { file } = importing(server, server.machine)
const folder = fileURLToPath(new URL('../../../../cases/files/', import.meta.url))

async function imported(name: string, twice = false) {
  const { workspace } = await server.peopled()
  const { view } = await file(workspace.slug, `${folder}${name}`)
  const reading = await readingOf(stores, workspace.id)
  const columns = sql`toString(type) AS type, toString(name) AS name, toFloat64(value) AS value, currency, order_id,
    user_id, anonymous_id, toUnixTimestamp64Milli(time) AS ms, properties`
  const events = await stores.clickhouse.rows<Stored>(
    compile(sql`SELECT * FROM (${customerEvents(reading, columns)}) ORDER BY ms, name`),
  )
  const again = twice ? await file(workspace.slug, `${folder}${name}`) : null
  return {
    progress: view.progress,
    again: again?.view.progress,
    events,
    customers: new Set(events.map(({ customer }) => customer)).size,
    counts: events.reduce<Record<string, number>>(
      (all, one) => ({ ...all, [one.name]: (all[one.name] ?? 0) + 1 }),
      {},
    ),
    money: (of: string) =>
      events.filter(({ name }) => name === of).reduce((sum, { value }) => sum + (value ?? 0), 0),
  }
}

interface Stored {
  readonly type: string
  readonly name: string
  readonly value: number | null
  readonly currency: string
  readonly order_id: string
  readonly user_id: string
  readonly anonymous_id: string
  readonly ms: string
  readonly customer: string
  readonly properties: Readonly<Record<string, string>>
}

describe('[IM47] known exports', () => {
  test('Shopify: an order is one purchase however many lines it has, and what was given back is a refund', async () => {
    const found = await imported('24-shopify-orders.csv', true)
    expect(found.counts).toEqual({ purchase: 3, refund: 1 })
    expect(found.money('purchase')).toBe(105)
    expect(found.money('refund')).toBe(-40)
    expect(found.customers).toBe(2)
    const [first] = found.events
    expect(first).toMatchObject({ currency: 'EUR', order_id: '#1001', user_id: 'ana@example.com' })
    expect(JSON.parse(first?.properties['items'] ?? '')).toHaveLength(2)
    expect(found.again).toMatchObject({ stored: 0, repeated: 4, rejected: 0 })
  })

  test('Stripe: the status decides, and times are UTC', async () => {
    const found = await imported('26-stripe-payments.csv')
    expect(found.counts).toEqual({ purchase: 3, refund: 2, payment_failed: 1 })
    expect(found.money('purchase')).toBe(180)
    expect(found.money('refund')).toBe(-60)
    expect(new Date(Number(found.events[0]?.ms)).toISOString()).toBe('2026-03-01T22:30:00.000Z')
    expect(new Set(found.events.map(({ currency }) => currency))).toEqual(new Set(['EUR']))
  })

  test('GA4: parameters are unfolded, money is that of the order, visitor and user are one', async () => {
    const found = await imported('27-ga4-bigquery.jsonl')
    expect(found.events).toHaveLength(8)
    expect(found.customers).toBe(3)
    const bought = found.events.filter(({ name }) => name === 'purchase')
    expect(bought.map(({ order_id, value }) => [order_id, value])).toEqual([
      ['T1', 20.5],
      ['T2', 10],
      ['T2', 10],
    ])
    expect(found.events[1]).toMatchObject({
      type: 'page',
      properties: { page_location: 'https://shop.example/' },
    })
  })

  test('Mixpanel: a row that comes twice counts once, $identify joins', async () => {
    const found = await imported('28-mixpanel-export.jsonl')
    expect(found.events).toHaveLength(6)
    expect(found.money('Purchase')).toBe(25.5)
    expect(found.customers).toBe(2)
  })

  test('Segment: pages and tracks are events, identify joins and gives traits', async () => {
    const found = await imported('30-segment-archive.jsonl', true)
    expect(found.counts).toEqual({ page_view: 2, 'Product Viewed': 2, 'Order Completed': 1 })
    expect(found.customers).toBe(2)
    expect(found.money('Order Completed')).toBe(30)
    expect(found.progress).toMatchObject({ rows: 6, stored: 5, stated: 1, rejected: 0 })
    expect(found.again).toMatchObject({ stored: 0, repeated: 5 })
  })

  test('[DC2] what an archive brought goes as a whole, its traits too, and may come again', async () => {
    const { workspace } = await server.peopled()
    const { slug } = workspace
    const path = `${folder}30-segment-archive.jsonl`
    const { importId } = await file(slug, path)
    const url = `/api/workspaces/${slug}/imports/${importId}/events`
    const asked = async (method: 'GET' | 'DELETE') =>
      (await server.app.inject({ method, url, headers: server.machine })).json<object>()
    expect(await asked('GET')).toMatchObject({ events: 5, traits: 1 })
    await asked('DELETE')
    expect(await asked('GET')).toMatchObject({ events: 0, traits: 0 })
    const { view } = await file(slug, path)
    expect(view.progress).toMatchObject({ stored: 5, stated: 1, repeated: 0 })
  })

  test('Kissmetrics: another name joins, properties alone are traits', async () => {
    const found = await imported('31-kissmetrics.json')
    expect(found.events).toHaveLength(4)
    expect(found.customers).toBe(2)
    expect(found.money('Purchased')).toBe(19.9)
  })

  test('help-desk tickets are made and solved', async () => {
    const found = await imported('22-tickets-multiline.csv')
    expect(found.counts).toEqual({ ticket_created: 3, ticket_solved: 2 })
    expect(found.customers).toBe(2)
  })

  test('a call log keeps its instants', async () => {
    const found = await imported('35-call-log.csv')
    expect(found.counts).toEqual({ call_incoming: 2, call_missed: 1, call_outgoing: 1 })
    expect(found.customers).toBe(3)
  })
})
