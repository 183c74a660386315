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
  /**
   * Counts some customers as they were, which is a part, and then as they are: what that comes to is told by the
   * second counting, which takes the part in.
   */
  readonly countChange: (
    before: CountingStream,
    after: CountingStream,
    signal: AbortSignal | undefined,
  ) => Promise<Counted>
  /** Orders that the threads have not left yet. */
  readonly orders: () => number
  readonly close: () => Promise<void>
}

/** A counting and how its stream begins. */
export interface CountingStream {
  readonly counting: Counting
  readonly open: () => Promise<Readable>
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

  /** The first tells the whole and takes in what the others count, each on a thread of its own while there are any. */
  async function together(
    [first, ...others]: readonly [CountingStream, ...CountingStream[]],
    signal: AbortSignal | undefined,
  ): Promise<Counted> {
    // TRICKY: no stream waits for another one to be opened. The store answers only so many at a time,
    // and questions that each held one of two would wait for ever.
    const streams: Readable[] = []
    const tracked = (open: () => Promise<Readable>) => async () => {
      const stream = await open()
      streams.push(stream)
      return stream
    }
    const threads = ranked()
    const parts = Promise.all(
      others.map(({ counting, open }, i) =>
        at(threads, (i + 1) % threads.length).part({ counting, open: tracked(open), signal }),
      ),
    )
    try {
      const { counting, open } = first
      const counted = at(threads, 0).count({ counting, open: tracked(open), signal, others: parts })
      const [added] = await Promise.all([counted, parts])
      return added
    } catch (error) {
      for (const stream of streams) stream.destroy()
      throw error
    }
  }

  return {
    count,
    async countAll(counting, opens, signal) {
      const [first, ...others] = opens.map((open) => ({ counting, open }))
      if (first === undefined || opens.length > count) {
        throw new Error(`expected 1 to ${count} streams, not ${opens.length}`)
      }
      return await together([first, ...others], signal)
    },
    countChange: (before, after, signal) => together([after, before], signal),
    orders: () => all.reduce((sum, thread) => sum + thread.orders(), 0),
    async close() {
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}
