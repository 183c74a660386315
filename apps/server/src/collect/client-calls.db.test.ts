import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import RudderAnalytics from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { compile, customerEvents, sql } from '@parcurs/analytics'
import { beforeAll, describe, expect, test } from 'vitest'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'

// What clients really send (cases/files), and two of them at work.

const stores = await freshStores()
const { app, ask, peopled, now } = await testApp(stores)

interface SentCall {
  readonly path: string
  readonly ctype?: string
  readonly auth?: boolean
  readonly gzip?: boolean
  readonly body: object
}

function casesOf(name: string, writeKey: string): readonly SentCall[] {
  const file = new URL(`../../../../cases/files/${name}.json`, import.meta.url)
  const text = readFileSync(file, 'utf8')
    .replaceAll('{KEY}', writeKey)
    .replaceAll(/\{NOW([+-]\d+)d(?:-(\d+)s)?\}/g, (_, days: string, seconds = '0') =>
      new Date(now.ms + Number(days) * 86_400_000 - Number(seconds) * 1000).toISOString(),
    )
    .replaceAll('{NOW}', new Date(now.ms).toISOString())
  return JSON.parse(text) as readonly SentCall[]
}

async function sent(call: SentCall, writeKey: string) {
  const json = JSON.stringify(call.body)
  const answer = await app.inject({
    method: 'POST',
    url: call.path,
    payload: call.gzip === true ? gzipSync(json) : json,
    headers: {
      'content-type': call.ctype ?? 'application/json',
      ...(call.auth === false ? {} : basic(writeKey)),
    },
  })
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}

async function stored(workspace: number) {
  const reading = await readingOf(stores, workspace)
  const columns = sql`name, user_id, anonymous_id, toUnixTimestamp64Milli(time) AS ms`
  return await stores.clickhouse.rows<Record<'name' | 'user_id' | 'customer' | 'ms', string>>(
    compile(sql`SELECT * FROM (${customerEvents(reading, columns)}) ORDER BY ms, user_id`),
  )
}

