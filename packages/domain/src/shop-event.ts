import type { FlatProperties } from './flat-properties.ts'
import { type MoneyFault, readMoney } from './import/money-text.ts'
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

/** Money that stands in an event and cannot be read. */
export interface UnreadMoney {
  readonly property: string
  readonly text: string
  /** `ambiguous`: `1,000` is 1 or 1000. */
  readonly why: MoneyFault | 'too-large'
}

export interface EventMoneyRead extends EventMoney {
  /** The first that was passed over; null: none. */
  readonly unread: UnreadMoney | null
}

/**
 * Reads `value | revenue | total`, `currency` and `order_id | transaction_id` in either spelling: the first amount of
 * these that can be read. Programs write numbers with a point; other texts are read as people write money.
 */
export function eventMoney(name: string, properties: FlatProperties): EventMoneyRead {
  let unread: UnreadMoney | null = null
  let value: TenThousandths | null = null
  let beside = ''
  for (const property of moneyProperties(name)) {
    const text = properties[property]
    if (text === undefined) continue
    const read = amountOf(text)
    if (read.kind === 'none') continue
    if (read.kind === 'amount') {
      value = read.ticks
      beside = read.currency
      break
    }
    unread ??= { property, text, why: read.why }
  }
  const currency = (properties['currency'] ?? '').trim().toUpperCase()
  return {
    value: value !== null && value > 0 && isRefund(name) ? -value : value,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : beside,
    orderId:
      properties['order_id'] ??
      properties['orderId'] ??
      properties['transaction_id'] ??
      properties['transactionId'] ??
      '',
    unread: needNotBeMoney(name, unread) ? null : unread,
  }
}

/** A `value` of an event that sells nothing may be a word; a number is kept as money, or is more than can be kept. */
function needNotBeMoney(name: string, unread: UnreadMoney | null): boolean {
  return unread?.property === 'value' && unread.why !== 'too-large' && !ORDERS.test(snakeCase(name))
}

function moneyProperties(name: string): readonly string[] {
  return ORDERS.test(snakeCase(name)) ? ['value', 'revenue', 'total'] : ['value', 'revenue']
}

type Amount =
  | { readonly kind: 'amount'; readonly ticks: TenThousandths; readonly currency: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unread'; readonly why: UnreadMoney['why'] }

function amountOf(text: string): Amount {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(number)) return kept(tenThousandths(text), '')
  const read = readMoney(text, null)
  if (read.kind === 'none') return { kind: 'none' }
  if (read.kind === 'unreadable') return { kind: 'unread', why: read.why }
  const [only, another] = read.currencies
  return kept(tenThousandths(read.amount), another === undefined ? (only ?? '') : '')
}

function kept(ticks: TenThousandths | null, currency: string): Amount {
  return ticks === null ? { kind: 'unread', why: 'too-large' } : { kind: 'amount', ticks, currency }
}
