import {
  currencyOf,
  amountOf,
  eachRow,
  event,
  hasAll,
  instantOf,
  jsonIn,
  type KnownExport,
  who,
  without,
} from './unfolded.ts'

/** Rows of the BigQuery export of Google Analytics 4 (`events_*`). */
export const GA4: KnownExport = {
  kind: 'ga4',
  title: 'Google Analytics 4 (BigQuery)',
  recognises: (columns) => hasAll(columns, ['event_name', 'event_timestamp', 'user_pseudo_id']),
  reads: {
    customer: ['user_id', 'user_pseudo_id'],
    time: ['event_timestamp'],
    event: ['event_name'],
    value: ['ecommerce.purchase_revenue', 'ecommerce.refund_value'],
    order: ['ecommerce.transaction_id'],
    url: ['event_params.page_location'],
  },
  unfold: eachRow((row, when) => {
    const params = keyed(row['event_params'])
    const properties = { ...without(row, READ), ...params }
    for (const [key, text] of Object.entries(keyed(row['user_properties']))) {
      properties[`user_properties.${key}`] = text
    }
    const name = row['event_name'] ?? ''
    const refund = amountOf(row['ecommerce.refund_value'])
    const revenue =
      name === 'refund' && refund !== null
        ? -Math.abs(refund)
        : amountOf(row['ecommerce.purchase_revenue'])
    return [
      event({
        who: who(row['user_id'], row['user_pseudo_id']),
        timeMs: instantOf(row['event_timestamp'], when),
        type: name === 'page_view' ? 'page' : name === 'screen_view' ? 'screen' : 'track',
        name,
        value: revenue ?? amountOf(params['value']),
        currency: currencyOf(params['currency']),
        order: named(row['ecommerce.transaction_id']) || named(params['transaction_id']),
        url: params['page_location'] ?? '',
        properties,
      }),
    ]
  }),
}

const READ = ['event_params', 'user_properties', 'event_name', 'event_timestamp', 'user_id']

function named(text = ''): string {
  return text === '(not set)' ? '' : text
}

/** `[{"key": …, "value": {"string_value": …}}]` as texts by key. */
function keyed(text: string | undefined): Record<string, string> {
  const found: Record<string, string> = {}
  const list = jsonIn(text)
  if (!Array.isArray(list)) return found
  for (const item of list) {
    if (typeof item !== 'object' || item === null) continue
    const key: unknown = Reflect.get(item, 'key')
    const value: unknown = Reflect.get(item, 'value')
    if (typeof key !== 'string' || typeof value !== 'object' || value === null) continue
    const held = Object.values(value).find((one) => one !== null && typeof one !== 'object')
    if (held !== undefined) found[key] = String(held)
  }
  return found
}
