import {
  type CountNames,
  type LivingMapQuestion,
  type MapCounts,
  mapQuery,
  type Period,
  planSteps,
  slicesOf,
} from '@parcurs/analytics'
import type { AskOptions } from '../clickhouse/clickhouse.ts'
import { customerRanges } from '../journeys/fold.ts'
import type { Stores } from '../stores/stores.ts'
import type { MapCounter } from './map-counter.ts'
import type { MapAtHand } from './map-at-hand.ts'

const DAY_MS = 86_400_000
const MAX_SECONDS = 60
/** Customers looked into, of those who left a step and of those who moved on. */
const SAMPLE = 300

/** What holds for every period of one question. */
export interface Asking {
  readonly segment: LivingMapQuestion['segment']
  readonly windowDays: number
  readonly nowMs: number
  readonly signal: AbortSignal | undefined
}

export interface CountMapNeeds {
  readonly stores: Pick<Stores, 'clickhouse'>
  readonly counter: MapCounter
}

/**
 * Counts one period of a map.
 *
 * @param list customers to name, and how many of them at most
 */
export async function countMap(
  { stores, counter }: CountMapNeeds,
  { map, coding, reading }: MapAtHand,
  { segment, windowDays, nowMs, signal }: Asking,
  period: Period,
  list?: { readonly of: NonNullable<CountNames['list']>; readonly most: number },
): Promise<MapCounts> {
  const windowMs = windowDays * DAY_MS
  const valued = map.goal?.valued === true
  // Where nothing is folded every part would read all events again.
  const parts = reading.beyond === 'all' ? 1 : counter.threads
  const opens = customerRanges(parts).map((range) => {
    const only = parts === 1 ? null : range
    const query = mapQuery(reading, coding, { period, segment, windowMs, valued, range: only })
    return () => stores.clickhouse.bytes(query, 'Native', limits(signal))
  })
  const plan = {
    steps: planSteps(map),
    stageCount: map.stages.length,
    period,
    nowMs,
    windowMs,
    unmappedGroups: coding.groups.length,
    slices: slicesOf(period),
    sampleSize: list?.most ?? SAMPLE,
  }
  const names: CountNames = {
    stageIds: map.stages.map(({ id }) => id),
    groups: coding.groups,
    valued,
    ...(list === undefined ? {} : { list: list.of }),
  }
  return await counter.count(plan, names, opens, signal)
}

export function limits(signal: AbortSignal | undefined): AskOptions {
  return signal === undefined ? { maxSeconds: MAX_SECONDS } : { maxSeconds: MAX_SECONDS, signal }
}
