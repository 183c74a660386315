import {
  addressIn,
  amountOf,
  currencyOf,
  eachRow,
  event,
  type ExportRow,
  type ExportSettings,
  firstOf,
  instantOf,
  type KnownExport,
  type Unfolded,
  type Who,
  who,
} from './unfolded.ts'

const CONTACT = [
  'Osoba kontaktowa',
  'Contact person',
  'Contact ID',
  'Associated Contact IDs',
  'Associated Contact',
  'Contact Email',
  'Email',
  'E-mail',
  'Contact',
  'Client',
  'Company',
  'Associated Company',
  'Customer name',
  'Kontrahent',
  'Firma',
]
const ACTIVITY = [
  'Activity type',
  'Activity Type',
  'Engagement Type',
  'Task type',
  'Typ zadania',
  'Typ aktywności',
]
const STAGE = ['Deal Stage', 'Stage', 'Status']
const WHEN = [
  'Activity date',
  'Activity Date',
  'Completed at',
  'Due Date',
  'Last Modified Date',
  'Close Date',
  'Create Date',
  'Created At',
  'Created at',
  'Created',
  'Creation date',
  'Date',
  'Data utworzenia',
  'Data',
]

function has(columns: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.some((name) => columns.has(name))
}

/** "Closed Won" → closed_won. */
function spoken(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '')
}

/** Contacts, deals and activities of HubSpot and its like. */
export const CRM: KnownExport = {
  kind: 'crm',
  title: 'CRM (contacts, deals, activities)',
  recognises: (columns) =>
    (has(columns, ACTIVITY) && has(columns, CONTACT) && has(columns, WHEN)) ||
    (columns.has('Deal Name') && has(columns, STAGE) && has(columns, CONTACT)) ||
    (columns.has('Lifecycle Stage') &&
      has(columns, ['Email', 'Record ID']) &&
      columns.has('Create Date')),
  reads: { customer: CONTACT, time: WHEN, event: [...ACTIVITY, ...STAGE], value: ['Amount'] },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const activity = firstOf(row, ACTIVITY)
    const deal = row['Deal Name'] !== undefined
    const timeMs = instantOf(firstOf(row, WHEN), when)
    const ids = who(addressIn(firstOf(row, CONTACT)) || (deal ? '' : (row['Record ID'] ?? '')))
    if (activity !== '')
      return [event({ who: ids, timeMs, name: spoken(activity), properties: row })]
    if (deal) return [dealEvent(row, ids, when)]
    const created = instantOf(firstOf(row, ['Create Date', 'Created At', 'Created']), when)
    return [
      { kind: 'traits', who: ids, timeMs: created, group: '', traits: row },
      event({ who: ids, timeMs: created, name: 'contact_created', properties: {} }),
    ]
  }),
}

/** A deal that is open stands where it was changed last: when it may close is a hope. */
function dealEvent(row: ExportRow, ids: Who, when: ExportSettings): Unfolded {
  // HubSpot writes the pipeline behind the stage.
  const stage = spoken(firstOf(row, STAGE).replace(/\s*\([^)]*\)$/, ''))
  const won = /won|castigat|câștigat|выигран|κερδισμέν|wygran|赢/.test(stage)
  const lost = /lost|pierdut|проигран|χαμέν|przegran|输/.test(stage)
  const changed = [...WHEN.filter((column) => !AHEAD.includes(column)), ...AHEAD]
  return event({
    who: ids,
    timeMs: instantOf(firstOf(row, won || lost ? ['Close Date', ...changed] : changed), when),
    name: won ? 'deal_won' : lost ? 'deal_lost' : `deal_${stage}`,
    value: won ? amountOf(row['Amount']) : null,
    currency: currencyOf(row['Currency']),
    properties: row,
  })
}

const AHEAD = ['Close Date', 'Due Date']

const REQUESTER = [
  'Requester id',
  'Requester ID',
  'requester_id',
  'Requester email',
  'Requester',
  'Customer ID',
  'Contact Email',
  'Email',
]
const SOLVED = [
  'Solved at',
  'solved_at',
  'Resolved time',
  'Resolved At',
  'Closed at',
  'Closed time',
  'closed_at',
]

