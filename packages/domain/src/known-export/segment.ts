import {
  eachRow,
  event,
  hasAll,
  instantOf,
  type KnownExport,
  moneyIn,
  saysOneOf,
  under,
  type Unfolded,
  who,
} from './unfolded.ts'

const CALLS = ['track', 'page', 'screen', 'identify', 'group', 'alias']

/** Archives of Segment and RudderStack: one call a line. */
export const SEGMENT: KnownExport = {
  kind: 'segment',
  title: 'Segment or RudderStack archive',
  recognises: (columns, rows) =>
    hasAll(columns, ['type', 'messageId']) &&
    (columns.has('anonymousId') || columns.has('userId')) &&
    saysOneOf(rows, 'type', CALLS),
  reads: {
    customer: ['userId', 'anonymousId'],
    time: ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'],
    event: ['event', 'type'],
    id: ['messageId'],
    url: ['properties.url', 'context.page.url'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const timeMs =
      instantOf(row['timestamp'], when) ??
      instantOf(row['originalTimestamp'], when) ??
      instantOf(row['sentAt'] ?? row['receivedAt'], when)
    const { userId, anonymousId, type = 'track' } = row
    const ids = who(userId, anonymousId)
    if (type === 'alias') {
      const { previousId = anonymousId ?? '' } = row
      return [{ kind: 'alias', previous: previousId, user: ids.user, timeMs }]
    }
    const traits = { ...under(row, 'context.traits.'), ...under(row, 'traits.') }
    if (type === 'identify') return [{ kind: 'traits', who: ids, timeMs, group: '', traits }]
    if (type === 'group') {
      return [
        {
          kind: 'traits',
          who: ids,
          timeMs,
          group: row['groupId'] ?? '',
          traits: under(row, 'traits.'),
        },
      ]
    }
    const viewed = type === 'page' || type === 'screen'
    const properties = under(row, 'properties.')
    const { name, category } = row
    if (viewed && name !== undefined) properties['name'] = name
    if (viewed && category !== undefined) properties['category'] = category
    for (const [key, text] of Object.entries(under(row, 'context.campaign.'))) {
      properties[`utm_${key === 'name' ? 'campaign' : key}`] ??= text
    }
    return [
      event({
        who: ids,
        timeMs,
        type: viewed ? type : 'track',
        name: viewed ? `${type}_view` : (row['event'] ?? ''),
        id: row['messageId'] ?? '',
        url:
          properties['url'] ??
          properties['path'] ??
          row['context.page.url'] ??
          row['context.page.path'] ??
          '',
        channel: properties['channel'] ?? '',
        properties,
        ...moneyIn(properties),
      }),
    ]
  }),
}
