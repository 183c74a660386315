import { availableParallelism } from 'node:os'
import type { Readable } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import { at, type Counted, type Counting } from '@parcurs/analytics'
import { type CountingThread, countingThread } from './counting-thread.ts'

/** The threads that run kernels beside the event loop, which only hands the bytes on. */
export interface CountingThreads {
  /** Parts that a counting is best cut into. */
  readonly count: number
  /**
   * Counts streams over disjoint customers, each on a thread of its own, and adds them up.
   *
   * @param opens each begins a stream in the format Native; at least one, at most `count`
   * @throws the first stream's error
   */
  readonly countAll: (
    counting: Counting,
    opens: readonly (() => Promise<Readable>)[],
    signal: AbortSignal | undefined,
  ) => Promise<Counted>
  /** Orders that the threads have not left yet. */
  readonly orders: () => number
  readonly close: () => Promise<void>
}

const MOST_THREADS = 4

export function countingThreads(
  count = Math.min(MOST_THREADS, availableParallelism()),
  start?: () => Worker,
): CountingThreads {
  const all = Array.from({ length: count }, () => countingThread(start))
  /** The idlest first. */
  const ranked = (): readonly CountingThread[] =>
    all.toSorted((one, other) => one.orders() - other.orders())
  return {
    count,
    async countAll(counting, opens, signal) {
      // TRICKY: no stream waits for another one to be opened. The store answers only so many at a time,
      // and questions that each held one of two would wait for ever.
      const streams: Readable[] = []
      const tracked = (open: () => Promise<Readable>) => async () => {
        const stream = await open()
        streams.push(stream)
        return stream
      }
      const [whole, ...rest] = ranked()
      const [first, ...others] = opens
      if (whole === undefined || first === undefined || others.length > rest.length) {
        throw new Error(`expected 1 to ${count} streams, not ${opens.length}`)
      }
      const parts = Promise.all(
        others.map((open, i) => at(rest, i).part({ counting, open: tracked(open), signal })),
      )
      try {
        const counted = whole.count({ counting, open: tracked(first), signal, others: parts })
        const [added] = await Promise.all([counted, parts])
        return added
      } catch (error) {
        for (const stream of streams) stream.destroy()
        throw error
      }
    },
    orders: () => all.reduce((sum, thread) => sum + thread.orders(), 0),
    async close() {
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}
