import { sql } from '@parcurs/analytics'
import { describe, expect, test, vi } from 'vitest'
import { eventFigures } from '../testing/event-figures.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { hasSharedData, NO_SHARED_DATA, sharedData } from '../testing/shared-data.ts'
import { testApp } from '../testing/test-app.ts'

// SPEC.md [IM21]: process logs and ad touches, with the figures of ../shared/data/README.md.

// Whole files and threads take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const server = await testApp(stores)
const { file } = importing(server, server.machine)

async function imported(path: string, options = {}) {
  const { workspace } = await server.peopled()
  const { view } = await file(workspace.slug, `${sharedData}${path}`, options)
  return { view, figures: eventFigures(stores.clickhouse, workspace.id) }
}

describe.skipIf(!hasSharedData)(`[IM21] process logs${NO_SHARED_DATA}`, () => {
  test('[IM21] BPIC 2012: 13,087 cases, 262,200 events, 24 activities, 4,366 variants', async () => {
    const { view, figures } = await imported('logs/bpic2012.xes.gz', { lifecycle: 'all' })
    expect(view.progress).toMatchObject({ rows: 262_200, stored: 262_200, rejected: 0 })
    expect(await figures.counts()).toEqual({ events: 262_200, customers: 13_087, names: 24 })
    expect(await figures.variants()).toMatchObject({ count: 4366 })
    const complete = sql`properties['lifecycle:transition'] = 'COMPLETE' AND startsWith(name, 'A_')`
    const steps = ['SUBMITTED', 'PREACCEPTED', 'ACCEPTED', 'FINALIZED', 'APPROVED']
    const funnel = await figures.funnel(
      steps.map((step) => `A_${step}`),
      complete,
    )
    expect(funnel).toEqual([13_087, 7367, 5113, 5015, 2246])
    const traced = sql`SELECT countIf(properties['case:AMOUNT_REQ'] != '') AS n FROM ${figures.rows}`
    expect(await figures.one(traced)).toBe(262_200)
  })

  test('[IM21] help desk: 4,580 cases, 21,348 events, 14 activities, 226 variants (2,366, 552, 228)', async () => {
    const { figures } = await imported('logs/helpdesk.xes.gz')
    expect(await figures.counts()).toEqual({ events: 21_348, customers: 4580, names: 14 })
    expect(await figures.variants()).toEqual({ count: 226, commonest: [2366, 552, 228] })
  })

  test('[IM21] permits: 1,434 cases, 8,577 events, 27 activities, 116 variants (713, 123, 116)', async () => {
    const { figures } = await imported('logs/receipt.csv.gz')
    expect(await figures.counts()).toEqual({ events: 8577, customers: 1434, names: 27 })
    expect(await figures.variants()).toEqual({ count: 116, commonest: [713, 123, 116] })
    const channels = sql`SELECT uniqExact(channel) AS n FROM ${figures.rows}`
    expect(await figures.one(channels)).toBeGreaterThan(1)
  })

  test.each(['xes', 'csv'])(
    '[IM21] running example as %s: 6 cases, 42 events, 6 variants',
    async (ending) => {
      const { figures } = await imported(`logs/running-example.${ending}`)
      expect(await figures.counts()).toMatchObject({ events: 42, customers: 6 })
      expect(await figures.variants()).toMatchObject({ count: 6 })
    },
  )

  test('[IM21] XES and CSV of one log give the same journeys', async () => {
    const [xes, csv] = [
      await imported('logs/running-example.xes'),
      await imported('logs/running-example.csv'),
    ]
    const journeys = async ({ figures }: typeof xes) =>
      await figures.ask(
        sql`SELECT user_id, name, time FROM ${figures.rows} ORDER BY user_id, time, name`,
      )
    expect(await journeys(xes)).toEqual(await journeys(csv))
  })
})

describe.skipIf(!hasSharedData)(`[IM21] ad touches${NO_SHARED_DATA}`, async () => {
  test('[IM21] 62,483 touches of 7,896 customers, 1,642 converters; last Facebook 489, Paid Search 418, Online Video 318; linear Paid Search 506.1657', async () => {
    const { view, figures } = await imported('attribution/touchpoints-2018-07.csv.gz')
    expect(view.progress).toMatchObject({ rows: 62_483, stored: 62_483, rejected: 0 })
    expect(await figures.counts()).toMatchObject({ events: 62_483, customers: 7896 })
    const paths = sql`
      SELECT arraySort(groupArray((time, position, properties['channel'], name))) AS touches,
        arraySlice(touches, 1, indexOf(arrayMap(t -> t.4, touches), 'conversion')) AS path
      FROM ${figures.rows} GROUP BY key HAVING countIf(name = 'conversion') > 0`
    const converters = sql`SELECT count() AS n FROM (${paths})`
    expect(await figures.one(converters)).toBe(1642)
    const last = await figures.ask(sql`
      SELECT path[-1].3 AS channel, toUInt32(count()) AS n FROM (${paths})
      GROUP BY channel ORDER BY n DESC LIMIT 3`)
    expect(last).toEqual([
      { channel: 'Facebook', n: 489 },
      { channel: 'Paid Search', n: 418 },
      { channel: 'Online Video', n: 318 },
    ])
    const linear = sql`
      SELECT sum(arrayCount(t -> t.3 = 'Paid Search', path) / length(path)) AS n FROM (${paths})`
    expect(await figures.one(linear)).toBeCloseTo(506.1657, 4)
  })
})
