import { gzipSync } from 'node:zlib'
import { compile, customerEvents, sql } from '@parcurs/analytics'
import { describe, expect, test } from 'vitest'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'

const stores = await freshStores()
const { app, ask, peopled, now } = await testApp(stores)

const ok = { success: true, stored: 1, duplicates: 0, refused: [] }
const at = (ms: number) => new Date(ms).toISOString()

interface Stored {
  readonly name: string
  readonly type: string
  readonly channel: string
  readonly path: string
  readonly user_id: string
  readonly anonymous_id: string
  readonly value: number | null
  readonly currency: string
  readonly order_id: string
  readonly properties: Readonly<Record<string, string>>
  readonly ms: string
  readonly customer: string
}

async function eventsOf(workspace: number): Promise<readonly Stored[]> {
  const reading = await readingOf(stores, workspace)
  const columns = sql`name, type, channel, path, user_id, anonymous_id, value, currency, order_id,
    properties, toUnixTimestamp64Milli(time) AS ms, position`
  return await stores.clickhouse.rows<Stored>(
    compile(sql`SELECT * FROM (${customerEvents(reading, columns)}) ORDER BY ms, position`),
  )
}

describe('[CO3] every call is taken in its shape', () => {
  test('track, with money and page', async () => {
    const { workspace, writeKey } = await peopled()
    const call = {
      event: 'Order Completed',
      userId: 'ann',
      timestamp: at(now.ms - 5000),
      properties: {
        order_id: 'o1',
        total: 30,
        currency: 'usd',
        products: [{ sku: 1 }],
        cart: { id: 7 },
        nothing: null,
      },
      context: { page: { url: 'https://shop.example/thanks?x=1' }, os: { name: 'iOS' } },
    }
    const other = {
      index: 0,
      code: 'other-currency',
      detail: '30 USD is kept but does not count: the workspace counts EUR',
    }
    expect(await ask(basic(writeKey), 'POST', '/v1/track', call)).toEqual({
      status: 200,
      body: { ...ok, warnings: [other] },
    })
    expect(await eventsOf(workspace.id)).toMatchObject([
      {
        name: 'Order Completed',
        type: 'track',
        channel: 'web',
        path: '/thanks',
        value: 30,
        currency: 'USD',
        order_id: 'o1',
        ms: String(now.ms - 5000),
        properties: {
          products: '[{"sku":1}]',
          'cart.id': '7',
          'context.os.name': 'iOS',
          order_id: 'o1',
          total: '30',
          currency: 'usd',
        },
      },
    ])
  })

  test('page, screen, identify, group, alias', async () => {
    const { workspace, writeKey } = await peopled()
    const as = basic(writeKey)
    const page = { anonymousId: 'd', name: 'Home', properties: { path: '/home' } }
    expect(await ask(as, 'POST', '/v1/page', page)).toEqual({ status: 200, body: ok })
    expect(
      await ask(as, 'POST', '/v1/screen', { anonymousId: 'd2', name: 'Cart', properties: {} }),
    ).toEqual({ status: 200, body: ok })
    const calls: readonly [string, object][] = [
      ['identify', { anonymousId: 'd', userId: 'ann', traits: { plan: 'gold', age: 31 } }],
      ['group', { userId: 'ann', groupId: 'acme', traits: { size: 9 } }],
      ['alias', { previousId: 'd2', userId: 'ann' }],
    ]
    for (const [type, call] of calls) {
      expect(await ask(as, 'POST', `/v1/${type}`, call)).toEqual({ status: 200, body: ok })
    }
    const [first, second] = [...(await eventsOf(workspace.id))].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    )
    expect([first, second]).toMatchObject([
      { name: 'page_view', channel: 'web', path: '/home', properties: { name: 'Home' } },
      { name: 'screen_view', channel: 'app' },
    ])
    expect(first?.customer).toBe(second?.customer)
  })
})

