import { sql } from '@parcurs/analytics'
import { describe, expect, test, vi } from 'vitest'
import { eventFigures } from '../testing/event-figures.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { hasSharedData, NO_SHARED_DATA, sharedData } from '../testing/shared-data.ts'
import { testApp } from '../testing/test-app.ts'

// SPEC.md [IM20]: the figures of ../shared/data/README.md come out exactly.

// Whole files and threads take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const server = await testApp(stores)
const { file } = importing(server, server.machine)

async function place() {
  const { workspace } = await server.peopled()
  return { slug: workspace.slug, figures: eventFigures(stores.clickhouse, workspace.id) }
}

describe.skipIf(!hasSharedData)(`[IM20] the REES46 sample${NO_SHARED_DATA}`, async () => {
  const { slug, figures } = await place()
  const path = `${sharedData}shop/rees46-2019-10-sample.csv`

  test('[IM20] 17,435 events, 5 exact duplicates among them, of 4,505 customers', async () => {
    const { view } = await file(slug, path)
    expect(view).toMatchObject({ state: 'done', problem: null })
    expect(view.progress).toMatchObject({ rows: 17_435, stored: 17_435, repeated: 0, rejected: 0 })
    expect(await figures.counts()).toEqual({ events: 17_435, customers: 4505, names: 3 })
    const extra = sql`
      SELECT sum(n - 1) AS n FROM (
        SELECT count() AS n FROM ${figures.rows} GROUP BY key, time, name, properties)`
    expect(await figures.one(extra)).toBe(5)
  })

  test('[IM20] view 17,056, cart 165, purchase 214; purchase revenue 59,442.63', async () => {
    expect(await figures.byName()).toEqual({ view: 17_056, cart: 165, purchase: 214 })
    const revenue = sql`SELECT sum(value) AS n FROM ${figures.rows} AND name = 'purchase'`
    expect(await figures.one(revenue)).toBe(59_442.63)
  })

  test('[IM20] funnel 4,505 > 111 > 62; view > purchase 192', async () => {
    expect(await figures.funnel(['view', 'cart', 'purchase'])).toEqual([4505, 111, 62])
    expect(await figures.funnel(['view', 'purchase'])).toEqual([4505, 192])
  })

  test('[IM20] 4,519 sessions, 1,665 with one event, 193 with a purchase', async () => {
    expect(await figures.sessions()).toEqual({ all: 4519, single: 1665, purchasing: 193 })
  })

  test('[IM20] transitions view>view 12,369, view>purchase 145, purchase>view 136, view>cart 136, cart>purchase 66', async () => {
    expect(await figures.transitions()).toMatchObject({
      'view>view': 12_369,
      'view>purchase': 145,
      'purchase>view': 136,
      'view>cart': 136,
      'cart>purchase': 66,
    })
  })

  test('[IM20] 16 tied events', async () => {
    const tied = sql`
      SELECT sumIf(n, n > 1) AS n FROM (SELECT count() AS n FROM ${figures.rows} GROUP BY key, time)`
    expect(await figures.one(tied)).toBe(16)
  })

  test('[IM11] the same file again changes nothing', async () => {
    const { view } = await file(slug, path)
    expect(view.progress).toMatchObject({ stored: 0, repeated: 17_435, rejected: 0 })
    expect(await figures.counts()).toMatchObject({ events: 17_435, customers: 4505 })
  })
})

describe.skipIf(!hasSharedData)(`[IM20] Online Retail${NO_SHARED_DATA}`, async () => {
  const path = `${sharedData}shop/online-retail-uci.csv.gz`
  const { slug, figures } = await place()
  const valid = sql`NOT startsWith(properties['InvoiceNo'], 'C')
    AND toInt64OrZero(properties['Quantity']) > 0 AND toFloat64OrZero(properties['UnitPrice']) > 0`

  test('[IM20] 541,909 lines: 135,080 without a customer are refused, 4,372 customers remain', async () => {
    const { view, rejects } = await file(slug, path)
    expect(view.progress).toMatchObject({
      rows: 541_909,
      stored: 541_909 - 135_080,
      rejected: 135_080,
      rejectsByCode: { 'no-customer': 135_080 },
    })
    expect(view.rejects).toHaveLength(20)
    expect(view.rejects[0]).toMatchObject({ line: 624, detail: 'CustomerID is empty' })
    expect(rejects.trimEnd().split('\n')).toHaveLength(135_081)
    expect(await figures.counts()).toMatchObject({ customers: 4372 })
    const id = sql`SELECT count() > 0 AS n FROM ${figures.rows} AND user_id = '17850.0'`
    expect(await figures.one(id)).toBe(1)
  })

  test('[IM20] valid lines 397,884 of 4,338 customers in 18,532 orders, revenue 8,911,407.90', async () => {
    const [found] = await figures.ask(sql`
      SELECT toUInt32(count()) AS lines, toUInt32(uniqExact(key)) AS customers,
        toUInt32(uniqExact(properties['InvoiceNo'])) AS orders, round(sum(value), 2) AS revenue
      FROM ${figures.rows} AND ${valid}`)
    expect(found).toEqual({
      lines: 397_884,
      customers: 4338,
      orders: 18_532,
      revenue: 8_911_407.9,
    })
  })

  test('[IM20] cohort 2010-12 by month: 885, 324, 286, …, 235', async () => {
    const months = await figures.ask<{ n: number }>(sql`
      SELECT toUInt32(uniqExact(key)) AS n
      FROM (SELECT key, toStartOfMonth(time) AS month,
          min(month) OVER (PARTITION BY key) AS first
        FROM ${figures.rows} AND ${valid})
      WHERE first = '2010-12-01' GROUP BY month ORDER BY month`)
    expect(months.map(({ n }) => n)).toEqual([
      885, 324, 286, 340, 321, 352, 321, 309, 313, 350, 331, 445, 235,
    ])
  })

  test('[IM20] by invoice: 25,900 invoices, 9,288 lines of cancellations', async () => {
    const { slug, figures } = await place()
    const { view } = await file(slug, path, { customer: 'InvoiceNo' })
    expect(view.progress).toMatchObject({ stored: 541_909, rejected: 0 })
    expect(await figures.counts()).toMatchObject({ customers: 25_900 })
    const cancelled = sql`SELECT count() AS n FROM ${figures.rows} AND startsWith(user_id, 'C')`
    expect(await figures.one(cancelled)).toBe(9288)
  })
})

describe.skipIf(!hasSharedData)(`[IM20] Sparkify${NO_SHARED_DATA}`, async () => {
  const { slug, figures } = await place()

  test('[IM20] 8,056 app events, 286 logged out and refused, 97 users', async () => {
    const { view } = await file(slug, `${sharedData}shop/sparkify-2018-11.jsonl.gz`)
    expect(view.progress).toMatchObject({
      rows: 8056,
      rejected: 286,
      rejectsByCode: { 'no-customer': 286 },
    })
    expect(await figures.counts()).toMatchObject({ events: 8056 - 286, customers: 97 })
  })

  test('[IM20] 911 sessions of users, 299 with one event', async () => {
    expect(await figures.sessions()).toMatchObject({ all: 911, single: 299 })
  })
})
