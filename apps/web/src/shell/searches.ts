import { segmentSearch, type SimpleCondition } from '../segments/segment-search.ts'

export const CUSTOMER_STATES = ['visited', 'moved-on', 'left', 'in-progress'] as const
export type CustomerState = (typeof CUSTOMER_STATES)[number]

/** Whom the list shows: everybody, a search, or those behind a number of the map. */
export interface CustomersSearch {
  readonly search?: string | undefined
  readonly mapId?: string | undefined
  readonly stepId?: string | undefined
  readonly state?: CustomerState | undefined
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** Only those for whom every condition holds. */
  readonly segment?: readonly SimpleCondition[] | undefined
}

export function customersSearch(raw: Record<string, unknown>): CustomersSearch {
  return {
    search: text(raw['search']),
    mapId: text(raw['mapId']),
    stepId: text(raw['stepId']),
    state: CUSTOMER_STATES.find((state) => state === raw['state']),
    fromMs: whole(raw['fromMs']),
    toMs: whole(raw['toMs']),
    segment: segmentSearch(raw['segment']),
  }
}

export interface TouchpointsSearch {
  /** The one opened; `new` for one not yet saved. */
  readonly touchpoint?: string | undefined
}

export function touchpointsSearch(raw: Record<string, unknown>): TouchpointsSearch {
  return { touchpoint: text(raw['touchpoint']) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

export interface JourneySearch {
  /** The map whose steps are named. */
  readonly mapId?: string | undefined
}

export function journeySearch(raw: Record<string, unknown>): JourneySearch {
  return { mapId: text(raw['mapId']) }
}