test('[CO4] a batch stores the good and names the others by index and reason', async () => {
  const { workspace, as: people, writeKey } = await peopled()
  const batch = [
    { type: 'track', event: 'a', userId: 'ann', messageId: 'm1' },
    { type: 'track', userId: 'ann' },
    { type: 'trak', event: 'a', userId: 'ann' },
    { type: 'track', event: 'a', userId: 'null', anonymousId: ' ' },
    { type: 'track', event: 'a', userId: 'ann', timestamp: at(now.ms + 25 * 3_600_000) },
    { type: 'track', event: 'a', userId: 'ann', timestamp: 'yesterday' },
    { type: 'track', event: 'a', userId: 'ann', messageId: 'm1' },
    { type: 'track', event: 'b', userId: 'bob', timestamp: '1997-01-01' },
    { type: 'track', event: 'b', userId: ['bob'] },
    { type: 'track', event: 'b', userId: 'bob', properties: { text: 'x'.repeat(33_000) } },
    { type: 'track', event: 'b', userId: 'bob', properties: { value: 1e300 } },
    7,
    null,
  ]
  const { status, body } = await ask(basic(writeKey), 'POST', '/v1/batch', { batch })
  expect(status).toBe(200)
  expect(body).toEqual({
    success: true,
    stored: 2,
    duplicates: 1,
    refused: [
      { index: 1, code: 'call-invalid', detail: 'event is missing' },
      {
        index: 2,
        code: 'type-unknown',
        detail: 'type is "trak": expected track, page, screen, identify, group or alias',
      },
      { index: 3, code: 'identity-missing', detail: expect.stringContaining('userId is "null"') },
      { index: 4, code: 'time-in-future', detail: expect.stringContaining('24 hours') },
      { index: 5, code: 'time-invalid', detail: expect.stringContaining('"yesterday"') },
      {
        index: 8,
        code: 'call-invalid',
        detail: 'userId is a list: expected a string or a number or null',
      },
      { index: 9, code: 'call-too-large', detail: expect.stringContaining('32000 bytes') },
      { index: 10, code: 'value-too-large', detail: expect.stringContaining('1e+300') },
      { index: 11, code: 'type-unknown', detail: expect.any(String) },
      { index: 12, code: 'type-unknown', detail: expect.any(String) },
    ],
  })
  expect((await eventsOf(workspace.id)).map(({ name }) => name)).toEqual(['b', 'a'])
  const { body: listed } = await ask(
    people.viewer,
    'GET',
    `/api/workspaces/${workspace.slug}/refusals`,
  )
  expect(listed).toMatchObject({ refusals: Array.from({ length: 10 }, () => ({})) })
})

test('[CO4] what was sent may tell of people: a viewer reads why it was refused, not what it was', async () => {
  const { workspace, writeKey, as: people } = await peopled()
  await app.inject({
    method: 'POST',
    url: '/v1/track',
    payload: { writeKey, userId: ['ann'], event: 'Seen' },
  })
  const read = async (who: 'viewer' | 'editor') =>
    (await ask(people[who], 'GET', `/api/workspaces/${workspace.slug}/refusals`)).body
  expect(await read('viewer')).toMatchObject({ refusals: [{ code: 'call-invalid', body: null }] })
  expect(await read('editor')).toMatchObject({
    refusals: [{ code: 'call-invalid', body: expect.stringContaining('ann') }],
  })
})

test('[CO5] a clock that is wrong is corrected by when the call was sent', async () => {
  const { workspace, writeKey } = await peopled()
  const wrong = now.ms - 3 * 86_400_000
  await ask(basic(writeKey), 'POST', '/v1/batch', {
    sentAt: at(wrong),
    batch: [
      { type: 'track', event: 'a', userId: 'ann', timestamp: at(wrong - 60_000) },
      {
        type: 'track',
        event: 'b',
        userId: 'ann',
        timestamp: at(now.ms - 7),
        sentAt: at(now.ms - 3),
      },
      { type: 'track', event: 'c', userId: 'ann', originalTimestamp: at(wrong + 1) },
    ],
  })
  const events = await eventsOf(workspace.id)
  expect(events.map(({ name, ms }) => [name, Number(ms) - now.ms])).toEqual([
    ['a', -60_000],
    ['b', -7],
    ['c', 1],
  ])
})

test('[CO6] a single call that is refused is a problem', async () => {
  const { writeKey } = await peopled()
  const { status, body } = await ask(basic(writeKey), 'POST', '/v1/track', { event: 'a' })
  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'event-refused', detail: expect.stringContaining('userId') })
})

