import {
  amountOf,
  eachRow,
  event,
  type ExportRow,
  hasAll,
  instantOf,
  type KnownExport,
  who,
} from './unfolded.ts'

/** The fields of an enriched event in their order: its files have no header. */
const FIELDS = `
app_id platform etl_tstamp collector_tstamp dvce_created_tstamp event event_id txn_id
name_tracker v_tracker v_collector v_etl user_id user_ipaddress user_fingerprint
domain_userid domain_sessionidx network_userid geo_country geo_region geo_city geo_zipcode
geo_latitude geo_longitude geo_region_name ip_isp ip_organization ip_domain ip_netspeed
page_url page_title page_referrer page_urlscheme page_urlhost page_urlport page_urlpath
page_urlquery page_urlfragment refr_urlscheme refr_urlhost refr_urlport refr_urlpath
refr_urlquery refr_urlfragment refr_medium refr_source refr_term mkt_medium mkt_source
mkt_term mkt_content mkt_campaign contexts se_category se_action se_label se_property
se_value unstruct_event tr_orderid tr_affiliation tr_total tr_tax tr_shipping tr_city
tr_state tr_country ti_orderid ti_sku ti_name ti_category ti_price ti_quantity
pp_xoffset_min pp_xoffset_max pp_yoffset_min pp_yoffset_max useragent br_name br_family
br_version br_type br_renderengine br_lang br_features_pdf br_features_flash
br_features_java br_features_director br_features_quicktime br_features_realplayer
br_features_windowsmedia br_features_gears br_features_silverlight br_cookies
br_colordepth br_viewwidth br_viewheight os_name os_family os_manufacturer os_timezone
dvce_type dvce_ismobile dvce_screenwidth dvce_screenheight doc_charset doc_width
doc_height tr_currency tr_total_base tr_tax_base tr_shipping_base ti_currency
ti_price_base base_currency geo_timezone mkt_clickid mkt_network etl_tags dvce_sent_tstamp
refr_domain_userid refr_device_tstamp derived_contexts domain_sessionid derived_tstamp
event_vendor event_name event_format event_version event_fingerprint true_tstamp
`
  .trim()
  .split(/\s+/)

/** As a column of a file without a header is called. */
function placeOf(field: string): string {
  return `column_${FIELDS.indexOf(field) + 1}`
}

function withPlaces(fields: readonly string[]): readonly string[] {
  return [...fields, ...fields.map(placeOf)]
}

const SNOWPLOW_NAMES: Readonly<Record<string, string>> = {
  page_view: 'page_view',
  page_ping: 'page_ping',
  transaction: 'purchase',
  transaction_item: 'purchase_item',
}

/** Snowplow's atomic events. */
export const SNOWPLOW: KnownExport = {
  kind: 'snowplow',
  title: 'Snowplow',
  utc: true,
  recognises: (columns, rows) =>
    (hasAll(columns, ['collector_tstamp', 'event_id']) &&
      (columns.has('domain_userid') || columns.has('network_userid'))) ||
    rows.some(isNameless),
  reads: {
    customer: withPlaces(['user_id', 'domain_userid']),
    time: withPlaces(['derived_tstamp', 'collector_tstamp']),
    event: withPlaces(['event_name', 'se_action']),
    id: withPlaces(['event_id']),
    url: withPlaces(['page_url']),
    value: withPlaces(['tr_total', 'se_value']),
    order: withPlaces(['tr_orderid']),
  },
  unfold: eachRow((given, when) => {
    const row = isNameless(given) ? named(given) : given
    const said = row['event_name'] ?? row['event'] ?? ''
    const structured = row['event'] === 'struct' || said === 'event' || said === 'struct'
    const name = structured ? (row['se_action'] ?? said) : (SNOWPLOW_NAMES[said] ?? said)
    return [
      event({
        who: who(row['user_id'], row['domain_userid'] ?? row['network_userid']),
        timeMs: instantOf(row['derived_tstamp'], when) ?? instantOf(row['collector_tstamp'], when),
        type: name === 'page_view' ? 'page' : name === 'screen_view' ? 'screen' : 'track',
        name,
        id: row['event_id'] ?? '',
        url: row['page_url'] ?? row['page_urlpath'] ?? '',
        value: name === 'purchase' ? amountOf(row['tr_total']) : null,
        currency: row['tr_currency']?.toUpperCase() ?? '',
        order: name === 'purchase' ? (row['tr_orderid'] ?? '') : '',
        properties: row,
      }),
    ]
  }),
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const EVENTS = new Set([
  'page_view',
  'page_ping',
  'struct',
  'unstruct',
  'transaction',
  'transaction_item',
])

function isNameless(row: ExportRow): boolean {
  return (
    UUID.test(row[placeOf('event_id')] ?? '') && EVENTS.has((row[placeOf('event')] ?? '').trim())
  )
}

function named(row: ExportRow): ExportRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, text]) => {
      const place = Number(/^column_(\d+)$/.exec(column)?.[1] ?? Number.NaN)
      return [FIELDS[place - 1] ?? column, text]
    }),
  )
}
