import type { FlatProperties } from './flat-properties.ts'
import { type TenThousandths, tenThousandths } from './money.ts'

/** Money of one event, as the shop vocabularies of GA4 and Segment carry it. */
export interface EventMoney {
  /** null: the event has none. Refunds are negative. */
  readonly value: TenThousandths | null
  /** ISO 4217 in capitals; empty: not said. */
  readonly currency: string
  readonly orderId: string
}

const REFUNDS: ReadonlySet<string> = new Set([
  'refund',
  'refund_completed',
  'refunded',
  'order_refunded',
  'order_cancelled',
  'order_canceled',
])

/** `total` is money only where an order stands behind it. */
const ORDERS = /^(order|checkout|purchase|refund|payment|begin_checkout|transaction)/

/** "Order Completed", "orderCompleted" and "order-completed" → order_completed: how names are compared. */
export function snakeCase(name: string): string {
  return name
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[\s\-.]+/g, '_')
    .toLowerCase()
}

/** Whether an event of this name gives money back. */
export function isRefund(name: string): boolean {
  return REFUNDS.has(snakeCase(name))
}

/** Reads `value | revenue | total`, `currency` and `order_id | transaction_id` in either spelling. */
export function eventMoney(name: string, properties: FlatProperties): EventMoney {
  const stated =
    properties['value'] ?? properties['revenue'] ?? totalOf(name, properties) ?? undefined
  const value = stated === undefined ? null : tenThousandths(stated)
  const currency = (properties['currency'] ?? '').trim().toUpperCase()
  return {
    value: value !== null && value > 0 && isRefund(name) ? -value : value,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : '',
    orderId:
      properties['order_id'] ??
      properties['orderId'] ??
      properties['transaction_id'] ??
      properties['transactionId'] ??
      '',
  }
}

function totalOf(name: string, properties: FlatProperties): string | undefined {
  const total = properties['total']
  return total !== undefined && ORDERS.test(snakeCase(name)) ? total : undefined
}
