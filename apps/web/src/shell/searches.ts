import type { SegmentRule } from '@parcurs/domain'
import { isUnreadRule, segmentSearch } from '../segments/segment-search.ts'

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
  /** Only those whom the rule means. */
  readonly segment?: SegmentRule | undefined
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

export const SEGMENT_VIEWS = ['overview', 'customers', 'profile', 'overlap', 'history'] as const
export type SegmentView = (typeof SEGMENT_VIEWS)[number]

export interface SegmentPageSearch {
  /** Which part of the page; absent: the overview. */
  readonly view?: SegmentView | undefined
}

export function segmentPageSearch(raw: Record<string, unknown>): SegmentPageSearch {
  return { view: SEGMENT_VIEWS.find((view) => view === raw['view']) }
}

export interface NewSegmentSearch {
  readonly name?: string | undefined
  /** What the sentence begins with. */
  readonly rule?: SegmentRule | undefined
  /** What stands there as the sentence is none. */
  readonly unread?: true | undefined
}

export function newSegmentSearch(raw: Record<string, unknown>): NewSegmentSearch {
  return {
    name: text(raw['name']),
    rule: segmentSearch(raw['rule']),
    unread: raw['unread'] === true || isUnreadRule(raw['rule']) ? true : undefined,
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
