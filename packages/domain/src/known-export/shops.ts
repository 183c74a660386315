import {
  currencyOf,
  eachRow,
  event,
  type ExportRow,
  firstOf,
  hasAll,
  instantOf,
  type KnownExport,
  moneyOf,
  type Unfolded,
  type UnfoldedEvent,
  who,
  without,
} from './unfolded.ts'

type OrderState = 'bought' | 'open' | 'void'

interface Order {
  readonly base: Pick<UnfoldedEvent, 'who' | 'currency' | 'properties'>
  /** Of the order itself; refunds carry it too. */
  readonly order: string
  readonly timeMs: number | null
  readonly total: number | null
  readonly state: OrderState
  readonly refunded: number
  readonly refundMs: number | null
  readonly cancelledMs: number | null
}

/** An order becomes a purchase, and what was given back a refund of the same order. */
function orderEvents(
  shop: string,
  { base, order, timeMs, total, ...said }: Order,
): UnfoldedEvent[] {
  const id = (what: string) => (order === '' ? '' : `${shop} ${order} ${what}`)
  const made = event({
    ...base,
    timeMs: said.state === 'void' ? (said.cancelledMs ?? timeMs) : timeMs,
    order,
    ...(said.state === 'bought'
      ? { name: 'purchase', id: id('purchase'), value: total }
      : { name: said.state === 'open' ? 'order_placed' : 'order_cancelled', id: id(said.state) }),
  })
  const events = [made]
  if (said.refunded !== 0) {
    events.push(
      event({
        ...base,
        timeMs: said.refundMs ?? timeMs,
        name: 'refund',
        id: id('refund'),
        value: -Math.abs(said.refunded),
        order,
      }),
    )
  }
  if (said.cancelledMs !== null && said.state !== 'void') {
    const cancelled = { ...base, timeMs: said.cancelledMs, order }
    events.push(event({ ...cancelled, name: 'order_cancelled', id: id('cancelled') }))
  }
  return events
}

/** Rows of one order stand one after the other; the first carries the order, each a line of it. */
function byOrder(
  orderOf: (row: ExportRow) => string,
  lineOf: (row: ExportRow) => Readonly<Record<string, string>>,
  eventsOf: (
    row: ExportRow,
    lines: readonly object[],
    when: Parameters<typeof instantOf>[1],
  ) => readonly Unfolded[],
): KnownExport['unfold'] {
  return (when) => {
    let held: { readonly row: Record<string, string>; readonly lines: object[] } | null = null
    const give = () => {
      const done = held === null ? [] : eventsOf(held.row, held.lines, when)
      held = null
      return done
    }
    return {
      holds: true,
      take(row) {
        const order = orderOf(row)
        const same = held !== null && order !== '' && orderOf(held.row) === order
        const before = same ? [] : give()
        held ??= { row: {}, lines: [] }
        // What a later row leaves empty stays.
        for (const [column, text] of Object.entries(row)) held.row[column] ??= text
        const line = lineOf(row)
        if (Object.keys(line).length > 0) held.lines.push(line)
        return before
      },
      end: give,
    }
  }
}

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
    hasAll(columns, ['Name', 'Financial Status']) &&
    (columns.has('Lineitem name') || columns.has('Fulfillment Status')),
  reads: {
    customer: ['Email', 'Phone'],
    time: ['Created at'],
    event: ['Financial Status'],
    value: ['Total'],
    currency: ['Currency'],
    order: ['Name'],
  },
  unfold: byOrder(
    (row) => row['Name'] ?? '',
    (row) =>
      filled({
        name: row['Lineitem name'],
        quantity: row['Lineitem quantity'],
        price: row['Lineitem price'],
        sku: row['Lineitem sku'],
      }),
    (row, lines, when) => {
      const status = (row['Financial Status'] ?? '').toLowerCase()
      const items = LINE_COLUMNS.concat(['Name'])
      const total = moneyOf(row['Total'], when)
      return orderEvents('shopify', {
        base: {
          who: who(firstOf(row, ['Email', 'Phone', 'Billing Phone', 'Customer ID'])),
          currency: currencyOf(row['Currency']),
          properties: { ...without(row, items), items: JSON.stringify(lines) },
        },
        order: row['Name'] ?? '',
        timeMs: instantOf(firstOf(row, ['Created at', 'Paid at']), when),
        total,
        state: /^(paid|partially_paid|refunded|partially_refunded)$/.test(status)
          ? 'bought'
          : /^(voided|expired)$/.test(status)
            ? 'void'
            : 'open',
        refunded:
          moneyOf(row['Refunded Amount'], when) ?? (status === 'refunded' ? (total ?? 0) : 0),
        refundMs: null,
        cancelledMs: instantOf(row['Cancelled at'], when),
      })
    },
  ),
}

const LINE_COLUMNS = ['Lineitem name', 'Lineitem quantity', 'Lineitem price', 'Lineitem sku']

/** WooCommerce: its analytics export and the usual order exports, a row an order or a row a product. */
export const WOOCOMMERCE: KnownExport = {
  kind: 'woocommerce',
  title: 'WooCommerce orders',
  recognises: (columns) =>
    hasAll(columns, ['Order Number', 'Order Status', 'Order Date']) ||
    hasAll(columns, ['order_id', 'order_number', 'status', 'billing_email']) ||
    hasAll(columns, ['order_id', 'order_date', 'status', 'billing_email']) ||
    hasAll(columns, ['Order #', 'Status', 'Customer', 'Net Sales']),
  reads: {
    customer: ['Email (Billing)', 'billing_email', 'Customer'],
    time: ['Order Date', 'order_date', 'date', 'Date'],
    event: ['Order Status', 'status', 'Status'],
    value: ['Order Total Amount', 'order_total', 'total', 'Net Sales'],
    order: ['Order Number', 'order_number', 'order_id', 'Order #'],
  },
  unfold: byOrder(
    (row) => firstOf(row, ['Order Number', 'order_id', 'order_number', 'Order #']),
    (row) =>
      filled({
        name: row['Item Name'] ?? row['item_name'],
        quantity: row['Quantity'] ?? row['quantity'],
        price: row['Item Cost'] ?? row['item_price'],
      }),
    (row, lines, when) => {
      const status = firstOf(row, ['Order Status', 'status', 'Status']).toLowerCase()
      const refunded =
        moneyOf(firstOf(row, ['Order Refund Amount', 'refunded_total', 'order_refund']), when) ?? 0
      const total = moneyOf(
        firstOf(row, [
          'Order Total Amount',
          'order_total',
          'total',
          'Order Total',
          'Net Sales',
          'N. Revenue',
        ]),
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
        state: /completed|processing|refunded|\bpaid\b/.test(status)
          ? 'bought'
          : /cancel|failed|trash/.test(status)
            ? 'void'
            : 'open',
        refunded: Math.abs(whole ? (total ?? 0) : refunded),
        refundMs: null,
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
    customer: ['email'],
    time: ['order_date', 'createDate'],
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
        refunded: /^refunded$/.test(status) && refunded === 0 ? (total ?? 0) : refunded,
        refundMs: null,
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
  recognises: (columns) =>
    hasAll(columns, ['id', 'Amount', 'Status', 'Currency']) &&
    [...columns].some((name) => /^Created( date)? \(UTC\)$/.test(name)),
  reads: {
    customer: ['Customer Email', 'Customer ID'],
    time: ['Created (UTC)', 'Created date (UTC)'],
    event: ['Status'],
    value: ['Amount'],
    currency: ['Currency'],
    id: ['id'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
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
