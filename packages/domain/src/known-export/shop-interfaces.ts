import {
  currencyOf,
  event,
  type ExportRow,
  type ExportSettings,
  firstOf,
  instantOf,
  jsonIn,
  moneyOf,
  type Unfolded,
  who,
  without,
} from './unfolded.ts'
import { type Order, orderEvents } from './order.ts'

// What the interfaces of shops and payments answer with: the same orders as their files hold, under other names.

export const SHOPIFY_COLUMNS = ['financial_status', 'total_price', 'created_at']
export const WOOCOMMERCE_COLUMNS = ['number', 'status', 'total', 'billing.email']
export const STRIPE_COLUMNS = ['object', 'amount', 'currency', 'created', 'status']

export function shopifyOrder(row: ExportRow, when: ExportSettings): readonly Unfolded[] {
  const status = row['financial_status'] ?? ''
  const total = moneyOf(row['total_price'], when)
  const refunds = recordsIn(row['refunds']).map((refund) => ({
    value: sumOf(recordsIn(refund['transactions']), 'amount', when),
    timeMs: instantOf(textOf(refund['created_at']), when),
  }))
  const whole = status === 'refunded' && refunds.length === 0
  return orderEvents('shopify', {
    base: {
      who: who(
        firstOf(row, [
          'email',
          'contact_email',
          'customer.email',
          'phone',
          'customer.phone',
          'customer.id',
        ]),
      ),
      currency: currencyOf(row['currency']),
      properties: withItems(row),
    },
    order: firstOf(row, ['name', 'order_number', 'id']),
    timeMs: instantOf(firstOf(row, ['created_at', 'processed_at']), when),
    total,
    state: shopifyState(status),
    refunds: whole ? [{ value: total ?? 0, timeMs: null }] : refunds,
    cancelledMs: instantOf(row['cancelled_at'], when),
  })
}

export function shopifyState(status: string): Order['state'] {
  return /^(paid|partially_paid|refunded|partially_refunded)$/.test(status)
    ? 'bought'
    : /^(voided|expired)$/.test(status)
      ? 'void'
      : 'open'
}

export function woocommerceOrder(row: ExportRow, when: ExportSettings): readonly Unfolded[] {
  const { status = '', customer_id: customer = '' } = row
  const total = moneyOf(row['total'], when)
  const refunds = recordsIn(row['refunds']).map((refund) => ({
    value: moneyOf(textOf(refund['total']), when) ?? 0,
    timeMs: null,
  }))
  const gmt = row['date_created_gmt']
  return orderEvents('woocommerce', {
    base: {
      // Guests are customer 0.
      who: who(
        firstOf(row, ['billing.email', 'billing.phone']) || (customer === '0' ? '' : customer),
      ),
      currency: currencyOf(row['currency']),
      properties: withItems(row),
    },
    order: firstOf(row, ['number', 'id']),
    timeMs:
      gmt === undefined
        ? instantOf(row['date_created'], when)
        : instantOf(gmt.endsWith('Z') ? gmt : `${gmt}Z`, when),
    total,
    state: woocommerceState(status),
    refunds:
      status === 'refunded' && refunds.length === 0
        ? [{ value: total ?? 0, timeMs: null }]
        : refunds,
    cancelledMs: null,
  })
}

export function woocommerceState(status: string): Order['state'] {
  return /completed|processing|refunded|\bpaid\b/.test(status)
    ? 'bought'
    : /cancel|failed|trash/.test(status)
      ? 'void'
      : 'open'
}

/** A charge or payment intent: amounts are in the smallest unit of their currency. */
export function stripePayment(row: ExportRow, when: ExportSettings): readonly Unfolded[] {
  const { id = '', status = '' } = row
  const currency = currencyOf(row['currency'])
  const unit = 10 ** (currency === '' ? 2 : decimalsOf(currency))
  const amountIn = (text: string | undefined) => {
    const amount = moneyOf(text, when)
    return amount === null ? null : amount / unit
  }
  const base = {
    who: who(firstOf(row, ['billing_details.email', 'receipt_email', 'customer', 'customer.id'])),
    currency,
    properties: row,
  }
  const timeMs = instantOf(row['created'], when)
  if (status !== 'succeeded') {
    const name = status === 'failed' ? 'payment_failed' : `payment_${status}`
    return [event({ ...base, timeMs, name, id })]
  }
  const back = amountIn(row['amount_refunded']) ?? 0
  const [first] = recordsIn(row['refunds.data'] ?? row['refunds'])
  const refundMs = instantOf(textOf(first?.['created']), when) ?? timeMs
  const value = amountIn(row['amount_received'] ?? row['amount'])
  return [
    event({ ...base, timeMs, name: 'purchase', id, order: id, value }),
    ...(back === 0
      ? []
      : [
          event({
            ...base,
            timeMs: refundMs,
            name: 'refund',
            id: `${id} refund`,
            order: id,
            value: -back,
          }),
        ]),
  ]
}

const NO_DECIMALS = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
)
const THREE_DECIMALS = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND'])

function decimalsOf(currency: string): number {
  return NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2
}

function withItems(row: ExportRow): Record<string, string> {
  const { line_items: items } = row
  const rest = without(row, ['line_items'])
  return items === undefined ? rest : { ...rest, items }
}

type JsonRecord = Readonly<Record<string, unknown>>

function recordsIn(held: unknown): readonly JsonRecord[] {
  const list = typeof held === 'string' ? jsonIn(held) : held
  if (!Array.isArray(list)) return []
  return list.filter(
    (one): one is JsonRecord => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
}

function textOf(held: unknown): string | undefined {
  return typeof held === 'string' || typeof held === 'number' ? String(held) : undefined
}

function sumOf(records: readonly JsonRecord[], field: string, when: ExportSettings): number {
  return records.reduce((sum, one) => sum + (moneyOf(textOf(one[field]), when) ?? 0), 0)
}