/** Tickets of help desks: made, and solved where the file says when. */
export const TICKETS: KnownExport = {
  kind: 'tickets',
  title: 'help-desk tickets',
  recognises: (columns) =>
    has(columns, REQUESTER) &&
    has(columns, ['Subject', 'subject', 'Ticket ID', 'Ticket id']) &&
    has(columns, ['Created at', 'created_at', 'Created time', 'Created At']),
  reads: {
    customer: REQUESTER,
    time: ['Created at', 'created_at', 'Created time', ...SOLVED],
    event: [],
    id: ['Id', 'ID', 'id', 'Ticket ID'],
  },
  unfold: eachRow((row, when) => {
    const id = firstOf(row, ['Id', 'ID', 'id', 'Ticket ID', 'Ticket id'])
    const ids = who(addressIn(firstOf(row, REQUESTER)))
    const base = { who: ids, properties: row, channel: '' }
    const made = instantOf(
      firstOf(row, ['Created at', 'created_at', 'Created time', 'Created At']),
      when,
    )
    const solved = firstOf(row, SOLVED)
    const of = (what: string) => (id === '' ? '' : `ticket ${id} ${what}`)
    return [
      event({ ...base, timeMs: made, name: 'ticket_created', id: of('created') }),
      ...(solved === ''
        ? []
        : [
            event({
              ...base,
              timeMs: instantOf(solved, when),
              name: 'ticket_solved',
              id: of('solved'),
            }),
          ]),
    ]
  }),
}

const NUMBER = ['Phone Number', 'Phone number', 'Number', 'Caller', 'From', 'Caller ID', 'phone']
const CALL_TYPE = ['Call Type', 'Call type', 'Direction', 'call_type', 'Type']

/** Call logs: the kind of call is the event, the number the customer. */
export const CALLS: KnownExport = {
  kind: 'calls',
  title: 'call log',
  recognises: (columns, rows) =>
    has(columns, NUMBER) &&
    CALL_TYPE.some((column) =>
      rows.some((row) =>
        /^(incoming|outgoing|missed|inbound|outbound|rejected|voicemail)$/i.test(row[column] ?? ''),
      ),
    ),
  reads: { customer: NUMBER, time: ['Timestamp', 'Call Date', 'Call Time'], event: CALL_TYPE },
  unfold: eachRow((row, when) => [
    event({
      who: who(firstOf(row, NUMBER).replace(/[\s()-]/g, '')),
      timeMs: callTime(row, when),
      name: `call_${spoken(firstOf(row, CALL_TYPE))}`,
      channel: 'call',
      properties: row,
    }),
  ]),
}

function callTime(row: ExportRow, when: Parameters<typeof instantOf>[1]): number | null {
  const whole = firstOf(row, ['Timestamp', 'timestamp', 'Date/Time', 'Start time', 'Started at'])
  if (whole !== '') return instantOf(whole, when)
  const date = firstOf(row, ['Call Date', 'Date', 'date'])
  const time = firstOf(row, ['Call Time', 'Time', 'time'])
  return instantOf(time === '' ? date : `${date} ${time}`, when)
}

const ADDRESS = ['Email Address', 'Email', 'email', 'Recipient', 'recipient', 'email_address']
const ACTION = ['Action', 'action', 'Event', 'event', 'Activity', 'activity', 'Status']
const ACTIONS: Readonly<Record<string, string>> = {
  sent: 'email_sent',
  send: 'email_sent',
  delivered: 'email_delivered',
  open: 'email_opened',
  opened: 'email_opened',
  click: 'email_clicked',
  clicked: 'email_clicked',
  bounce: 'email_bounced',
  bounced: 'email_bounced',
  unsub: 'email_unsubscribed',
  unsubscribe: 'email_unsubscribed',
  unsubscribed: 'email_unsubscribed',
  spam: 'email_spam',
  complaint: 'email_spam',
}

/** E-mail tools: sent, opened, clicked. */
export const MAILING: KnownExport = {
  kind: 'mailing',
  title: 'e-mail tool',
  recognises: (columns, rows) =>
    has(columns, ADDRESS) &&
    ACTION.some((column) => {
      const said = rows.flatMap((row) => (row[column] === undefined ? [] : [row[column]]))
      return said.length > 0 && said.every((text) => ACTIONS[text.toLowerCase()] !== undefined)
    }) &&
    has(columns, [
      'Campaign',
      'campaign',
      'Campaign Title',
      'Campaign Name',
      'Subject',
      'campaign_id',
      'Campaign ID',
    ]),
  reads: {
    customer: ADDRESS,
    time: ['Timestamp', 'timestamp', 'Date', 'date', 'Time'],
    event: ACTION,
    url: ['URL', 'url'],
  },
  unfold: eachRow((row, when) => [
    event({
      who: who(addressIn(firstOf(row, ADDRESS))),
      timeMs: instantOf(
        firstOf(row, ['Timestamp', 'timestamp', 'Event Time', 'Date', 'date', 'Time', 'time']),
        when,
      ),
      name: ACTIONS[firstOf(row, ACTION).toLowerCase()] ?? spoken(firstOf(row, ACTION)),
      channel: 'email',
      properties: row,
    }),
  ]),
}
