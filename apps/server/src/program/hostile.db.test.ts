import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { hostileRequest } from '../testing/hostile-request.ts'
import { rawExchange } from '../testing/raw-exchange.ts'
import { basic, testApp } from '../testing/test-app.ts'

const { app, peopled, machine, logged } = await testApp(await freshStores())
const REQUESTS = 1_500
/** Sent at once. */
const LANES = 8

test('[HT15] hostile requests of every kind are answered below 500, and the server goes on', async () => {
  const { workspace, writeKey } = await peopled()
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const aim = {
    host: `127.0.0.1:${address.port}`,
    workspace: workspace.slug,
    machine: `Authorization: ${machine['authorization']}`,
    writeKey: `Authorization: ${basic(writeKey)['authorization']}`,
  }
  const failed: string[] = []
  const answers = new Map<number | null, number>()
  let next = 1
  const lane = async () => {
    while (next <= REQUESTS) {
      const seed = next++
      const request = hostileRequest(aim, seed)
      const answer = await rawExchange(address.port, request)
      answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1)
      if (answer.status !== null && answer.status >= 500) {
        const sent = request.toString('latin1').slice(0, 400)
        failed.push(`seed ${seed}: ${answer.status} to ${sent}`)
      }
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  expect(failed).toEqual([])
  // Nonsense on the wire may be met by closing it; whatever is HTTP gets an answer, and much gets through.
  expect(answers.get(null) ?? 0).toBeLessThan(REQUESTS * 0.05)
  expect(answers.get(200) ?? 0).toBeGreaterThan(REQUESTS * 0.05)
  expect(
    logged()
      .split('\n')
      .filter((line) => line.includes('a request failed'))
      .map((line) => line.slice(0, 600)),
  ).toEqual([])
  const health = await app.inject({ method: 'GET', url: '/health' })
  expect(health.json()).toMatchObject({ state: 'up' })
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
}, 180_000)
