import { byOrder, orderEvents } from './order.ts'
import {
  SHOPIFY_COLUMNS,
  shopifyOrder,
  shopifyState,
  STRIPE_COLUMNS,
  stripePayment,
  WOOCOMMERCE_COLUMNS,
  woocommerceOrder,
  woocommerceState,
} from './shop-interfaces.ts'
import {
  currencyOf,
  eachRow,
  event,
  firstOf,
  hasAll,
  instantOf,
  type KnownExport,
  moneyOf,
  saysOneOf,
  type Unfolded,
  who,
  without,
} from './unfolded.ts'

const filled = (line: Readonly<Record<string, string | undefined>>): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const [name, text] of Object.entries(line)) if (text !== undefined) kept[name] = text
  return kept
}

/** The orders export of Shopify: a row a line item, the order on its first. */
export const SHOPIFY: KnownExport = {
  kind: 'shopify',
  title: 'Shopify orders',
  recognises: (columns) =>
    hasAll(columns, SHOPIFY_COLUMNS) ||
    (hasAll(columns, ['Name', 'Financial Status']) &&
      (columns.has('Lineitem name') || columns.has('Fulfillment Status'))),
  reads: {
    customer: ['Email', 'Phone', 'email', 'customer.email', 'customer.id'],
    time: ['Created at', 'Paid at', 'created_at'],
    event: ['Financial Status', 'financial_status'],
    value: ['Total', 'total_price'],
    currency: ['Currency', 'currency'],
    order: ['Name', 'name'],
  },
  unfold: byOrder(
    (row) => firstOf(row, ['Name', 'name', 'id']),
    (row) =>
      filled({
        name: row['Lineitem name'],
        quantity: row['Lineitem quantity'],
        price: row['Lineitem price'],
        sku: row['Lineitem sku'],
      }),
    (row, lines, when) => {
      if (row['financial_status'] !== undefined) return shopifyOrder(row, when)
      const status = (row['Financial Status'] ?? '').toLowerCase()
      const items = LINE_COLUMNS.concat(['Name'])
      const total = moneyOf(row['Total'], when)
      return orderEvents('shopify', {
        base: {
          // A spreadsheet's apostrophe stands before numbers of phones.
          who: who(
            firstOf(row, ['Email', 'Phone', 'Billing Phone', 'Customer ID']).replace(/^'/, ''),
          ),
          currency: currencyOf(row['Currency']),
          properties: { ...without(row, items), items: JSON.stringify(lines) },
        },
        order: row['Name'] ?? '',
        timeMs: instantOf(firstOf(row, ['Created at', 'Paid at']), when),
        total,
        state: shopifyState(status),
        refunds: [
          {
            value:
              moneyOf(row['Refunded Amount'], when) ?? (status === 'refunded' ? (total ?? 0) : 0),
            timeMs: null,
          },
        ],
        cancelledMs: instantOf(row['Cancelled at'], when),
      })
    },
  ),
}

const LINE_COLUMNS = ['Lineitem name', 'Lineitem quantity', 'Lineitem price', 'Lineitem sku']

/** What its own analytics calls the money of an order, from one version to the next. */
const NET = ['Net Sales', 'Net sales', 'N. Revenue', 'Net Revenue']

/** WooCommerce: its analytics export and the usual order exports, a row an order or a row a product. */
export const WOOCOMMERCE: KnownExport = {
  kind: 'woocommerce',
  title: 'WooCommerce orders',
  recognises: (columns) =>
    hasAll(columns, WOOCOMMERCE_COLUMNS) ||
    hasAll(columns, ['Order Number', 'Order Status', 'Order Date']) ||
    hasAll(columns, ['order_id', 'order_number', 'status', 'billing_email']) ||
    hasAll(columns, ['order_id', 'order_date', 'status', 'billing_email']) ||
    (hasAll(columns, ['Order #', 'Status', 'Customer']) && NET.some((name) => columns.has(name))),
  reads: {
    customer: [
      'Email (Billing)',
      'billing_email',
      'Billing Email',
      'customer_email',
      'billing.email',
      'customer_id',
      'Customer',
    ],
    time: ['Order Date', 'order_date', 'date', 'Date', 'date_created_gmt', 'date_created'],
    event: ['Order Status', 'status', 'Status'],
    value: ['Order Total Amount', 'order_total', 'total', ...NET],
    order: ['Order Number', 'order_number', 'order_id', 'Order #', 'number'],
  },
  unfold: byOrder(
    (row) => firstOf(row, ['Order Number', 'order_id', 'order_number', 'Order #', 'number']),
    (row) =>
      filled({
        name: row['Item Name'] ?? row['item_name'],
        quantity: row['Quantity'] ?? row['Quantity (- Refund)'] ?? row['quantity'],
        price: row['Item Cost'] ?? row['item_price'],
      }),
    (row, lines, when) => {
      if (row['number'] !== undefined) return woocommerceOrder(row, when)
      const status = firstOf(row, ['Order Status', 'status', 'Status']).toLowerCase()
      const refunded =
        moneyOf(firstOf(row, ['Order Refund Amount', 'refunded_total', 'order_refund']), when) ?? 0
      const total = moneyOf(
        firstOf(row, ['Order Total Amount', 'order_total', 'total', 'Order Total', ...NET]),
        when,
      )
      const whole = /refunded/.test(status) && refunded === 0
      return orderEvents('woocommerce', {
        base: {
          who: who(
            firstOf(row, [
              'Email (Billing)',
              'billing_email',
              'Billing Email',
              'customer_email',
              'Customer User ID',
              'customer_id',
              'Customer',
            ]),
          ),
          currency: currencyOf(firstOf(row, ['Order Currency', 'order_currency', 'currency'])),
          properties: lines.length === 0 ? row : { ...row, items: JSON.stringify(lines) },
        },
        order: firstOf(row, ['Order Number', 'order_number', 'order_id', 'Order #']),
        timeMs: instantOf(
          firstOf(row, ['Order Date', 'order_date', 'date', 'Date', 'date_created']),
          when,
        ),
        total,
        state: woocommerceState(status),
        refunds: [{ value: whole ? (total ?? 0) : refunded, timeMs: null }],
        cancelledMs: null,
      })
    },
  ),
}

/** Ecwid's orders, a row an order or a row a product. */
export const ECWID: KnownExport = {
  kind: 'ecwid',
  title: 'Ecwid orders',
  recognises: (columns) =>
    (columns.has('order_number') ||
      columns.has('orderNumber') ||
      columns.has('vendorOrderNumber')) &&
    (columns.has('payment_status') || columns.has('paymentStatus')) &&
    (columns.has('email') || columns.has('customer_email')),
  reads: {
    customer: ['email', 'customer_email', 'customerId', 'customer_id'],
    time: ['order_date', 'createDate', 'date', 'created'],
    event: ['payment_status', 'paymentStatus'],
    value: ['total', 'order_total'],
    order: ['order_number', 'orderNumber'],
  },
  unfold: byOrder(
    (row) => firstOf(row, ['order_number', 'orderNumber', 'vendorOrderNumber']),
    (row) =>
      filled({
        name: row['name'],
        quantity: row['quantity'],
        price: row['price'],
        sku: row['sku'],
      }),
    (row, lines, when) => {
      const status = firstOf(row, ['payment_status', 'paymentStatus']).toLowerCase()
      const total = moneyOf(firstOf(row, ['total', 'order_total', 'orderTotal']), when)
      const refunded = moneyOf(firstOf(row, ['refunded_amount', 'refundedAmount']), when) ?? 0
      return orderEvents('ecwid', {
        base: {
          who: who(firstOf(row, ['email', 'customer_email', 'customerId', 'customer_id'])),
          currency: currencyOf(firstOf(row, ['currency', 'order_currency'])),
          properties: lines.length === 0 ? row : { ...row, items: JSON.stringify(lines) },
        },
        order: firstOf(row, ['order_number', 'orderNumber', 'vendorOrderNumber']),
        timeMs: instantOf(firstOf(row, ['order_date', 'createDate', 'date', 'created']), when),
        total,
        state: /^(paid|accepted|refunded|partially[_ ]refunded)$/.test(status)
          ? 'bought'
          : /cancel|declin/.test(status)
            ? 'void'
            : 'open',
        refunds: [
          {
            value: /^refunded$/.test(status) && refunded === 0 ? (total ?? 0) : refunded,
            timeMs: null,
          },
        ],
        cancelledMs: null,
      })
    },
  ),
}

/** Payments and balance exports of Stripe; their times are UTC whatever they say. */
export const STRIPE: KnownExport = {
  kind: 'stripe',
  title: 'Stripe payments',
  utc: true,
  recognises: (columns, rows) =>
    (hasAll(columns, ['id', 'Amount', 'Status', 'Currency']) &&
      [...columns].some((name) => /^Created( date)? \(UTC\)$/.test(name))) ||
    (hasAll(columns, STRIPE_COLUMNS) && saysOneOf(rows, 'object', ['charge', 'payment_intent'])),
  reads: {
    customer: ['Customer Email', 'Customer ID', 'billing_details.email', 'customer'],
    time: ['Created (UTC)', 'Created date (UTC)', 'created'],
    event: ['Status', 'status'],
    value: ['Amount', 'amount'],
    currency: ['Currency', 'currency'],
    id: ['id'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    if (row['object'] !== undefined) return stripePayment(row, when)
    const { id = '' } = row
    const status = (row['Status'] ?? '').toLowerCase()
    const timeMs = instantOf(firstOf(row, ['Created (UTC)', 'Created date (UTC)']), when)
    const base = {
      who: who(firstOf(row, ['Customer Email', 'Customer ID', 'Card Fingerprint'])),
      currency: currencyOf(row['Currency']),
      properties: row,
      order: id,
    }
    const paid =
      /^(paid|succeeded|refunded|partially refunded|partial refund|partially_refunded|disputed)$/
    if (!paid.test(status)) {
      const failed = /fail|declin|block/.test(status)
        ? 'payment_failed'
        : `payment_${status.replaceAll(' ', '_')}`
      return [event({ ...base, timeMs, name: failed, id, order: '' })]
    }
    const amount = moneyOf(row['Amount'], when)
    const said = moneyOf(row['Amount Refunded'], when)
    const back = said === null && status === 'refunded' ? (amount ?? 0) : (said ?? 0)
    const refundMs = instantOf(firstOf(row, ['Refunded date (UTC)', 'Refunded (UTC)']), when)
    return [
      event({ ...base, timeMs, name: 'purchase', id, value: amount }),
      ...(back !== 0
        ? [
            event({
              ...base,
              timeMs: refundMs ?? timeMs,
              name: 'refund',
              id: `${id} refund`,
              value: -Math.abs(back),
            }),
          ]
        : []),
    ]
  }),
}
