import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { route } from '@parcurs/contract'
import { pino } from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { httpFrame } from './frame.ts'
import { serve } from './serve.ts'
import { serveWebApp } from './web-app.ts'

const log = pino({ level: 'silent' })
const gate = { viewer: async () => null, member: async () => null, writer: async () => null }
const frame = { log, hosts: [], trustedProxies: [] }

describe('many at once', () => {
  test('[HT13] whoever comes when all places are taken is told when to come again', async () => {
    const app = await httpFrame({ ...frame, maxInFlight: 2 })
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    let inside = 0
    let entered = () => {}
    const bothInside = new Promise<void>((resolve) => {
      entered = resolve
    })
    serve(app, gate)(slow, async () => {
      inside += 1
      if (inside === 2) entered()
      await held
      return { done: true }
    })
    const ask = () => app.inject({ method: 'GET', url: '/slow' })
    const first = [ask(), ask()]
    await bothInside
    const third = await ask()
    expect(third.statusCode).toBe(429)
    expect(third.headers['retry-after']).toBe('1')
    release()
    expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual([200, 200])
    expect((await ask()).statusCode).toBe(200)
    await app.close()
  })

  test('[HT13] while it stops, what was begun is finished and what is new is sent away', async () => {
    const app = await httpFrame(frame)
    let entered = () => {}
    const inside = new Promise<void>((resolve) => {
      entered = resolve
    })
    serve(app, gate)(slow, async () => {
      entered()
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { done: true }
    })
    const address = await app.listen({ host: '127.0.0.1', port: 0 })
    const begun = fetch(`${address}/slow`)
    await inside
    const closing = app.close()
    expect((await begun).status).toBe(200)
    await closing
    await expect(fetch(`${address}/slow`)).rejects.toThrow('fetch failed')
  })
})

describe('connections at the end', () => {
  test.each([
    ['says nothing', ''],
    ['sent half a head', 'GET /slow HTTP/1.1\r\nhost: localhost\r\n'],
    ['had its answer and stays', 'GET /nothing HTTP/1.1\r\nhost: localhost\r\n\r\n'],
    [
      'sent a head and no body',
      'POST /taken HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n',
    ],
  ])('[PR2] one that %s does not hold up the end', async (_which, sent) => {
    const pace = { beginMs: 600_000, graceMs: 600_000, bytesPerSecond: 0 }
    const app = await httpFrame({ ...frame, endingMs: 200, pace })
    serve(app, gate)(taken, async () => ({ done: true }))
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
    const gone = once(
      socket.resume().on('error', () => {}),
      'close',
    )
    await once(socket, 'connect')
    if (sent !== '') {
      socket.write(sent)
      // What was sent has arrived when something sent later was answered.
      await fetch(`http://127.0.0.1:${socket.remotePort}/nothing`)
    }
    await app.close()
    await gone
    expect(socket.destroyed).toBe(true)
  })
})

describe('who does not take the answer', () => {
  test('[HT19] is not waited for, and what it comes from is let go', async () => {
    const readingPace = { everyMs: 20, bytesPerSecond: 1_000, slowLooks: 3 }
    const app = await httpFrame({ ...frame, readingPace })
    let left = () => {}
    const letGo = new Promise<void>((resolve) => {
      left = resolve
    })
    const endless = async function* () {
      try {
        for (;;) yield Buffer.alloc(65_536)
      } finally {
        left()
      }
    }
    serve(app, gate)(much, async () => Readable.from(endless()))
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const socket = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
    const gone = once(
      socket.on('error', () => {}),
      'close',
    )
    socket.pause().write('GET /much HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await letGo
    socket.resume()
    await gone
    expect(socket.destroyed).toBe(true)
    await app.close()
  })
})

const much = route({
  name: 'much',
  method: 'GET',
  path: '/much',
  access: 'public',
  summary: '',
  tag: '',
  answersBytes: 'application/octet-stream',
})

const taken = route({
  name: 'taken',
  method: 'POST',
  path: '/taken',
  access: 'public',
  summary: '',
  tag: '',
  body: z.strictObject({ a: z.int() }),
  answer: z.strictObject({ done: z.boolean() }),
})

const slow = route({
  name: 'slow',
  method: 'GET',
  path: '/slow',
  access: 'public',
  summary: '',
  tag: '',
  answer: z.strictObject({ done: z.boolean() }),
})

describe('the web app', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><head><title>Parcurs</title>')
  writeFileSync(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  writeFileSync(join(folder, 'assets', 'index-a1b2.js'), 'export {}')
  writeFileSync(join(folder, 'assets', 'index-a1b2.js.br'), brotliCompressSync('export {}'))
  const app = await httpFrame(frame)
  await serveWebApp(app, folder, '/~a1b2')
  afterAll(async () => {
    await app.close()
    rmSync(folder, { recursive: true })
  })
  const get = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
    app.inject({ method: 'GET', url, headers })

  test('[HT14] hashed files are kept for a year, the page is asked for anew', async () => {
    const asset = await get('/assets/index-a1b2.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const page = await get('/')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-type']).toContain('text/html')
    const etag = String(page.headers['etag'])
    expect((await get('/', { accept: 'text/html', 'if-none-match': etag })).statusCode).toBe(304)
    expect((await app.inject({ method: 'HEAD', url: '/favicon.svg' })).statusCode).toBe(200)
  })

  test('[HT14] a file that the build compressed goes out so to who reads it, and plain to who does not', async () => {
    const url = '/assets/index-a1b2.js'
    const small = await get(url, { 'accept-encoding': 'gzip, br' })
    expect(small.headers['content-encoding']).toBe('br')
    expect(small.headers['content-type']).toContain('javascript')
    expect(small.headers['vary']).toContain('accept-encoding')
    expect(brotliDecompressSync(small.rawPayload).toString()).toBe('export {}')
    const plain = await get(url, {})
    expect([plain.headers['content-encoding'], plain.body]).toEqual([undefined, 'export {}'])
  })

  test.each(['/', '/index.html', '/sign-in/link', '/w/demo/maps/home', '/anything?x=1'])(
    '[HT14] %s opens the page',
    async (url) => {
      const { statusCode, body } = await get(url)
      expect(statusCode).toBe(200)
      expect(body).toContain(
        '<head><meta name="parcurs-place" content="/~a1b2" /><title>Parcurs</title>',
      )
    },
  )

  test.each([
    '/api/nothing',
    '/~a1b2/api/nothing',
    '/~other/api/me',
    '/v1/nothing',
    '/assets/missing.js',
    '/..%2f..%2fetc/passwd',
    '/assets/..%2f..%2f..%2fetc%2fpasswd',
    '/%2e%2e/%2e%2e/etc/passwd',
  ])('[HT14] %s is neither the page nor a file of the disk', async (url) => {
    const { statusCode, body } = await get(url)
    expect(body).not.toContain('root:')
    if (url.includes('/api/') || url.startsWith('/v1') || url.endsWith('.js')) {
      expect(statusCode).toBe(404)
    }
  })

  test('[HT14] a program that asks for an address that is none gets a problem', async () => {
    const { statusCode, headers } = await get('/nothing', { accept: 'application/json' })
    expect(statusCode).toBe(404)
    expect(headers['content-type']).toContain('application/problem+json')
  })
})
