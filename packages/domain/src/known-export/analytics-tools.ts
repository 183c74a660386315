import {
  amountOf,
  eachRow,
  event,
  hasAll,
  flatJson,
  instantOf,
  jsonIn,
  type KnownExport,
  moneyIn,
  under,
  type Unfolded,
  who,
  without,
} from './unfolded.ts'

/** The event export of Amplitude, JSON lines or CSV with JSON in its cells. */
export const AMPLITUDE: KnownExport = {
  kind: 'amplitude',
  title: 'Amplitude',
  utc: true,
  recognises: (columns) =>
    hasAll(columns, ['event_type', 'event_time']) &&
    (columns.has('amplitude_id') || columns.has('$insert_id') || columns.has('insert_id')),
  reads: {
    customer: ['user_id', 'device_id'],
    time: ['event_time'],
    event: ['event_type'],
    id: ['$insert_id', 'uuid'],
    value: ['event_properties.$revenue', 'revenue'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const of = (name: string) => ({ ...flatJson(jsonIn(row[name])), ...under(row, `${name}.`) })
    const ids = who(row['user_id'], row['device_id'])
    const timeMs = instantOf(row['event_time'], when)
    const name = row['event_type'] ?? ''
    if (name === '$identify') {
      return [{ kind: 'traits', who: ids, timeMs, group: '', traits: of('user_properties') }]
    }
    const properties = {
      ...without(row, [
        'event_properties',
        'user_properties',
        'groups',
        'group_properties',
        'data',
      ]),
      ...of('event_properties'),
    }
    const money = moneyIn(of('event_properties'))
    return [
      event({
        who: ids,
        timeMs,
        name,
        id: row['$insert_id'] ?? row['insert_id'] ?? row['uuid'] ?? '',
        url: properties['[Amplitude] Page URL'] ?? properties['Page URL'] ?? '',
        properties,
        ...money,
        value: amountOf(row['$revenue'] ?? row['revenue']) ?? money.value,
      }),
    ]
  }),
}

/** Kissmetrics: `_p` who, `_n` what, `_t` when, `_p2` another name of who. */
export const KISSMETRICS: KnownExport = {
  kind: 'kissmetrics',
  title: 'Kissmetrics',
  recognises: (columns) => hasAll(columns, ['_p', '_t']),
  reads: { customer: ['_p', '_p2'], time: ['_t'], event: ['_n'], value: ['Billing Amount'] },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const { _p = '', _p2 = '', _n = '', _t, ...properties } = row
    const timeMs = instantOf(_t, when)
    if (_p2 !== '') return [{ kind: 'alias', previous: _p2, user: _p, timeMs }]
    if (_n === '') {
      return [{ kind: 'traits', who: who(_p), timeMs, group: '', traits: properties }]
    }
    const { url = '' } = properties
    const money = moneyIn(properties)
    return [event({ who: who(_p), timeMs, name: _n, url, properties, ...money })]
  }),
}

/** PostHog's events: JSON lines, or CSV whose properties are JSON in a cell. */
export const POSTHOG: KnownExport = {
  kind: 'posthog',
  title: 'PostHog',
  utc: true,
  recognises: (columns) =>
    hasAll(columns, ['event', 'distinct_id', 'timestamp']) &&
    [...columns].some((name) => name === 'properties' || name.startsWith('properties.')) &&
    // Of its files every row has a uuid, of its interface an id beside a list of elements.
    (columns.has('uuid') || hasAll(columns, ['id', 'elements'])),
  reads: {
    customer: ['distinct_id', 'properties.$device_id'],
    time: ['timestamp'],
    event: ['event'],
    id: ['uuid', 'id'],
    url: ['properties.$current_url'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const properties = { ...flatJson(jsonIn(row['properties'])), ...under(row, 'properties.') }
    const { event: name = '', distinct_id: distinct = '', uuid = row['id'] ?? '' } = row
    const timeMs = instantOf(row['timestamp'], when)
    const anonymous = properties['$anon_distinct_id'] ?? properties['$device_id'] ?? ''
    const ids =
      anonymous === distinct ||
      (properties['$user_id'] === undefined && properties['$is_identified'] === 'false')
        ? who('', distinct)
        : who(distinct, anonymous)
    if (name === '$create_alias') {
      return [{ kind: 'alias', previous: properties['alias'] ?? '', user: distinct, timeMs }]
    }
    const traits = under(properties, '$set.')
    const told: Unfolded[] =
      name === '$identify' || name === '$set' || Object.keys(traits).length > 0
        ? [{ kind: 'traits', who: ids, timeMs, group: '', traits }]
        : []
    if (name === '$identify' || name === '$set') return told
    const page = name === '$pageview'
    return [
      ...told,
      event({
        who: ids,
        timeMs,
        type: page ? 'page' : name === '$screen' ? 'screen' : 'track',
        name: page ? 'page_view' : name === '$screen' ? 'screen_view' : name,
        id: uuid,
        url: properties['$current_url'] ?? properties['$pathname'] ?? '',
        properties,
        ...moneyIn(properties),
      }),
    ]
  }),
}