describe('[CO30] what clients send is taken as they send it', () => {
  test.each(['48-browser-client', '81-python-gzip'])('%s', async (name) => {
    const { workspace, writeKey } = await peopled()
    const calls = casesOf(name, writeKey)
    for (const call of calls) {
      expect(await sent(call, writeKey)).toMatchObject({ status: 200, body: { stored: 1 } })
    }
    expect(await stored(workspace.id)).toHaveLength(calls.length)
  })

  test('by every path and with the key in every place', async () => {
    const { workspace, writeKey } = await peopled()
    const call = (n: number) => ({ type: 'track', event: 'a', anonymousId: `x${n}` })
    const key = `${writeKey}:anything`
    const ways: readonly (readonly [string, string | Buffer, Record<string, string>])[] = [
      ['/v1/t', JSON.stringify(call(1)), { 'x-write-key': key }],
      [`/v1/track/?writeKey=${writeKey}`, JSON.stringify(call(2)), {}],
      ['/v1/import/', JSON.stringify({ batch: [call(3)], writeKey }), {}],
      ['/v1/b', JSON.stringify({ batch: [{ ...call(4), writeKey: key }] }), {}],
      [
        '/v1/batch',
        gzipSync(JSON.stringify({ batch: [call(5)] })),
        { ...basic(writeKey), 'content-type': 'application/x-www-form-urlencoded' },
      ],
      [
        `/beacon/v1/batch?writeKey=${writeKey}`,
        JSON.stringify({ batch: [call(6)] }),
        { 'content-type': 'text/plain;charset=UTF-8' },
      ],
      [
        '/v1/track',
        `data=${encodeURIComponent(JSON.stringify({ ...call(7), writeKey }))}`,
        { 'content-type': 'application/x-www-form-urlencoded' },
      ],
      [
        '/v1/track',
        `data=${Buffer.from(JSON.stringify({ ...call(8), writeKey })).toString('base64')}`,
        {},
      ],
    ]
    for (const [url, payload, headers] of ways) {
      const answer = await app.inject({ method: 'POST', url, payload, headers })
      expect([url, answer.statusCode, answer.body]).toMatchObject([url, 200, /"stored":1/])
    }
    expect(await stored(workspace.id)).toHaveLength(ways.length)
  })

  test('two keys that differ, and none, are refused, so that a browser can read why', async () => {
    const one = await peopled()
    const two = await peopled()
    const headers = { ...basic(one.writeKey), origin: 'https://shop.example' }
    for (const payload of [{ event: 'a', userId: 'u', writeKey: two.writeKey }]) {
      const answer = await app.inject({ method: 'POST', url: '/v1/t', payload, headers })
      expect(answer.statusCode).toBe(401)
      expect(answer.json()).toMatchObject({ detail: expect.stringContaining('two write keys') })
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': 'https://shop.example',
        'access-control-allow-credentials': 'true',
      })
    }
    const none = await app.inject({ method: 'POST', url: '/v1/t', payload: { event: 'a' } })
    expect(none.json()).toMatchObject({ code: 'write-key-unknown' })
    const unknown = await app.inject({ method: 'POST', url: '/v1/nothing', headers })
    expect(unknown.statusCode).toBe(404)
    expect(unknown.headers['access-control-allow-origin']).toBe('https://shop.example')
    const page = await app.inject({ method: 'GET', url: '/api/me', headers })
    expect(page.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('a browser may bring the headers that it asks for', async () => {
    const { statusCode, headers } = await app.inject({
      method: 'OPTIONS',
      url: '/v1/t',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'anonymousid,authorization,content-type,sentat',
      },
    })
    expect(statusCode).toBe(204)
    expect(headers).toMatchObject({
      'access-control-allow-headers': 'anonymousid,authorization,content-type,sentat',
      'access-control-max-age': '86400',
    })
  })

  test('settings and script are served from here', async () => {
    const { writeKey } = await peopled()
    const headers = { host: 'localhost:4400' }
    const settings = await app.inject({ url: `/v1/projects/${writeKey}/settings`, headers })
    expect(settings.json()).toMatchObject({
      integrations: { 'Segment.io': { apiKey: writeKey, apiHost: 'localhost:4400/v1' } },
    })
    expect((await app.inject({ url: `/projects/${writeKey}/settings` })).statusCode).toBe(200)
    expect((await app.inject({ url: '/v1/projects/nobody/settings' })).statusCode).toBe(401)
    const script = await app.inject({ url: `/analytics.js/v1/${writeKey}/analytics.min.js` })
    expect(script.statusCode).toBe(200)
    expect(script.body.length).toBeGreaterThan(50_000)
    const source = await app.inject({ url: `/sourceConfig/?p=npm&writeKey=${writeKey}` })
    expect(source.json()).toMatchObject({ source: { writeKey, enabled: true } })
  })
})

