import {
  lastEventMs,
  type OpenLastRow,
  openLastQuery,
  type Reading,
  stepOfCode,
} from '@parcurs/analytics'
import type { Stores } from '../stores/stores.ts'
import { limits } from './count-map.ts'
import type { KindTimes } from '../journeys/kind-times.ts'
import type { MapAtHand } from './map-at-hand.ts'

export interface LastEventsNeeds {
  readonly stores: Pick<Stores, 'clickhouse'>
  readonly kindTimes: (reading: Reading, signal?: AbortSignal) => Promise<KindTimes>
}

/** When each step's definition last matched, over all time. */
export async function lastEvents(
  needs: LastEventsNeeds,
  { coding, reading }: MapAtHand,
  signal: AbortSignal | undefined,
): Promise<readonly (number | null)[]> {
  const openQuery = openLastQuery(reading, coding)
  const [{ lastMs }, open] = await Promise.all([
    needs.kindTimes(reading, signal),
    openQuery === null ? [] : needs.stores.clickhouse.rows<OpenLastRow>(openQuery, limits(signal)),
  ])
  return coding.kindsOfStep.map((kinds, step) => {
    const decided = lastEventMs(kinds, lastMs)
    const others = open
      .filter(({ code }) => stepOfCode(code) === step)
      .map((row) => Number(row.last_ms))
    return [decided, ...others].reduce((a, b) => (a === null || (b ?? a) > a ? b : a), null)
  })
}
