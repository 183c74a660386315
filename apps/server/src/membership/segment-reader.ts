import { openReadings } from '../journeys/readings.ts'
import type { LogReaderNeeds } from '../log/log-reader.ts'
import type { ContextNeeds } from '../questions/question-context.ts'
import { segmentKeeper } from './segment-keeper.ts'

/** Of the reader in the table of readers. */
export const SEGMENT_READER = 'watched-segments'

/** How often time is looked at, and what is left over is gone on with. */
const TICK_MS = 500

/**
 * The reader of the log that keeps watched segments. It asks for no event whole: who was touched since its place is
 * asked of the store by the keys alone, together with what comes without events (traits, imports, removals).
 */
export function segmentReader(needs: Omit<ContextNeeds, 'readings'>): LogReaderNeeds {
  const keeper = segmentKeeper({ ...needs, readings: openReadings(needs.stores) })
  return {
    name: SEGMENT_READER,
    begins: 'now',
    wants: () => false,
    ticksMs: TICK_MS,
    work: async (batch) => {
      await keeper.work(batch)
    },
  }
}
