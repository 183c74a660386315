import {
  amountOf,
  eachRow,
  event,
  type ExportRow,
  type ExportSettings,
  flatJson,
  hasAll,
  instantOf,
  jsonIn,
  type KnownExport,
  type UnfoldedEvent,
  under,
  who,
} from './unfolded.ts'

/** Visits of Matomo, a row each: as JSON with its actions in a list, or as CSV with actions in numbered columns. */
export const MATOMO: KnownExport = {
  kind: 'matomo',
  title: 'Matomo visits',
  recognises: (columns) =>
    hasAll(columns, ['idVisit', 'visitorId']) &&
    (columns.has('lastActionDateTime') ||
      columns.has('serverTimestamp') ||
      columns.has('firstActionTimestamp')),
  reads: {
    customer: ['userId', 'visitorId'],
    time: ['firstActionTimestamp', 'serverTimestamp', 'lastActionDateTime'],
    event: ['actionDetails', 'actionDetails 0 type'],
    url: ['actionDetails 0 url'],
    id: ['idVisit'],
  },
  unfold: eachRow((row, when) => {
    const { idVisit = '' } = row
    const base = { who: who(row['userId'], row['visitorId']) }
    const actions = actionsOf(row).flatMap((action, n) => {
      const done = actionEvent(action, when)
      const id = idVisit === '' ? '' : `matomo visit ${idVisit} action ${n}`
      return done === null ? [] : [event({ ...base, id, properties: action, ...done })]
    })
    const paid = actions.some(({ value }) => value !== null)
    return [
      event({
        ...base,
        timeMs:
          instantOf(row['firstActionTimestamp'] ?? row['serverTimestamp'], when) ??
          instantOf(row['lastActionDateTime'], when),
        name: 'visit',
        id: idVisit === '' ? '' : `matomo visit ${idVisit}`,
        url: row['actionDetails 0 url'] ?? '',
        // Money counts where it was paid.
        value: paid ? null : amountOf(row['totalEcommerceRevenue']),
        properties: Object.fromEntries(
          Object.entries(row).filter(([column]) => !column.startsWith('actionDetails')),
        ),
      }),
      ...actions,
    ]
  }),
}

function actionsOf(row: ExportRow): readonly ExportRow[] {
  const list = jsonIn(row['actionDetails'])
  if (Array.isArray(list)) return list.map((action) => flatJson(action))
  const found: ExportRow[] = []
  for (;;) {
    const action = under(row, `actionDetails ${found.length} `)
    if (Object.keys(action).length === 0) return found
    found.push(action)
  }
}

const NAMES: Readonly<Record<string, string>> = {
  action: 'page_view',
  ecommerceOrder: 'purchase',
  ecommerceAbandonedCart: 'cart_abandoned',
  goal: 'goal',
  search: 'site_search',
  outlink: 'outlink',
  download: 'download',
}

/** Null: it says no instant or no kind, and is told by its visit alone. */
function actionEvent(
  action: ExportRow,
  when: ExportSettings,
): Pick<UnfoldedEvent, 'timeMs' | 'name' | 'type' | 'url' | 'value' | 'order'> | null {
  const timeMs = instantOf(action['timestamp'] ?? action['serverTimePretty'], when)
  const { type = '' } = action
  const own = type === 'event' ? action['eventAction'] : type === 'goal' ? action['goalName'] : null
  const name = own ?? NAMES[type] ?? ''
  if (timeMs === null || name === '') return null
  return {
    timeMs,
    name,
    type: type === 'action' ? 'page' : 'track',
    url: action['url'] ?? '',
    value: type === 'ecommerceOrder' || type === 'goal' ? amountOf(action['revenue']) : null,
    order: type === 'ecommerceOrder' ? (action['orderId'] ?? '') : '',
  }
}
