import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { type Access, isRole, refuse, route, workspaceParams } from '@parcurs/contract'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { httpFrame } from './frame.ts'
import type { Gate, Viewer, Workspace } from './gate.ts'
import { foreignOrigin } from './origin.ts'
import { serve } from './serve.ts'

const mine: Workspace = {
  id: 1,
  slug: 'mine',
  name: 'Mine',
  timeZone: 'UTC',
  weekStart: 'monday',
  currency: 'EUR',
  simulated: false,
}
const ann: Viewer = { kind: 'person', userId: 7, sessionId: 's' }

/** Bearer ann-<role> is a person with that role in `mine`; the write key is `k`. */
const gate: Gate = {
  viewer: async ({ authorization }) => (authorization?.startsWith('Bearer ann') ? ann : null),
  member: async (_viewer, slug) => (slug === 'mine' ? { workspace: mine, role: 'editor' } : null),
  writer: async (key) =>
    key === 'k' ? { workspace: mine, writer: { source: 1000, kind: null, serverNames: [] } } : null,
}

async function appWith(access: Access) {
  const app = await httpFrame({
    log: pino({ level: 'silent' }),
    hosts: [],
    trustedProxies: [],
  })
  const handle = serve(app, gate, { checkAnswers: true })
  handle(
    route({
      name: 'echo',
      method: 'POST',
      path: isRole(access) ? '/w/:workspace/echo' : '/echo',
      access,
      summary: '',
      tag: '',
      ...(isRole(access) ? { params: workspaceParams } : {}),
      body: z.strictObject({
        steps: z.array(z.strictObject({ event: z.string().min(1).max(200) })).min(2),
      }),
      answer: z.strictObject({ steps: z.int(), workspace: z.string().nullable() }),
    }),
    async ({ body, workspace }) => {
      if (body.steps[0]?.event === 'refuse') return refuse('already-there', 'it is')
      if (body.steps[0]?.event === 'throw') throw new Error('secret detail')
      return { steps: body.steps.length, workspace: workspace?.slug ?? null }
    },
  )
  return app
}

const good = { steps: [{ event: 'cart' }, { event: 'paid' }] }
const as = (who: string) => ({ authorization: who, 'content-type': 'application/json' })

async function ask(
  access: Access,
  payload: string | Buffer | object,
  headers: Record<string, string> = as('Bearer ann'),
  url = isRole(access) ? '/w/mine/echo' : '/echo',
) {
  const app = await appWith(access)
  const answer = await app.inject({ method: 'POST', url, payload, headers })
  await app.close()
  return answer
}

describe('access', () => {
  const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  test.each<[Access, string, number]>([
    ['public', '', 200],
    ['signed-in', '', 401],
    ['signed-in', 'Bearer ann', 200],
    ['user', 'Bearer ann', 200],
    ['viewer', '', 401],
    ['viewer', 'Bearer ann', 200],
    ['editor', 'Bearer ann', 200],
    ['owner', 'Bearer ann', 403],
    ['viewer', basic('k'), 401],
    ['write-key', basic('k'), 200],
    ['write-key', basic('wrong'), 401],
    ['write-key', 'Bearer ann', 401],
  ])('[HT1] %s asked by "%s" is %i', async (access, who, status) => {
    expect((await ask(access, good, as(who))).statusCode).toBe(status)
  })

  test('[HT1] a stranger is told that the workspace does not exist', async () => {
    const answer = await ask('viewer', good, as('Bearer ann'), '/w/theirs/echo')
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({ code: 'workspace-not-yours' })
  })

  test('[HT2] who may not call a route is told so before the body is looked at', async () => {
    expect((await ask('viewer', 'not json', as(''))).statusCode).toBe(401)
  })

  test.each([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://localhost:80' }, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
  ])('[HT3] a change asked for by %j is %i', async (headers, status) => {
    const answer = await ask('viewer', good, { ...as('Bearer ann'), ...headers, host: 'localhost' })
    expect(answer.statusCode).toBe(status)
  })
})

test.each([
  [{ origin: 'https://parcurs.example' }, null],
  [{ origin: 'https://parcurs.example:8443' }, 'Origin'],
  [{ origin: 'https://evil.example' }, 'Origin'],
  [{}, null],
])(
  '[HT3] behind a proxy that changes the Host header, %j is judged by the public name',
  (headers, wrong) => {
    const fault = foreignOrigin({ ...headers, host: '127.0.0.1:4400' }, 'parcurs.example')
    if (wrong === null) expect(fault).toBeNull()
    else expect(fault).toContain(wrong)
  },
)

