import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { type CountingThread, countingThread } from './counting-thread.ts'

/** The threads that run kernels beside the event loop, which only hands the bytes on. */
export interface CountingThreads {
  readonly count: number
  /** @param i wraps around */
  readonly at: (i: number) => CountingThread
  /** The one with the fewest orders. */
  readonly idlest: () => CountingThread
  readonly close: () => Promise<void>
}

const MOST_THREADS = 4

export function countingThreads(
  count = Math.min(MOST_THREADS, availableParallelism()),
  start?: () => Worker,
): CountingThreads {
  const first = countingThread(start)
  const all = [first, ...Array.from({ length: count - 1 }, () => countingThread(start))]
  return {
    count,
    at: (i) => all[i % count] ?? first,
    idlest: () => all.reduce((best, thread) => (thread.orders() < best.orders() ? thread : best)),
    async close() {
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}
