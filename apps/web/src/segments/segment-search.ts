import {
  type Comparison,
  isGroup,
  isOperator,
  operatorsOf,
  readCondition,
  type SegmentLeaf,
  type SegmentRule,
} from '@parcurs/domain'

/** Conditions as an address carries them; absent: everybody. */
export function segmentSearch(raw: unknown): readonly SegmentLeaf[] | undefined {
  const segment = Array.isArray(raw) ? raw.flatMap((one) => leafRead(readCondition(one))) : []
  return segment.length === 0 ? undefined : segment
}

function leafRead(raw: unknown): readonly SegmentLeaf[] {
  if (typeof raw !== 'object' || raw === null) return []
  const field = (key: string): unknown => Object.getOwnPropertyDescriptor(raw, key)?.value
  const comparison = comparisonRead(field)
  if (comparison === null) return []
  for (const kind of ['property', 'trait'] as const) {
    const name = field(kind)
    if (field('kind') !== kind || typeof name !== 'string' || name === '') continue
    if (!operatorsOf(kind).includes(comparison.op)) continue
    return [
      kind === 'property'
        ? { kind, property: name, ...comparison }
        : { kind, trait: name, ...comparison },
    ]
  }
  return []
}

function comparisonRead(field: (key: string) => unknown): Comparison | null {
  const [op, value, values] = [field('op'), field('value'), field('values')]
  const [least, most] = [field('least'), field('most')]
  if (typeof op !== 'string' || !isOperator(op)) return null
  switch (op) {
    case 'set':
    case 'unset':
    case 'true':
      return { op }
    case 'between':
      return typeof least === 'string' && typeof most === 'string' ? { op, least, most } : null
    case 'one-of':
      return Array.isArray(values)
        ? { op, values: values.filter((one) => typeof one === 'string') }
        : null
    default:
      return typeof value === 'string' ? { op, value } : null
  }
}

/** Those conditions of a segment that stand alone, not within any or all. */
export function simpleConditions(segment: SegmentRule | null): readonly SegmentLeaf[] {
  if (segment === null) return []
  if (!isGroup(segment)) return [segment]
  return segment.kind === 'all'
    ? segment.rules.flatMap((rule) => (isGroup(rule) ? [] : [rule]))
    : []
}

/** The segment of whom every condition holds; null: everybody. */
export function segmentOf(conditions: readonly SegmentLeaf[] | undefined): SegmentRule | null {
  return conditions === undefined || conditions.length === 0
    ? null
    : { kind: 'all', rules: conditions }
}

/** As a route takes it in an address. */
export function segmentText(conditions: readonly SegmentLeaf[] | undefined): string | undefined {
  const segment = segmentOf(conditions)
  return segment === null ? undefined : JSON.stringify(segment)
}