describe('[CO31] who and when', () => {
  test('41-alias: an anonymous id becomes a user or another one; a loop ends', async () => {
    const { workspace, writeKey } = await peopled()
    for (const call of casesOf('41-alias', writeKey)) {
      expect(await sent(call, writeKey)).toMatchObject({ status: 200 })
    }
    const rows = await stored(workspace.id)
    const customer = (name: string) => rows.filter(({ name: held }) => held === name)
    const [former] = customer('x')
    await ask(basic(writeKey), 'POST', '/v1/track', { anonymousId: 'anon-10', event: 'later' })
    const later = (await stored(workspace.id)).filter(({ name }) => name === 'later')
    expect(later.map((row) => row.customer)).toEqual([former?.customer])
    expect(
      new Set(
        customer('page_view')
          .concat(customer('signup'))
          .map((r) => r.customer),
      ).size,
    ).toBe(1)
  })

  test('ids beyond 2^53 keep their digits', async () => {
    const { workspace, writeKey } = await peopled()
    const payload = '{"event":"a","userId":12345678901234567890}'
    await app.inject({ method: 'POST', url: '/v1/track', payload, headers: basic(writeKey) })
    expect(await stored(workspace.id)).toMatchObject([{ user_id: '12345678901234567890' }])
  })

  test('37-future-events: a refusal shows the time as it was sent, and sentAt', async () => {
    const { writeKey } = await peopled()
    const [first, ahead, third] = casesOf('37-future-events', writeKey)
    if (!first || !ahead || !third) throw new Error('three calls were expected')
    const { body } = await sent(first, writeKey)
    expect(body).toMatchObject({
      stored: 0,
      refused: [
        {
          code: 'time-in-future',
          detail: expect.stringMatching(
            /2026-11-26T11:36:12\.799Z.*sentAt is "2026-11-12T00:08:54\.551Z"/,
          ),
        },
      ],
    })
    expect(await sent(ahead, writeKey)).toMatchObject({
      body: { stored: 1, shifted: { calls: 1, byMs: -14 * 86_400_000 } },
    })
    expect(await sent(third, writeKey)).toMatchObject({ status: 400 })
  })

  test('archived calls keep their own time when told to', async () => {
    const { workspace, writeKey } = await peopled()
    const track = (userId: string) => ({
      type: 'track',
      event: 'a',
      userId,
      timestamp: '2020-01-01T10:00:00Z',
      sentAt: '2020-01-01T10:00:01Z',
    })
    const as = basic(writeKey)
    await ask(as, 'POST', '/v1/batch', { historical: true, batch: [track('a')] })
    const answer = await ask(as, 'POST', '/v1/track?historical=true', track('b'))
    expect(answer.body).not.toHaveProperty('shifted')
    const rows = await stored(workspace.id)
    expect(rows.map(({ ms }) => Number(ms))).toEqual([
      Date.UTC(2020, 0, 1, 10),
      Date.UTC(2020, 0, 1, 10),
    ])
  })
})

describe('[CO32] clients at work', () => {
  let host = ''
  beforeAll(async () => {
    host = await app.listen({ host: '127.0.0.1', port: 0 })
  })

  test('Segment’s client for Node', async () => {
    const { workspace, writeKey } = await peopled()
    const client = new Analytics({ writeKey, host, flushAt: 1, disable: false })
    client.track({ userId: 'ann', event: 'Order Completed', properties: { revenue: 5 } })
    await client.closeAndFlush({ timeout: 10_000 })
    expect(await stored(workspace.id)).toMatchObject([{ name: 'Order Completed', user_id: 'ann' }])
  })

  test('RudderStack’s client for Node, gzip as a form', async () => {
    const { workspace, writeKey } = await peopled()
    const client = new RudderAnalytics(writeKey, { dataPlaneUrl: host, flushAt: 1 })
    client.track({ userId: 'bob', event: 'Signed Up' })
    await client.flush()
    expect(await stored(workspace.id)).toMatchObject([{ name: 'Signed Up', user_id: 'bob' }])
  })
})

test('[CO34] money in texts is read, or told', async () => {
  const { workspace, writeKey } = await peopled()
  const warned: unknown[] = []
  for (const call of casesOf('46-revenue-texts', writeKey)) {
    const { status, body } = await sent(call, writeKey)
    expect(status).toBe(200)
    warned.push(...((body['warnings'] as readonly unknown[] | undefined) ?? []))
  }
  const reading = await readingOf(stores, workspace.id)
  const rows = await stores.clickhouse.rows<{ readonly revenue: string }>(
    compile(sql`SELECT sum(value) AS revenue FROM (${customerEvents(reading, sql`value`)})`),
  )
  expect(Number(rows[0]?.revenue)).toBeCloseTo(2082.48, 4)
  expect(warned).toEqual([
    { index: 0, code: 'money-unread', detail: 'value is "gold": expected a number' },
  ])
  const more = [{ revenue: '1,000', currency: 'EUR' }, { revenue: '5 RON' }].map((properties) => ({
    type: 'track',
    userId: 'a',
    event: 'Order Completed',
    properties,
  }))
  const { body } = await sent({ path: '/v1/batch', body: { batch: more } }, writeKey)
  expect(body['warnings']).toMatchObject([
    { index: 0, code: 'money-ambiguous' },
    { index: 1, code: 'other-currency', detail: expect.stringContaining('5 RON') },
  ])
})
