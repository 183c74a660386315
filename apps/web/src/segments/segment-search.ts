import {
  type ComparisonOf,
  type CustomerLeaf,
  isGroup,
  operatorsOf,
  readCondition,
  type PropertyLeaf,
  type SegmentLeaf,
  type SegmentRule,
} from '@parcurs/domain'

/** What the switch edits: a trait, or a property of an event in the period. The ask takes whole rules. */
export type SimpleCondition = PropertyLeaf | CustomerLeaf

/** Conditions as an address carries them; absent: everybody. */
export function segmentSearch(raw: unknown): readonly SimpleCondition[] | undefined {
  const segment = Array.isArray(raw) ? raw.flatMap((one) => leafRead(readCondition(one))) : []
  return segment.length === 0 ? undefined : segment
}

function leafRead(raw: unknown): readonly SimpleCondition[] {
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

function comparisonRead(field: (key: string) => unknown): ComparisonOf<'property'> | null {
  const [op, value, values] = [field('op'), field('value'), field('values')]
  const [least, most] = [field('least'), field('most')]
  const known = operatorsOf('property').find((code) => code === op)
  switch (known) {
    case undefined:
      return null
    case 'set':
    case 'unset':
    case 'true':
      return { op: known }
    case 'between':
      return typeof least === 'string' && typeof most === 'string'
        ? { op: known, least, most }
        : null
    case 'one-of':
      return Array.isArray(values)
        ? { op: known, values: values.filter((one) => typeof one === 'string') }
        : null
    default:
      return typeof value === 'string' ? { op: known, value } : null
  }
}

/** Those conditions of a segment that the switch can show. */
export function simpleConditions(segment: SegmentRule | null): readonly SimpleCondition[] {
  if (segment === null) return []
  if (!isGroup(segment)) return simple(segment)
  return segment.kind === 'all'
    ? segment.rules.flatMap((rule) => (isGroup(rule) ? [] : simple(rule)))
    : []
}

function simple(leaf: SegmentLeaf): readonly SimpleCondition[] {
  if (leaf.kind === 'did') {
    const { event, times, window } = leaf
    const once = times.op === 'gte' && times.value === 1 && window.kind === 'question'
    return once && event.kind === 'property' ? [event] : []
  }
  if (leaf.kind !== 'trait') return []
  switch (leaf.op) {
    case 'before':
    case 'after':
    case 'in-last':
    case 'in-next':
    case 'anniversary':
      return []
    default:
      return [leaf]
  }
}

/** The segment of whom every condition holds; null: everybody. */
export function segmentOf(conditions: readonly SimpleCondition[] | undefined): SegmentRule | null {
  if (conditions === undefined || conditions.length === 0) return null
  return { kind: 'all', rules: conditions.map(leafOf) }
}

function leafOf(condition: SimpleCondition): SegmentLeaf {
  if (condition.kind === 'trait') return condition
  return {
    kind: 'did',
    event: condition,
    times: { op: 'gte', value: 1 },
    window: { kind: 'question' },
  }
}

/** As a route takes it in an address. */
export function segmentText(
  conditions: readonly SimpleCondition[] | undefined,
): string | undefined {
  const segment = segmentOf(conditions)
  return segment === null ? undefined : JSON.stringify(segment)
}
