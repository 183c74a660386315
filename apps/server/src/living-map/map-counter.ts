import { availableParallelism } from 'node:os'
import type { Readable } from 'node:stream'
import type { CountNames, MapCounts, MapPlan } from '@parcurs/analytics'
import { countingThread } from './counting-thread.ts'

/** Counts maps beside the event loop, which only hands the bytes on. */
export interface MapCounter {
  /** Parts a map is best cut into. */
  readonly threads: number
  /**
   * @param opens each begins the stream of `mapQuery` for a part of the customers, at most `threads`.
   *   Rejects with the first stream's error
   */
  readonly count: (
    plan: MapPlan,
    names: CountNames,
    opens: readonly (() => Promise<Readable>)[],
  ) => Promise<MapCounts>
  readonly close: () => Promise<void>
}

const MOST_THREADS = 4

export function mapCounter(threads = Math.min(MOST_THREADS, availableParallelism())): MapCounter {
  const workers = Array.from({ length: threads }, countingThread)
  return {
    threads,
    async count(plan, names, opens) {
      // TRICKY: no stream waits for another one to be opened. The store answers only so many at a time,
      // and maps that each held one of two would wait for ever.
      const streams: Readable[] = []
      const tracked = (open: () => Promise<Readable>) => async () => {
        const stream = await open()
        streams.push(stream)
        return stream
      }
      const [first, ...rest] = opens
      if (first === undefined || opens.length > threads)
        throw new Error('expected a stream a thread')
      const others = Promise.all(
        rest.map(async (open, i) => {
          const part = await worker(i + 1).count(plan, null, tracked(open), NOTHING)
          if (part.kind !== 'tallied') throw new Error('expected a tally')
          return part.parts
        }),
      )
      try {
        const [whole] = await Promise.all([
          worker(0).count(plan, names, tracked(first), others),
          others,
        ])
        if (whole.kind !== 'counted') throw new Error('expected counts')
        return whole.counts
      } catch (error) {
        for (const stream of streams) stream.destroy()
        throw error
      }
    },
    async close() {
      await Promise.all(workers.map(({ close }) => close()))
    },
  }

  function worker(i: number) {
    const found = workers[i]
    if (found === undefined) throw new Error(`no counting thread ${i}`)
    return found
  }
}

const NOTHING = Promise.resolve([])
