import type { Readable } from 'node:stream'
import { type CountNames, countedAs, type MapCounts, type MapPlan } from '@parcurs/analytics'
import { countingThreads, type CountingThreads } from '../counting/counting-threads.ts'

/** Counts maps in the counting threads. */
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
    signal?: AbortSignal,
  ) => Promise<MapCounts>
  readonly close: () => Promise<void>
}

export function mapCounter(threads: CountingThreads = countingThreads()): MapCounter {
  return {
    threads: threads.count,
    async count(plan, names, opens, signal) {
      // TRICKY: no stream waits for another one to be opened. The store answers only so many at a time,
      // and maps that each held one of two would wait for ever.
      const streams: Readable[] = []
      const tracked = (open: () => Promise<Readable>) => async () => {
        const stream = await open()
        streams.push(stream)
        return stream
      }
      const [first, ...rest] = opens
      if (first === undefined || opens.length > threads.count)
        throw new Error('expected a stream a thread')
      const others = Promise.all(
        rest.map((open, i) =>
          threads
            .at(i + 1)
            .count({ counting: { kind: 'map-part', plan }, open: tracked(open), signal }),
        ),
      )
      try {
        const whole = threads.at(0).count({
          counting: { kind: 'map', plan, names },
          open: tracked(first),
          signal,
          others,
        })
        const [counted] = await Promise.all([whole, others])
        return countedAs(counted, 'map').counts
      } catch (error) {
        for (const stream of streams) stream.destroy()
        throw error
      }
    },
    close: () => threads.close(),
  }
}
