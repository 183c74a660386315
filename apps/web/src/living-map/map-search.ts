import type { Condition, ConditionOperator } from '@parcurs/analytics'
import type { Zoom } from './column-layout.ts'
import { LANES, type LaneId, MEASURES, type Measure } from './lanes.ts'
import { COMPARISONS, type Comparison, isPeriodChoice, type PeriodChoice } from './period.ts'

/** What the address says of the map shown: it can be shared and comes back the same. Absent: the default. */
export interface MapSearch {
  readonly map?: string | undefined
  readonly period?: PeriodChoice | undefined
  readonly compare?: Comparison | undefined
  readonly segment?: readonly SimpleCondition[] | undefined
  readonly zoom?: Zoom | undefined
  /** The step or stage opened. */
  readonly at?: string | undefined
  /** The number opened. */
  readonly measure?: Measure | undefined
}

/** The conditions that the switch edits; the ask takes deeper ones too. */
export type SimpleCondition =
  | { readonly property: string; readonly op: ConditionOperator; readonly value: string }
  | { readonly trait: string; readonly op: ConditionOperator; readonly value: string }

export const OPERATORS = ['eq', 'ne', 'contains', 'gte', 'lte', 'set', 'unset'] as const
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
  }
}

/** Conditions as an address carries them; absent: everybody. */
export function segmentSearch(raw: unknown): MapSearch['segment'] {
  const segment = Array.isArray(raw) ? raw.flatMap(simpleCondition) : []
  return segment.length === 0 ? undefined : segment
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function simpleCondition(raw: unknown): readonly SimpleCondition[] {
  if (typeof raw !== 'object' || raw === null) return []
  const field = (key: string) => text(Object.getOwnPropertyDescriptor(raw, key)?.value)
  const op = OPERATORS.find((known) => known === field('op'))
  const value = field('value') ?? ''
  const [property, trait] = [field('property'), field('trait')]
  if (op === undefined) return []
  if (property !== undefined) return [{ property, op, value }]
  return trait === undefined ? [] : [{ trait, op, value }]
}

/** Those conditions of a question that stand alone, not within any or all. */
export function simpleConditions(conditions: readonly Condition[]): readonly SimpleCondition[] {
  return conditions.flatMap((condition) =>
    'property' in condition || 'trait' in condition ? [condition] : [],
  )
}

/** As a route takes it in an address. */
export function segmentText(segment: MapSearch['segment']): string | undefined {
  return segment === undefined || segment.length === 0
    ? undefined
    : JSON.stringify({ conditions: segment })
}

export function conditionsOf(segment: MapSearch['segment']): readonly Condition[] {
  return segment ?? []
}

/** The number that a lane's cell opens. */
export function measureOfLane(lane: LaneId | null): Measure | undefined {
  return lane === null || lane === 'channels' ? undefined : lane
}

export function laneOfMeasure(measure: Measure | undefined): LaneId | null {
  return LANES.find((lane) => lane === measure) ?? null
}
