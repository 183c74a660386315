import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { countingThreads } from '../counting/counting-threads.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'

const stores = await freshStores()

// The kernel of a journey that never ends.
const ENDLESS = `
  const { parentPort } = require('node:worker_threads')
  parentPort.on('message', ({ kind }) => { if (kind === 'order') {
    parentPort.postMessage({ kind: 'sits' }); for (;;) {} } })
  parentPort.postMessage({ kind: 'ready' })`

let began: (worker: Worker) => void = () => {}
const threads = countingThreads(1, () => {
  const worker = new Worker(ENDLESS, { eval: true })
  worker.on('message', ({ kind }: { readonly kind: string }) => {
    if (kind === 'sits') began(worker)
  })
  return worker
})
const server = await testApp(stores, { threads })
const address = await server.app.listen({ port: 0, host: '127.0.0.1' })
const { workspace, as, writeKey } = await server.peopled()
await server.ask(basic(writeKey), 'POST', '/v1/track', { userId: 'ann', event: 'view_item' })

const questions = [
  { kind: 'funnel', steps: ['view_item', 'purchase'] },
  { kind: 'paths' },
  { kind: 'paths', view: 'graph' },
  { kind: 'sessions' },
  { kind: 'retention' },
  { kind: 'metrics' },
]

test.each(questions)(
  '[QU7] a kernel under way does not keep the server from answering, and ends with its asker: %o',
  async (question) => {
    const sits = new Promise<Worker>((resolve) => {
      began = resolve
    })
    const gone = new AbortController()
    const answer = fetch(`${address}/api/workspaces/${workspace.slug}/ask`, {
      method: 'POST',
      headers: { ...as.viewer, origin: address, 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
      signal: gone.signal,
    })
    answer.catch(() => {})
    const worker = await sits
    expect(threads.orders()).toBeGreaterThan(0)
    expect((await fetch(`${address}/health`)).status).toBe(200)
    const exit = new Promise((resolve) => worker.once('exit', resolve))
    gone.abort()
    await exit
    await expect(answer).rejects.toThrow('aborted')
    expect(threads.orders()).toBe(0)
  },
)
