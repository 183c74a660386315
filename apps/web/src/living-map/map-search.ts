import type { Zoom } from './column-layout.ts'
import { LANES, type LaneId, MEASURES, type Measure } from './lanes.ts'
import {
  COMPARISONS,
  type Comparison,
  isPeriodChoice,
  type PeriodChoice,
} from '../periods/period.ts'
import type { SegmentRule } from '@parcurs/domain'
import { segmentSearch } from '../segments/segment-search.ts'

/** What the address says of the map shown: it can be shared and comes back the same. Absent: the default. */
export interface MapSearch {
  readonly map?: string | undefined
  readonly period?: PeriodChoice | undefined
  readonly compare?: Comparison | undefined
  readonly segment?: SegmentRule | undefined
  readonly zoom?: Zoom | undefined
  /** The step or stage opened. */
  readonly at?: string | undefined
  /** The number opened. */
  readonly measure?: Measure | undefined
  /** It is drawn instead of read. */
  readonly edit?: true | undefined
}

const ZOOMS = ['stages', 'line', 'all'] as const

/** Reads the address; whatever is not understood is left out, never an error. */
export function mapSearch(raw: Record<string, unknown>): MapSearch {
  const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined =>
    all.find((known) => known === value)
  return {
    map: text(raw['map']),
    period: isPeriodChoice(raw['period']) ? raw['period'] : undefined,
    compare: oneOf(COMPARISONS, raw['compare']),
    segment: segmentSearch(raw['segment']),
    zoom: oneOf(ZOOMS, raw['zoom']),
    at: text(raw['at']),
    measure: oneOf(MEASURES, raw['measure']),
    edit: raw['edit'] === true ? true : undefined,
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The number that a lane's cell opens. */
export function measureOfLane(lane: LaneId | null): Measure | undefined {
  return lane === null || lane === 'channels' ? undefined : lane
}

export function laneOfMeasure(measure: Measure | undefined): LaneId | null {
  return LANES.find((lane) => lane === measure) ?? null
}
