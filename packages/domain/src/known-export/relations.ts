import { solvedAt } from './solved.ts'
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
  moneyIn,
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
export function spoken(text: string): string {
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
  reads: {
    customer: [...CONTACT, 'Record ID'],
    time: WHEN,
    event: [...ACTIVITY, ...STAGE],
    value: ['Amount'],
  },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const activity = firstOf(row, ACTIVITY)
    const deal = row['Deal Name'] !== undefined
    const timeMs = instantOf(firstOf(row, WHEN), when)
    const ids = who(contactIn(row) || (deal ? '' : (row['Record ID'] ?? '')))
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

/** An address wherever one is told: contacts, deals and activities share it. Of several people the first. */
function contactIn(row: ExportRow): string {
  const told = CONTACT.flatMap((column) => row[column] ?? []).map((text) => addressIn(text))
  const said = told.find((text) => text.includes('@')) ?? told[0] ?? ''
  return said.split(';', 1)[0]?.trim() ?? ''
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
const TICKET_MADE = [
  'Created at',
  'created_at',
  'Created time',
  'Created At',
  'Create date',
  'Opened',
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

const TICKET_STATUS = ['Status', 'status', 'Ticket status', 'Ticket Status', 'State']
const TICKET_CHANGED = [
  'Status updated at',
  'Updated at',
  'updated_at',
  'Updated time',
  'Last updated',
  'Last updated time',
  'Updated At',
]

/** Tickets of help desks: made, and solved: when the file says so, else when a solved one was changed last. */
export const TICKETS: KnownExport = {
  kind: 'tickets',
  title: 'help-desk tickets',
  recognises: (columns) =>
    has(columns, REQUESTER) &&
    has(columns, ['Subject', 'subject', 'Ticket ID', 'Ticket id']) &&
    has(columns, TICKET_MADE),
  reads: {
    customer: REQUESTER,
    time: [...TICKET_MADE, ...SOLVED, ...TICKET_CHANGED],
    event: [],
    id: ['Id', 'ID', 'id', 'Ticket ID'],
  },
  unfold: eachRow((row, when) => {
    const id = firstOf(row, ['Id', 'ID', 'id', 'Ticket ID', 'Ticket id'])
    const ids = who(addressIn(firstOf(row, REQUESTER)))
    const base = { who: ids, properties: row, channel: '' }
    const made = instantOf(firstOf(row, TICKET_MADE), when)
    const solved = solvedAt(row, when, {
      solved: SOLVED,
      status: TICKET_STATUS,
      changed: TICKET_CHANGED,
    })
    const of = (what: string) => (id === '' ? '' : `ticket ${id} ${what}`)
    return [
      event({ ...base, timeMs: made, name: 'ticket_created', id: of('created') }),
      ...(solved === null
        ? []
        : [
            event({
              ...base,
              timeMs: solved.timeMs,
              name: 'ticket_solved',
              id: of('solved'),
              properties: { ...row, ...solved.said },
            }),
          ]),
    ]
  }),
}

const CALLER = ['Caller', 'From', 'Caller ID', 'from', 'caller']
const CALLED = ['Callee', 'To', 'Called', 'to', 'callee']
const NUMBER = ['Phone Number', 'Phone number', 'Number', 'phone', 'phone_number', ...CALLER]
const CALL_TYPE = ['Call Type', 'Call type', 'Direction', 'call_type', 'direction', 'Type']
const CALL_WORDS = /^(incoming|outgoing|missed|inbound|outbound|rejected|voicemail)(-[a-z]+)?$/i
const CALL_WHEN = [
  'Timestamp',
  'timestamp',
  'Date/Time',
  'Start time',
  'Start Time',
  'StartTime',
  'start_time',
  'Started at',
  'started_at',
]
const CALL_DATE = ['Call Date', 'Date', 'date']
const CALL_CLOCK = ['Call Time', 'Time', 'time']

/** Call logs: the kind of call is the event, the number the customer. */
export const CALLS: KnownExport = {
  kind: 'calls',
  title: 'call log',
  recognises: (columns, rows) =>
    has(columns, NUMBER) &&
    CALL_TYPE.some((column) => rows.some((row) => CALL_WORDS.test(row[column] ?? ''))),
  reads: {
    customer: [...NUMBER, ...CALLED],
    time: [...CALL_WHEN, ...CALL_DATE],
    event: CALL_TYPE,
    id: ['Sid', 'Call ID', 'call_id'],
  },
  unfold: eachRow((row, when) => {
    const type = firstOf(row, CALL_TYPE)
    // Of a call that the house made, the other end is the customer.
    const other = /^out/i.test(type) ? [...without(NUMBER, CALLER), ...CALLED, ...CALLER] : NUMBER
    const id = firstOf(row, ['Sid', 'Call ID', 'call_id'])
    return [
      event({
        who: who(firstOf(row, other).replace(/[\s()-]/g, '')),
        timeMs: callTime(row, when),
        id: id === '' ? '' : `call ${id}`,
        name: `call_${spoken(type)}`,
        channel: 'call',
        properties: row,
      }),
    ]
  }),
}

function without(columns: readonly string[], others: readonly string[]): readonly string[] {
  return columns.filter((column) => !others.includes(column))
}

function callTime(row: ExportRow, when: Parameters<typeof instantOf>[1]): number | null {
  const whole = firstOf(row, CALL_WHEN)
  if (whole !== '') return instantOf(whole, when)
  const date = firstOf(row, CALL_DATE)
  const time = firstOf(row, CALL_CLOCK)
  return instantOf(time === '' ? date : `${date} ${time}`, when)
}

const ADDRESS = [
  'Email Address',
  'Email',
  'email',
  'Recipient',
  'recipient',
  'email_address',
  'Profile Email',
  'Contact',
]
const ACTION = [
  'Action',
  'action',
  'Event',
  'event',
  'Event Name',
  'Metric',
  'Activity',
  'activity',
  'Event Type',
  'type',
  'Status',
]
const MAILED = [
  'Timestamp',
  'timestamp',
  'Event Time',
  'Event Date',
  'Date',
  'date',
  'Time',
  'time',
  'created',
  'Created',
  'occurred_at',
  'datetime',
]
const MAIL_ID = ['sg_event_id', 'event_id', 'Event ID']
/** What says that it is mail: a campaign, a subject, or the tool's own ids. */
const MAIL = [
  'Campaign',
  'campaign',
  'Campaign Title',
  'Campaign Name',
  'campaign_name',
  'Subject',
  'subject',
  'campaign_id',
  'Campaign ID',
  'emailCampaignId',
  'Flow',
  'sg_event_id',
  'sg_message_id',
  'message.headers.subject',
  'message.headers.message-id',
]
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
  complained: 'email_spam',
  spamreport: 'email_spam',
  'marked email as spam': 'email_spam',
  'received email': 'email_delivered',
  'opened email': 'email_opened',
  'clicked email': 'email_clicked',
  'bounced email': 'email_bounced',
  'unsubscribed from email marketing': 'email_unsubscribed',
  'first opening': 'email_opened',
  'hard bounce': 'email_bounced',
  'soft bounce': 'email_bounced',
  hard_bounce: 'email_bounced',
  soft_bounce: 'email_bounced',
  failed: 'email_bounced',
  group_unsubscribe: 'email_unsubscribed',
  dropped: 'email_dropped',
  'dropped email': 'email_dropped',
  processed: 'email_processed',
  deferred: 'email_deferred',
  accepted: 'email_accepted',
}

const ONLY_MAIL = /open|click|bounc|unsub|spam|complain|email/i

/** E-mail tools: sent, opened, clicked. */
export const MAILING: KnownExport = {
  kind: 'mailing',
  title: 'e-mail tool',
  recognises: (columns, rows) =>
    has(columns, ADDRESS) &&
    ACTION.some((column) => {
      const said = rows.flatMap((row) => (row[column] === undefined ? [] : [row[column]]))
      const known = said.filter((text) => ACTIONS[text.toLowerCase()] !== undefined)
      // Orders are sent and delivered, too; beside mail some tools tell what the shop did.
      return said.some((text) => ONLY_MAIL.test(text))
        ? known.length * 2 >= said.length
        : known.length > 0 && known.length === said.length && column !== 'Status'
    }) &&
    has(columns, MAIL),
  reads: {
    customer: ADDRESS,
    time: MAILED,
    event: ACTION,
    id: MAIL_ID,
    url: ['URL', 'url'],
  },
  unfold: eachRow((row, when) => {
    const action = firstOf(row, ACTION)
    const mailed = ACTIONS[action.toLowerCase()]
    const id = firstOf(row, MAIL_ID)
    return [
      event({
        who: who(addressIn(firstOf(row, ADDRESS))),
        timeMs: instantOf(firstOf(row, MAILED), when),
        id: id === '' ? '' : `mail ${id}`,
        url: row['URL'] ?? row['url'] ?? '',
        properties: row,
        ...(mailed === undefined
          ? { name: action, ...moneyIn(row) }
          : { name: mailed, channel: 'email' }),
      }),
    ]
  }),
}
