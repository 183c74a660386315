import type { Condition, ConditionOperator } from '@parcurs/analytics'

/** The conditions that the switch edits; the ask takes deeper ones too. */
export type SimpleCondition =
  | { readonly property: string; readonly op: ConditionOperator; readonly value: string }
  | { readonly trait: string; readonly op: ConditionOperator; readonly value: string }

export const OPERATORS = ['eq', 'ne', 'contains', 'gte', 'lte', 'set', 'unset'] as const

/** Conditions as an address carries them; absent: everybody. */
export function segmentSearch(raw: unknown): readonly SimpleCondition[] | undefined {
  const segment = Array.isArray(raw) ? raw.flatMap(simpleCondition) : []
  return segment.length === 0 ? undefined : segment
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

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Those conditions of a question that stand alone, not within any or all. */
export function simpleConditions(conditions: readonly Condition[]): readonly SimpleCondition[] {
  return conditions.flatMap((condition) =>
    'property' in condition || 'trait' in condition ? [condition] : [],
  )
}

/** As a route takes it in an address. */
export function segmentText(segment: readonly SimpleCondition[] | undefined): string | undefined {
  return segment === undefined || segment.length === 0
    ? undefined
    : JSON.stringify({ conditions: segment })
}
