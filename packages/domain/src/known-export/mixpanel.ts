import {
  eachRow,
  event,
  type ExportRow,
  hasAll,
  instantOf,
  type KnownExport,
  moneyIn,
  under,
  type Unfolded,
  who,
} from './unfolded.ts'

/** The raw export of Mixpanel: `{"event": …, "properties": {…}}` a line. */
export const MIXPANEL: KnownExport = {
  kind: 'mixpanel',
  title: 'Mixpanel',
  recognises: (columns) =>
    hasAll(columns, ['event', 'properties.distinct_id', 'properties.time']) ||
    hasAll(columns, ['event', 'distinct_id', 'time', '$insert_id']),
  reads: {
    customer: [
      'properties.$user_id',
      'properties.distinct_id',
      'properties.$device_id',
      'distinct_id',
    ],
    time: ['properties.time', 'time'],
    event: ['event'],
    id: ['properties.$insert_id'],
    url: ['properties.$current_url'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const nested = under(row, 'properties.')
    const said = Object.keys(nested).length === 0 ? row : nested
    const name = row['event'] ?? ''
    const timeMs = instantOf(said['time'], when)
    const distinct = said['distinct_id']
    const { distinct_id: _, time: __, ...properties } = said
    const both = isDevice(distinct)
      ? who(said['$user_id'], device(distinct))
      : who(said['$user_id'] ?? distinct, device(said['$device_id']))
    // Without a user, id and device are the same thing under two names.
    const same = said['$user_id'] === undefined && distinct === said['$device_id']
    return [
      ...identities(name, said, timeMs),
      event({
        who: same ? who('', device(distinct)) : both,
        timeMs,
        type: name === '$mp_web_page_view' || name === '$pageview' ? 'page' : 'track',
        name: name === '$mp_web_page_view' ? 'page_view' : name,
        id: said['$insert_id'] ?? '',
        url: said['$current_url'] ?? '',
        properties,
        ...moneyIn(properties),
      }),
    ]
  }),
}

/** Events that say who is who; they stay events too, as Mixpanel counts them. */
function identities(name: string, said: ExportRow, timeMs: number | null): readonly Unfolded[] {
  const { distinct_id: distinct, alias } = said
  switch (name) {
    case '$identify':
      return joined(
        said['$identified_id'] ?? distinct,
        said['$anon_distinct_id'] ?? said['$anon_id'],
        timeMs,
      )
    case '$merge': {
      const [user, other] = pairOf(said['$distinct_ids'])
      return joined(user, other, timeMs)
    }
    case '$create_alias':
      return joined(distinct, alias, timeMs)
    default:
      return []
  }
}

const DEVICE = '$device:'

function isDevice(id = ''): boolean {
  return id.startsWith(DEVICE)
}

/** `$device:d1` and a `$device_id` of `d1` are one. */
function device(id = ''): string {
  return isDevice(id) ? id.slice(DEVICE.length) : id
}

function joined(user = '', other = '', timeMs: number | null): readonly Unfolded[] {
  if (user === '' || other === '' || user === other) return []
  if (isDevice(user)) return isDevice(other) ? [] : joined(other, user, timeMs)
  return [
    isDevice(other)
      ? { kind: 'traits', who: who(user, device(other)), timeMs, group: '', traits: {} }
      : { kind: 'alias', previous: other, user, timeMs },
  ]
}

function pairOf(text = ''): readonly [user: string | undefined, other: string | undefined] {
  const ids = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, id]) => id)
  return [ids[0], ids[1]]
}
