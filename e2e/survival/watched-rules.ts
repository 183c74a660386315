import type { SegmentRule } from '@parcurs/domain'

// Who is watched in a survival run, and what they do: the same number is always the same event.

export const CUSTOMERS = 997
const NAMES = ['view_item', 'search', 'add_to_cart', 'purchase'] as const

/** Two that only grow, one that everybody begins in, and two that time alone changes while the server runs. */
export const RULES: Readonly<Record<string, SegmentRule>> = {
  'Bought three times': did('purchase', 'gte', 3, { kind: 'ever' }),
  'Spent sixty': {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: { kind: 'event', names: ['purchase'] },
    test: { op: 'gte', value: 60 },
    window: { kind: 'ever' },
  },
  'Searched twice at most': did('search', 'lte', 2, { kind: 'ever' }),
  'Looked within the hour': did('view_item', 'gte', 1, { kind: 'hours', n: 1 }),
  'Silent for an hour': {
    kind: 'did',
    event: { kind: 'all', rules: [] },
    times: { op: 'lte', value: 0 },
    window: { kind: 'hours', n: 1 },
  },
}

function did(
  name: string,
  op: 'gte' | 'lte',
  value: number,
  window: { readonly kind: 'ever' } | { readonly kind: 'hours'; readonly n: number },
): SegmentRule {
  return { kind: 'did', event: { kind: 'event', names: [name] }, times: { op, value }, window }
}

export function nameOf(number: number): (typeof NAMES)[number] {
  return NAMES[(number * 7 + (number % CUSTOMERS)) % 4] ?? 'view_item'
}

export function timeOf(number: number, beganMs: number): number {
  return beganMs + (number % 100) * 1_000 + Math.floor(number / CUSTOMERS)
}

export function eventOf(number: number, beganMs: number): Readonly<Record<string, unknown>> {
  const name = nameOf(number)
  return {
    type: 'track',
    messageId: `watching-${number}`,
    userId: `customer-${number % CUSTOMERS}`,
    event: name,
    timestamp: new Date(timeOf(number, beganMs)).toISOString(),
    properties: name === 'purchase' ? { value: 25, currency: 'EUR', order_id: number } : {},
  }
}
