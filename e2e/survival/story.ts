// What the customers of a survival run do. The same number is always the same event, so that whatever was
// acknowledged can be named afterwards without having been written down anywhere but in the test's memory.

const START_MS = Date.UTC(2026, 5, 1)
const MINUTE_MS = 60_000
const NAMES = ['view_item', 'search', 'add_to_cart', 'begin_checkout', 'purchase'] as const

/** Every 41st is refused: its time is none. */
export function isRefused(number: number): boolean {
  return number % 41 === 40
}

export function event(number: number): Record<string, unknown> {
  const customer = number % 997
  const step = (number * 7 + customer) % 11
  const name = NAMES[step < 5 ? step : step % 3] ?? 'view_item'
  return {
    type: 'track',
    messageId: `survival-${number}`,
    userId: `customer-${customer}`,
    event: name,
    timestamp: isRefused(number)
      ? 'the day after the flood'
      : new Date(START_MS + Math.floor(number / 997) * 9 * MINUTE_MS + customer).toISOString(),
    properties: {
      number,
      ...(name === 'purchase'
        ? { value: 10 + (number % 5), currency: 'EUR', order_id: number }
        : {}),
    },
  }
}

/** The rows of an import: numbers from `first`, as CSV with the same events. */
export function csv(first: number, count: number): string {
  const lines = ['time,customer,event,number,value,id']
  for (let number = first; number < first + count; number++) {
    const { timestamp, userId, event: name, properties, messageId } = event(number)
    const value = Object(properties)['value'] ?? ''
    lines.push([timestamp, userId, name, number, value, messageId].join(','))
  }
  return `${lines.join('\n')}\n`
}

/** The numbers that must be stored, once each. */
export function expected(numbers: Iterable<number>): readonly number[] {
  return [...numbers].filter((number) => !isRefused(number)).sort((a, b) => a - b)
}
