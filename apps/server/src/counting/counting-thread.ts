import type { Readable } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import type { Counted, Counting, Part } from '@parcurs/analytics'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import { startThread } from '../processes/thread-program.ts'
import { bytePieces } from './byte-pieces.ts'
import type { FromCounter, ToCounter } from './counting-message.ts'

/** So many pieces may lie with the thread before the store is made to wait. */
const PIECES_AHEAD = 8
/** A thread that has not left a given-up order by then sits in one long journey, and is ended. */
const LEAVING_MS = 250
/** Of an order whose thread was ended for another's sake. */
const MOST_ATTEMPTS = 5

/** What is to be counted and where its bytes come from. */
export interface CountingOrder {
  readonly counting: Counting
  /** Begins the stream, in the format Native. Its own error is what the counting rejects with. */
  readonly open: () => Promise<Readable>
  readonly signal: AbortSignal | undefined
  /** Parts that others count of other customers, known by the end of the stream. */
  readonly others?: Promise<readonly Part[]>
}

/** One thread that runs kernels. */
export interface CountingThread {
  /** Orders that it has not left yet. */
  readonly orders: () => number
  /**
   * @throws StoreFailure `cancelled` as soon as the signal says so, `too-much-memory` when the thread's
   * own heap is too small, or the memory that a map's walk may take
   */
  readonly count: (order: CountingOrder) => Promise<Counted>
  /** As `count`, but only what another thread takes in as one of its `others`. */
  readonly part: (order: CountingOrder) => Promise<Part>
  readonly close: () => Promise<void>
}

/** The thread was ended, not for this order's sake: it may be tried again. */
class ThreadLost extends Error {}

type Result = Extract<FromCounter, { readonly kind: 'counted' | 'part' }>

interface UnderWay {
  readonly result: (result: Result) => void
  readonly failed: (error: Error) => void
  readonly taken: () => void
}

/** A started thread and what it is at. */
interface Started {
  readonly worker: Worker
  readonly ready: Promise<void>
  readonly underWay: Map<number, UnderWay>
  /** Orders given up that the thread may still be at. */
  readonly leaving: Map<number, NodeJS.Timeout | null>
}

/**
 * The thread starts with the first order and stays. One that died, or had to be ended because it sat in
 * the kernel of an order nobody waits for, is replaced by the next order.
 */
export function countingThread(start: () => Worker = startCounting): CountingThread {
  let now: Started | null = null
  let last = 0

  function started(): Started {
    now ??= watched(start(), (lost) => {
      if (now === lost) now = null
    })
    return now
  }

  async function attempt(
    { counting, open, signal, others }: CountingOrder,
    whole: boolean,
  ): Promise<Result> {
    const bytes = await open()
    // What fails the stream is seen by who reads it; nobody may be reading.
    bytes.on('error', () => {})
    const id = ++last
    const givenUp = new SharedArrayBuffer(4)
    const thread = started()
    let ahead = 0
    let wake: (() => void) | null = null
    let abort = (): void => {}
    const answer = new Promise<Result>((result, failed) => {
      const fail = (error: Error): void => {
        failed(error)
        bytes.destroy(error)
      }
      abort = () => fail(new StoreFailure('cancelled', 'the asker gave up', null))
      thread.underWay.set(id, {
        result,
        failed: fail,
        taken: () => {
          ahead -= 1
          wake?.()
        },
      })
    })
    // Seen below; until then nobody listens.
    answer.catch(() => {})
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted === true) abort()
    try {
      send(thread, { kind: 'order', id, counting, whole, givenUp })
      for await (const piece of bytePieces(bytes)) {
        send(thread, { kind: 'bytes', id, bytes: piece })
        ahead += 1
        while (ahead > PIECES_AHEAD) {
          const taken = new Promise<void>((resolve) => {
            wake = resolve
          })
          await Promise.race([taken, answer])
        }
      }
      const known = others === undefined ? [] : await Promise.race([others, answer.then(() => [])])
      send(thread, { kind: 'end', id, others: known })
      return await answer
    } catch (error) {
      bytes.destroy()
      Atomics.store(new Int32Array(givenUp), 0, 1)
      giveUp(thread, id)
      throw error
    } finally {
      thread.underWay.delete(id)
      signal?.removeEventListener('abort', abort)
    }
  }

  function giveUp(thread: Started, id: number): void {
    if (now !== thread) return
    send(thread, { kind: 'give-up', id })
    thread.leaving.set(id, null)
    // A thread that is still loading sits in nothing.
    void thread.ready.then(() => {
      if (!thread.leaving.has(id)) return
      const timer = setTimeout(() => {
        if (now === thread) now = null
        lose(thread, new ThreadLost('the counting thread was ended for another order'))
        void thread.worker.terminate()
      }, LEAVING_MS)
      timer.unref()
      thread.leaving.set(id, timer)
    })
  }

  async function attempts(order: CountingOrder, whole: boolean): Promise<Result> {
    for (let tried = 1; ; tried++) {
      try {
        return await attempt(order, whole)
      } catch (error) {
        if (!(error instanceof ThreadLost) || tried === MOST_ATTEMPTS) throw error
      }
    }
  }

  return {
    orders: () => (now === null ? 0 : now.underWay.size + now.leaving.size),
    async count(order) {
      const result = await attempts(order, true)
      if (result.kind === 'counted') return result.counted
      throw new Error('a part was counted where the whole was asked for')
    },
    async part(order) {
      const result = await attempts(order, false)
      if (result.kind === 'part') return result.part
      throw new Error('the whole was counted where a part was asked for')
    },
    async close() {
      const ended = now
      now = null
      if (ended === null) return
      await ended.worker.terminate()
    },
  }
}

function startCounting(): Worker {
  return startThread('counting-main', import.meta.url, null)
}

function watched(worker: Worker, onLost: (thread: Started) => void): Started {
  let ready = (): void => {}
  const thread: Started = {
    worker,
    ready: new Promise((resolve) => {
      ready = resolve
    }),
    underWay: new Map(),
    leaving: new Map(),
  }
  worker.unref()
  worker.on('message', (message: FromCounter) => {
    if (message.kind === 'ready') return ready()
    const order = thread.underWay.get(message.id)
    switch (message.kind) {
      case 'taken':
        return order?.taken()
      case 'counted':
      case 'part':
        return order?.result(message)
      case 'failed':
        return order?.failed(
          message.tooMuch
            ? new StoreFailure('too-much-memory', message.why, null)
            : new Error(`not counted: ${message.why}`),
        )
      case 'left':
        clearTimeout(thread.leaving.get(message.id) ?? undefined)
        thread.leaving.delete(message.id)
    }
  })
  const died = (error: Error): void => {
    onLost(thread)
    lose(thread, error)
  }
  worker.on('error', (error) => died(deathOf(error, thread.underWay.size)))
  worker.on('exit', (code) => died(new Error(`the counting thread ended (${code})`)))
  return thread
}

/** Whose fault a full heap is can be told only of an order that was alone. */
function deathOf(error: Error, orders: number): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
  return orders > 1
    ? new ThreadLost('the heap of the counting thread is full')
    : new StoreFailure('too-much-memory', 'the heap of the counting thread is full', null, error)
}

function lose(thread: Started, error: Error): void {
  for (const timer of thread.leaving.values()) clearTimeout(timer ?? undefined)
  thread.leaving.clear()
  for (const order of thread.underWay.values()) order.failed(error)
}

function send({ worker }: Started, message: ToCounter): void {
  worker.postMessage(message, message.kind === 'bytes' ? [message.bytes] : [])
}