test.each<[string, string, Buffer | string, Record<string, string>, number]>([
  ['gzip', 'batch', gzipSync('{"batch":[]}'), { 'content-encoding': 'gzip' }, 200],
  ['a gzip bomb', 'batch', gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' }, 413],
  ['broken gzip', 'batch', 'nope', { 'content-encoding': 'gzip' }, 400],
  ['a batch above 500 kB', 'batch', `{"batch":["${'x'.repeat(500_000)}"]}`, {}, 413],
  ['a call above 32 kB', 'track', `{"event":"${'x'.repeat(32_000)}"}`, {}, 413],
  ['broken UTF-8', 'track', Buffer.from([0x7b, 0xff, 0x7d]), {}, 400],
  ['half a surrogate pair', 'track', '{"event":"\\ud800","userId":"\\udfff u"}', {}, 200],
  ['U+0000', 'track', '{"event":"a\\u0000b","userId":"u\\u0000"}', {}, 200],
  [
    'a prototype key',
    'track',
    '{"event":"a","userId":"u","properties":{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}}',
    {},
    200,
  ],
  [
    'deep nesting',
    'track',
    `{"event":"a","userId":"u","properties":${'{"a":'.repeat(50)}1${'}'.repeat(50)}}`,
    {},
    200,
  ],
  ['very deep nesting', 'track', `${'['.repeat(15_000)}`, {}, 400],
  ['a huge number', 'track', '{"event":"a","userId":"u","timestamp":1e400}', {}, 400],
  ['a huge time', 'track', '{"event":"a","userId":"u","timestamp":-1e17}', {}, 400],
  ['no body', 'track', '', {}, 400],
  ['a list', 'track', '[]', {}, 400],
  [
    'a form without data',
    'track',
    'event=a',
    { 'content-type': 'application/x-www-form-urlencoded' },
    400,
  ],
  ['batch not a list', 'batch', '{"batch":{}}', {}, 400],
])('[CO7] %s to /v1/%s', async (_, type, payload, headers, status) => {
  const { writeKey } = await peopled()
  const answer = await app.inject({
    method: 'POST',
    url: `/v1/${type}`,
    payload,
    headers: { 'content-type': 'application/json', ...basic(writeKey), ...headers },
  })
  expect([answer.statusCode, answer.body]).toEqual([status, expect.any(String)])
  expect(Reflect.get({}, 'x') ?? Reflect.get({}, 'y')).toBeUndefined()
})

test('[ID5] customers are merged and parted by hand', async () => {
  const { workspace, as, writeKey } = await peopled()
  const batch = ['ann', 'bob'].map((userId) => ({ type: 'track', event: 'a', userId }))
  await ask(basic(writeKey), 'POST', '/v1/batch', { batch })
  const url = `/api/workspaces/${workspace.slug}/customers`
  const [ann, bob] = await eventsOf(workspace.id)
  const pair = { customer: ann?.customer ?? '', into: bob?.customer ?? '' }
  expect(await ask(as.viewer, 'POST', `${url}/merge`, pair)).toMatchObject({ status: 403 })
  expect(await ask(as.editor, 'POST', `${url}/merge`, pair)).toEqual({
    status: 200,
    body: { customer: pair.into },
  })
  const merged = await eventsOf(workspace.id)
  expect(new Set(merged.map(({ customer }) => customer))).toEqual(new Set([pair.into]))
  expect(await ask(as.editor, 'POST', `${url}/merge`, pair)).toMatchObject({ status: 409 })
  expect(await ask(as.editor, 'POST', `${url}/unmerge`, pair)).toEqual({
    status: 200,
    body: { customer: pair.customer, other: pair.into },
  })
  expect((await eventsOf(workspace.id)).map(({ customer }) => customer).sort()).toEqual(
    [pair.customer, pair.into].sort(),
  )
  now.ms -= 31 * 86_400_000
  await ask(as.editor, 'POST', `${url}/merge`, pair)
  now.ms += 31 * 86_400_000
  expect(await ask(as.editor, 'POST', `${url}/unmerge`, pair)).toMatchObject({ status: 409 })
  expect(await ask(as.editor, 'POST', `${url}/merge`, { ...pair, into: '12' })).toMatchObject({
    status: 409,
  })
})
