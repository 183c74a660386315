import { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import type { Counting } from '@parcurs/analytics'
import { afterEach, expect, test } from 'vitest'
import { startThread } from '../processes/thread-program.ts'
import { countingThread, type CountingThread } from './counting-thread.ts'

// It answers, and then sits in every order for ever, as the kernel of an endless journey would.
const ENDLESS = `
  const { parentPort } = require('node:worker_threads')
  parentPort.on('message', ({ kind }) => { if (kind === 'order') for (;;) {} })
  parentPort.postMessage({ kind: 'ready' })`

const counting: Counting = {
  kind: 'retention',
  shape: { columns: 0 },
  rules: {
    bounds: Float64Array.of(0, 1),
    cohorts: 1,
    columns: [],
    cohort: 'first',
    mode: 'on',
    rollingMs: null,
    minReturns: 1,
  },
}
const empty = { kind: 'retention', matrix: [[0]] }

const started: Worker[] = []
let online = Promise.resolve<Worker | null>(null)
let thread: CountingThread | null = null
afterEach(() => thread?.close())

/** Threads are endless ones first, then ordinary ones. */
function withEndless(endless: number): CountingThread {
  started.length = 0
  let ready: (worker: Worker) => void = () => {}
  online = new Promise((resolve) => {
    ready = resolve
  })
  thread = countingThread(() => {
    const worker =
      started.length < endless
        ? new Worker(ENDLESS, { eval: true })
        : startThread('counting-main', import.meta.url, null)
    started.push(worker)
    worker.once('message', () => ready(worker))
    return worker
  })
  return thread
}

function order(signal?: AbortSignal, open = async () => Readable.from([])) {
  return { counting, open, signal }
}

const ended = (worker: Worker | null) => new Promise((resolve) => worker?.once('exit', resolve))

test('[QU7] what nobody waits for any more is given up at once, and its thread ends', async () => {
  const threads = withEndless(1)
  const asker = new AbortController()
  const counted = threads.count(order(asker.signal))
  const exit = ended(await online)
  asker.abort()
  await expect(counted).rejects.toMatchObject({ code: 'cancelled' })
  await exit
  expect(threads.orders()).toBe(0)
  expect(await threads.count(order())).toEqual(empty)
  expect(started).toHaveLength(2)
})

test('[QU7] who shared the thread is counted by the next one', async () => {
  const threads = withEndless(1)
  const asker = new AbortController()
  const endless = threads.count(order(asker.signal))
  const neighbour = threads.count(order())
  await online
  asker.abort()
  await expect(endless).rejects.toMatchObject({ code: 'cancelled' })
  expect(await neighbour).toEqual(empty)
  expect(threads.orders()).toBe(0)
})

test('[QU7] a thread that still reads leaves the order and goes on', async () => {
  const threads = withEndless(0)
  const asker = new AbortController()
  const silent = new Readable({ read: () => {} })
  const counted = threads.count(order(asker.signal, async () => silent))
  await online
  asker.abort()
  await expect(counted).rejects.toMatchObject({ code: 'cancelled' })
  expect(silent.destroyed).toBe(true)
  expect(await threads.count(order())).toEqual(empty)
  expect(started).toHaveLength(1)
  expect(threads.orders()).toBe(0)
})

test('[QU7] a stream that fails is the failure of the counting', async () => {
  const threads = withEndless(0)
  const failing = new Readable({ read: () => {} })
  const counted = threads.count(order(undefined, async () => failing))
  failing.destroy(new Error('the store went away'))
  await expect(counted).rejects.toThrow('the store went away')
})

test('[QU7] a thread that dies fails its orders, also one that waits for a piece to be taken', async () => {
  const threads = withEndless(1)
  const piece = Buffer.alloc(1_048_576)
  const endlessBytes = new Readable({ read: () => {} })
  for (let i = 0; i < 20; i++) endlessBytes.push(piece)
  const counted = threads.count(order(undefined, async () => endlessBytes))
  const worker = await online
  await Promise.all([expect(counted).rejects.toThrow('ended'), worker?.terminate()])
  expect(endlessBytes.destroyed).toBe(true)
})
