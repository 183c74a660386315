import { connect, type Socket } from 'node:net'
import { route } from '@parcurs/contract'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isTooSlow } from './body-pace.ts'
import { httpFrame } from './frame.ts'
import type { Gate } from './gate.ts'
import { refuseOtherMethods } from './other-methods.ts'
import { serve } from './serve.ts'

const frame = { log: pino({ level: 'silent' }), hosts: [], trustedProxies: [] }
const nobody: Gate = {
  viewer: async () => null,
  member: async () => null,
  writer: async () => null,
}
const pace = { beginMs: 200, graceMs: 300, bytesPerSecond: 1_000 }

const echo = route({
  name: 'echo',
  method: 'POST',
  path: '/echo',
  access: 'public',
  summary: 'Says it again',
  tag: 'Test',
  body: z.strictObject({ said: z.string() }),
  answer: z.strictObject({ said: z.string() }),
})
const locked = route({ ...echo, name: 'locked', path: '/locked', access: 'signed-in' })

async function serving(given: object, gate = nobody) {
  const app = await httpFrame({ ...frame, pace, ...given })
  const handle = serve(app, gate)
  handle(echo, async ({ body }) => body)
  handle(locked, async ({ body }) => body)
  app.get('/health', async () => ({ ok: true }))
  app.get('/small', async () => ({ ok: true }))
  refuseOtherMethods(app, ['/small'])
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, address, port: Number(new URL(address).port) }
}

function headers(path: string, more = 'content-length: 20'): string {
  return `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${more}\r\n\r\n`
}

/** What comes back until the other side ends the connection. */
async function answerOf(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece
  })
  await new Promise((resolve) => socket.once('close', resolve))
  return text
}

test.each([
  ['nothing yet, in time', 0, 9_999, false],
  ['nothing yet, too late', 0, 10_000, true],
  ['a byte, within the grace', 1, 20_000, false],
  ['a byte, after it', 1, 20_002, true],
  ['as fast as it must be', 60_000, 80_000, false],
  ['slower', 59_999, 80_000, true],
] as const)('[HT17] how slow a body may be: %s', (_what, bytes, ms, slow) => {
  expect(isTooSlow({ beginMs: 10_000, graceMs: 10_000, bytesPerSecond: 1_000 }, bytes, ms)).toBe(
    slow,
  )
})

describe('bodies that do not come', () => {
  test('[HT17] connections with headers alone keep nobody out, and are told so and ended', async () => {
    const { app, address, port } = await serving({ maxInFlight: 2 })
    const held = Array.from({ length: 20 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.write(headers('/echo'))
      return answerOf(socket)
    })
    const say = async () =>
      await fetch(`${address}/echo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"said":"a"}',
      })
    expect((await say()).status).toBe(200)
    expect((await fetch(`${address}/health`)).status).toBe(200)
    for (const answer of await Promise.all(held)) expect(answer).toMatch(/^HTTP\/1.1 408 /)
    expect((await say()).status).toBe(200)
    await app.close()
  })

  test('[HT17] one that trickles is given up', async () => {
    const { app, port } = await serving({})
    const socket = connect(port, '127.0.0.1')
    socket.write(headers('/echo', 'content-length: 100000'))
    const trickle = setInterval(() => socket.write('['), 50)
    expect(await answerOf(socket)).toContain('body-too-slow')
    clearInterval(trickle)
    await app.close()
  })

  test('[HT17] an address has its share of bodies under way, counted from their first byte', async () => {
    const { app, port } = await serving({ maxBodiesOfOne: 2 })
    const begun = Array.from({ length: 3 }, () => {
      const socket = connect(port, '127.0.0.1')
      socket.write(`${headers('/echo')}{`)
      return answerOf(socket)
    })
    const answers = await Promise.all(begun)
    expect(answers.filter((answer) => answer.includes('HTTP/1.1 429'))).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('HTTP/1.1 408'))).toHaveLength(2)
    await app.close()
  })

  test.each([
    ['401', '/locked'],
    ['405', '/small'],
  ])('[HT2] %s does not read on: the connection ends', async (status, path) => {
    const { app, port } = await serving({})
    const socket = connect(port, '127.0.0.1')
    socket.write(headers(path, 'content-length: 100000000'))
    expect(await answerOf(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    await app.close()
  })
})

test('[HT18] whoever is put out while the body comes is not let in by the headers', async () => {
  let known = true
  const gate: Gate = { ...nobody, viewer: async () => (known ? { kind: 'machine' } : null) }
  const { app, port } = await serving({}, gate)
  const socket = connect(port, '127.0.0.1')
  socket.write(headers('/locked', 'connection: close\r\ncontent-length: 12'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  known = false
  socket.write('{"said":"a"}')
  expect(await answerOf(socket)).toMatch(/^HTTP\/1.1 401 /)
  await app.close()
})