describe('what a request holds', () => {
  test.each([
    ['one step', { steps: [{ event: 'a' }] }, 'body.steps is a list: expected at least 2 items'],
    ['a misspelt field', { ...good, step: 1 }, "body is an object: expected no field 'step'"],
    [
      'a wrong type',
      { steps: [{ event: 5 }, { event: 'a' }] },
      'body.steps[0].event is 5: expected a string',
    ],
    ['no body', '', 'body: expected an object'],
  ])('[HT4] %s is named with its place and what was expected', async (_, body, detail) => {
    const answer = await ask('public', body)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ type: '/problems/value-invalid', code: 'value-invalid' })
    expect(answer.json()).toHaveProperty('detail', detail)
  })

  test.each([
    ['{"steps": [}', 'line 1, column 12 of the body is'],
    ['{\n  "steps": tru }', 'line 2, column 12 of the body is'],
    ['{"steps": ', 'the JSON ends too early'],
    ['hello', "line 1, column 1 of the body is 'h'"],
  ])('[HT5] broken JSON %j says where', async (text, detail) => {
    const answer = await ask('public', text)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'body-not-json' })
    expect(answer.json<{ detail: string }>().detail).toContain(detail)
  })

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 'body-not-json'],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'body-not-json'],
    ['a prototype key', '{"steps":[],"__proto__":{"a":1}}', 'value-invalid'],
    ['a prototype key in escapes', '{"\\u005f_proto__":1}', 'value-invalid'],
    ['a null character', '{"steps":["\\u0000"]}', 'value-invalid'],
    ['half a surrogate pair', '{"steps":["\\ud800"]}', 'value-invalid'],
  ])('[HT6] %s is refused', async (_, body, code) => {
    const answer = await ask('public', body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code })
  })

  test.each([
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/json; charset=utf-16' }, 415],
    [{ 'content-type': 'application/json', 'content-encoding': 'br' }, 415],
    [{ 'content-type': 'application/json', 'content-encoding': 'gzip' }, 400],
    [{ 'content-type': 'application/json; charset=UTF-8' }, 200],
    [{ 'content-type': '///' }, 415],
  ])('[HT7] a body with %j is %i', async (headers, status) => {
    expect((await ask('public', JSON.stringify(good), headers)).statusCode).toBe(status)
  })

  test('[HT8] a body over the limit is 413, also when it unzips to more', async () => {
    expect((await ask('public', `"${'x'.repeat(1_000_001)}"`)).statusCode).toBe(413)
    const zipped = gzipSync(`"${'x'.repeat(1_000_001)}"`)
    const headers = { ...as('Bearer ann'), 'content-encoding': 'gzip' }
    expect((await ask('public', zipped, headers)).statusCode).toBe(413)
  })

  test.each([
    ['says so', { 'content-length': '4' }],
    ['does not say how long it is', { 'transfer-encoding': 'chunked' }],
  ])('[HT8] bytes over the limit of their route are 413, whoever %s', async (_how, headers) => {
    const app = await httpFrame({ log: pino({ level: 'silent' }), hosts: [], trustedProxies: [] })
    let read = 0
    serve(app, gate)(
      route({
        name: 'bytes',
        method: 'POST',
        path: '/bytes',
        access: 'public',
        summary: '',
        tag: '',
        bytes: true,
        limitBytes: 3,
        answer: z.strictObject({ read: z.int() }),
      }),
      async ({ stream }) => {
        for await (const piece of stream) read += Buffer.from(piece).length
        return { read }
      },
    )
    const post = (pieces: readonly string[], more: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url: '/bytes',
        payload: Readable.from(pieces.map((piece) => Buffer.from(piece))),
        headers: { ...more, 'content-type': 'application/octet-stream' },
      })
    const answer = await post(['ab', 'c', 'd'], headers)
    expect(answer.statusCode).toBe(413)
    expect(read).toBeLessThanOrEqual(3)
    read = 0
    expect((await post(['ab', 'c'], { 'content-length': '3' })).json()).toEqual({ read: 3 })
    await app.close()
  })
})

describe('turns', () => {
  test('[QU13] of one person four questions are worked on, forty wait, and the rest are told when to come again', async () => {
    const app = await httpFrame({ log: pino({ level: 'silent' }), hosts: [], trustedProxies: [] })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let most = 0
    let running = 0
    serve(app, gate)(
      route({
        name: 'asked',
        method: 'GET',
        path: '/asked',
        access: 'user',
        summary: '',
        tag: '',
        asks: true,
        answer: z.strictObject({ done: z.boolean() }),
      }),
      async () => {
        most = Math.max(most, ++running)
        await held
        running--
        return { done: true }
      },
    )
    // Sent when it is called, not when somebody waits for it.
    const get = async () =>
      await app.inject({ url: '/asked', headers: { authorization: 'Bearer ann' } })
    const all = Array.from({ length: 50 }, get)
    const refused = await Promise.all(all.slice(44))
    expect(refused.map(({ statusCode }) => statusCode)).toEqual(
      Array.from({ length: 6 }, () => 429),
    )
    expect(refused[0]?.headers['retry-after']).toBe('2')
    expect(refused[0]?.json()).toMatchObject({ detail: expect.stringContaining('wait already') })
    release()
    const answered = await Promise.all(all.slice(0, 44))
    expect(answered.every(({ statusCode }) => statusCode === 200)).toBe(true)
    expect(most).toBe(4)
    expect((await get()).statusCode).toBe(200)
    await app.close()
  })
})

describe('what is answered', () => {
  test('[HT9] a refusal is a problem with the code of the table', async () => {
    const answer = await ask('public', { steps: [{ event: 'refuse' }, { event: 'b' }] })
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({
      type: '/problems/already-there',
      status: 409,
      detail: 'it is',
      title: 'It is already there',
    })
  })

  test('[HT10] a bug is a 500 that says an id and nothing else', async () => {
    const answer = await ask('public', { steps: [{ event: 'throw' }, { event: 'b' }] })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('secret detail')
    expect(answer.json<{ detail: string }>().detail).toContain(String(answer.headers['request-id']))
  })

  test.each([
    ['127.0.0.1:4400', 404],
    ['[::1]:4400', 404],
    ['localhost', 404],
    ['evil.example', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example', 421],
  ])('[HT11] asked as %s it answers %i', async (host, status) => {
    const app = await appWith('public')
    const answer = await app.inject({ method: 'GET', url: '/nothing', headers: { host } })
    expect(answer.statusCode).toBe(status)
    await app.close()
  })

  test('[HT12] every answer carries a strict content security policy', async () => {
    const { headers } = await ask('public', good)
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
  })
})
