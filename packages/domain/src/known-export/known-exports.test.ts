import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UTC } from '../import/zone.ts'
import { exportKindOf, exportRowOf, type ExportKind, KNOWN_EXPORTS } from './known-exports.ts'
import type { Unfolded } from './unfolded.ts'

// packages/domain SPEC.md, "Known exports".

type Table = readonly Readonly<Record<string, string>>[]

interface Case {
  readonly kind: ExportKind
  readonly rows: Table
  /** What its rows stand for, in short. */
  readonly gives: readonly string[]
}

const CASES: readonly Case[] = [
  {
    kind: 'amplitude',
    rows: [
      {
        amplitude_id: '1',
        user_id: 'ann',
        device_id: 'd1',
        event_type: 'Purchase',
        event_time: '2026-03-01 10:00:00.123000',
        $insert_id: 'i1',
        'event_properties.$revenue': '12.5',
      },
      {
        amplitude_id: '1',
        user_id: 'ann',
        device_id: 'd1',
        event_type: '$identify',
        event_time: '2026-03-01 10:00:01.000000',
        $insert_id: 'i2',
        user_properties: '{"plan":"gold"}',
      },
    ],
    gives: ['ann+d1 Purchase 12.5 2026-03-01T10:00:00.123Z', 'ann+d1 is {"plan":"gold"}'],
  },
  {
    kind: 'snowplow',
    rows: [
      {
        event_id: 'e1',
        event: 'page_view',
        event_name: 'page_view',
        collector_tstamp: '2026-03-01 10:00:00.000',
        domain_userid: 'v1',
        page_url: 'https://x.example/a',
      },
      {
        event_id: 'e2',
        event: 'transaction',
        event_name: 'transaction',
        collector_tstamp: '2026-03-01 10:05:00.000',
        domain_userid: 'v1',
        user_id: 'ann',
        tr_total: '9.90',
        tr_orderid: 'o1',
        tr_currency: 'eur',
      },
    ],
    gives: [
      'v1 page_view 2026-03-01T10:00:00.000Z',
      'ann+v1 purchase 9.9 o1 2026-03-01T10:05:00.000Z',
    ],
  },
  {
    kind: 'matomo',
    rows: [
      {
        idVisit: '7',
        visitorId: 'v1',
        serverTimestamp: '1772359200',
        totalEcommerceRevenue: '30',
        actionDetails:
          '[{"type":"action","url":"https://x.example/","timestamp":1772359200},{"type":"ecommerceOrder","orderId":"o1","revenue":30,"timestamp":1772359260}]',
      },
    ],
    gives: [
      'v1 visit 2026-03-01T10:00:00.000Z',
      'v1 page_view 2026-03-01T10:00:00.000Z',
      'v1 purchase 30 o1 2026-03-01T10:01:00.000Z',
    ],
  },
  {
    kind: 'posthog',
    rows: [
      {
        uuid: 'u1',
        event: '$pageview',
        distinct_id: 'anon-1',
        timestamp: '2026-03-01T10:00:00Z',
        properties: '{"$current_url":"https://x.example/","$device_id":"anon-1"}',
      },
      {
        uuid: 'u2',
        event: '$identify',
        distinct_id: 'ann',
        timestamp: '2026-03-01T10:01:00Z',
        properties: '{"$anon_distinct_id":"anon-1","$set":{"plan":"gold"}}',
      },
      {
        uuid: 'u3',
        event: 'order completed',
        distinct_id: 'ann',
        timestamp: '2026-03-01T10:02:00Z',
        properties: '{"revenue":"5.00","currency":"EUR","$device_id":"anon-1"}',
      },
    ],
    gives: [
      'anon-1 page_view 2026-03-01T10:00:00.000Z',
      'ann+anon-1 is {"plan":"gold"}',
      'ann+anon-1 order completed 5 2026-03-01T10:02:00.000Z',
    ],
  },
  {
    kind: 'woocommerce',
    rows: [
      {
        'Order Number': '11',
        'Order Status': 'Completed',
        'Order Date': '2026-03-01 10:00',
        'Email (Billing)': 'a@x.example',
        'Order Total Amount': '20',
        'Item Name': 'Mug',
      },
      {
        'Order Number': '11',
        'Order Status': 'Completed',
        'Order Date': '2026-03-01 10:00',
        'Email (Billing)': 'a@x.example',
        'Order Total Amount': '20',
        'Item Name': 'Bowl',
      },
      {
        'Order Number': '12',
        'Order Status': 'Cancelled',
        'Order Date': '2026-03-02 10:00',
        'Email (Billing)': 'b@x.example',
        'Order Total Amount': '9',
        'Item Name': 'Mug',
      },
    ],
    gives: [
      'a@x.example purchase 20 11 2026-03-01T10:00:00.000Z',
      'b@x.example order_cancelled 12 2026-03-02T10:00:00.000Z',
    ],
  },
  {
    kind: 'ecwid',
    rows: [
      {
        order_number: '5',
        payment_status: 'PAID',
        email: 'a@x.example',
        total: '12',
        order_date: '2026-03-01 10:00:00 +0000',
      },
    ],
    gives: ['a@x.example purchase 12 5 2026-03-01T10:00:00.000Z'],
  },
  {
    kind: 'crm',
    rows: [
      {
        'Deal Name': 'Fleet',
        'Deal Stage': 'Closed Won',
        'Contact Email': 'a@x.example',
        'Close Date': '2026-03-01 10:00',
        Amount: '1,200.00',
      },
      {
        'Deal Name': 'Still open',
        'Deal Stage': 'Appointment scheduled (Sales Pipeline)',
        'Contact Email': 'Cid (c@x.example)',
        'Create Date': '2026-02-01 10:00',
        'Close Date': '2030-01-01 10:00',
        Amount: '50',
      },
      {
        'Deal Name': 'Office',
        'Deal Stage': 'Closed Lost',
        'Contact Email': 'b@x.example',
        'Close Date': '2026-03-02 10:00',
        Amount: '300.00',
      },
    ],
    gives: [
      'a@x.example deal_won 1200 2026-03-01T10:00:00.000Z',
      'c@x.example deal_appointment_scheduled 2026-02-01T10:00:00.000Z',
      'b@x.example deal_lost 2026-03-02T10:00:00.000Z',
    ],
  },
  {
    kind: 'mailing',
    rows: [
      {
        'Email Address': 'a@x.example',
        Action: 'open',
        'Campaign Title': 'March',
        Timestamp: '2026-03-01 10:00:00',
      },
      {
        'Email Address': 'a@x.example',
        Action: 'click',
        'Campaign Title': 'March',
        Timestamp: '2026-03-01 10:01:00',
      },
    ],
    gives: [
      'a@x.example email_opened 2026-03-01T10:00:00.000Z',
      'a@x.example email_clicked 2026-03-01T10:01:00.000Z',
    ],
  },
  {
    kind: 'shopify',
    rows: [
      {
        Name: '#1001',
        Email: 'a@x.example',
        'Financial Status': 'partially_refunded',
        'Created at': '2026-03-01 10:00:00 +0200',
        Currency: 'eur',
        Total: '30.00',
        'Refunded Amount': '5.00',
        'Lineitem name': 'Mug, "blue"',
      },
      { Name: '#1001', Email: 'a@x.example', 'Lineitem name': 'Bowl' },
      {
        Name: '#1002',
        Email: 'b@x.example',
        'Financial Status': 'voided',
        'Created at': '2026-03-01 11:00:00 +0200',
        'Cancelled at': '2026-03-01 12:00:00 +0200',
        Total: '9.00',
        'Lineitem name': 'Mug',
      },
      {
        Name: '#1003',
        Email: 'b@x.example',
        'Financial Status': 'refunded',
        'Created at': '2026-03-02 10:00:00 +0200',
        Total: '7.00',
        'Lineitem name': 'Mug',
      },
      {
        Name: '#1004',
        Email: 'b@x.example',
        'Financial Status': 'pending',
        'Created at': '2026-03-03 10:00:00 +0200',
        Total: '8.00',
        'Lineitem name': 'Mug',
      },
    ],
    gives: [
      'a@x.example purchase 30 #1001 2026-03-01T08:00:00.000Z',
      'a@x.example refund -5 #1001 2026-03-01T08:00:00.000Z',
      'b@x.example order_cancelled #1002 2026-03-01T10:00:00.000Z',
      'b@x.example purchase 7 #1003 2026-03-02T08:00:00.000Z',
      'b@x.example refund -7 #1003 2026-03-02T08:00:00.000Z',
      'b@x.example order_placed #1004 2026-03-03T08:00:00.000Z',
    ],
  },
  {
    kind: 'shopify',
    rows: [
      {
        id: '450789469',
        name: '#1001',
        email: 'a@x.example',
        created_at: '2026-03-01T10:00:00+02:00',
        financial_status: 'partially_refunded',
        total_price: '30.00',
        currency: 'EUR',
        line_items: '[{"name":"Mug"}]',
        refunds:
          '[{"created_at":"2026-03-05T10:00:00+02:00","transactions":[{"amount":"5.00"},{"amount":"1.50"}]},{"created_at":"2026-03-06T10:00:00+02:00","transactions":[{"amount":"2.00"}]}]',
      },
    ],
    gives: [
      'a@x.example purchase 30 #1001 2026-03-01T08:00:00.000Z',
      'a@x.example refund -6.5 #1001 2026-03-05T08:00:00.000Z',
      'a@x.example refund -2 #1001 2026-03-06T08:00:00.000Z',
    ],
  },
  {
    kind: 'woocommerce',
    rows: [
      {
        id: '727',
        number: '727',
        status: 'completed',
        currency: 'EUR',
        date_created: '2026-03-01T12:00:00',
        date_created_gmt: '2026-03-01T10:00:00',
        total: '29.35',
        customer_id: '0',
        'billing.email': 'a@x.example',
        line_items: '[{"name":"Mug"}]',
        refunds: '[{"id":1,"total":"-10.00"}]',
      },
    ],
    gives: [
      'a@x.example purchase 29.35 727 2026-03-01T10:00:00.000Z',
      'a@x.example refund -10 727 2026-03-01T10:00:00.000Z',
    ],
  },
  {
    kind: 'woocommerce',
    rows: [
      {
        Date: '2026-03-01 10:00:00',
        'Order #': '31',
        'Net sales': '12.50',
        Status: 'processing',
        Customer: 'Ann Pop',
        'Product(s)': '1× Mug',
      },
    ],
    gives: ['Ann Pop purchase 12.5 31 2026-03-01T10:00:00.000Z'],
  },
  {
    kind: 'stripe',
    rows: [
      {
        id: 'ch_1',
        'Created (UTC)': '2026-03-01 10:00',
        Amount: '12.50',
        'Amount Refunded': '2.50',
        Currency: 'eur',
        Status: 'Paid',
        'Customer Email': 'a@x.example',
      },
      {
        id: 'ch_2',
        'Created (UTC)': '2026-03-01 11:00',
        Amount: '99.00',
        Currency: 'eur',
        Status: 'Failed',
        'Customer Email': 'a@x.example',
      },
    ],
    gives: [
      'a@x.example purchase 12.5 ch_1 2026-03-01T10:00:00.000Z',
      'a@x.example refund -2.5 ch_1 2026-03-01T10:00:00.000Z',
      'a@x.example payment_failed 2026-03-01T11:00:00.000Z',
    ],
  },
  {
    kind: 'stripe',
    rows: [
      {
        id: 'ch_1',
        object: 'charge',
        amount: '1250',
        amount_refunded: '250',
        currency: 'eur',
        created: '1772359200',
        status: 'succeeded',
        'billing_details.email': 'a@x.example',
      },
      {
        id: 'ch_2',
        object: 'charge',
        amount: '900',
        amount_refunded: '0',
        currency: 'jpy',
        created: '1772359260',
        status: 'succeeded',
        customer: 'cus_1',
      },
      {
        id: 'ch_3',
        object: 'charge',
        amount: '900',
        amount_refunded: '0',
        currency: 'eur',
        created: '1772359320',
        status: 'failed',
        customer: 'cus_1',
      },
    ],
    gives: [
      'a@x.example purchase 12.5 ch_1 2026-03-01T10:00:00.000Z',
      'a@x.example refund -2.5 ch_1 2026-03-01T10:00:00.000Z',
      'cus_1 purchase 900 ch_2 2026-03-01T10:01:00.000Z',
      'cus_1 payment_failed 2026-03-01T10:02:00.000Z',
    ],
  },
  {
    kind: 'snowplow',
    rows: [
      {
        column_1: 'shop',
        column_4: '2026-03-01 10:00:00.123',
        column_6: 'page_view',
        column_7: 'c6ef3124-b53a-4b13-a233-0088f79dcbcb',
        column_13: 'ann',
        column_16: 'v1',
        column_30: 'https://x.example/a',
      },
      {
        column_1: 'shop',
        column_4: '2026-03-01 10:01:00.000',
        column_6: 'struct',
        column_7: 'c6ef3124-b53a-4b13-a233-0088f79dcbcc',
        column_16: 'v1',
        column_55: 'add-to-cart',
      },
    ],
    gives: ['ann+v1 page_view 2026-03-01T10:00:00.123Z', 'v1 add-to-cart 2026-03-01T10:01:00.000Z'],
  },
  {
    kind: 'posthog',
    rows: [
      {
        id: '01',
        event: '$pageview',
        distinct_id: 'ann',
        timestamp: '2026-03-01T10:00:00Z',
        'properties.$current_url': 'https://x.example/',
        elements: '[]',
      },
    ],
    gives: ['ann page_view 2026-03-01T10:00:00.000Z'],
  },
  {
    kind: 'calls',
    rows: [
      {
        Sid: 'CA1',
        From: '+40 711',
        To: '+40 700',
        Direction: 'inbound',
        'Start Time': '2026-03-01 10:00:00',
      },
      {
        Sid: 'CA2',
        From: '+40 700',
        To: '+40 711',
        Direction: 'outbound-api',
        'Start Time': '2026-03-01 11:00:00',
      },
    ],
    gives: [
      '+40711 call_inbound 2026-03-01T10:00:00.000Z',
      '+40711 call_outbound_api 2026-03-01T11:00:00.000Z',
    ],
  },
  {
    kind: 'crm',
    rows: [
      {
        'Deal Name': 'Fleet',
        'Deal Stage': 'Closed Won',
        'Associated Contact IDs': '77;78',
        'Associated Contact': 'Ann Pop (ann@x.example);Bo (bo@x.example)',
        'Close Date': '2026-03-01 10:00',
        Amount: '1,200.00',
      },
      {
        'Deal Name': 'Off',
        'Deal Stage': 'Closed Lost',
        'Associated Contact IDs': '77;78',
        'Close Date': '2026-03-02 10:00',
      },
    ],
    gives: [
      'ann@x.example deal_won 1200 2026-03-01T10:00:00.000Z',
      '77 deal_lost 2026-03-02T10:00:00.000Z',
    ],
  },
  {
    kind: 'ga4',
    rows: [
      {
        event_name: 'refund',
        event_timestamp: '1772359200000000',
        user_pseudo_id: 'v1',
        'ecommerce.refund_value': '5',
        'ecommerce.transaction_id': 'T1',
      },
    ],
    gives: ['v1 refund -5 T1 2026-03-01T10:00:00.000Z'],
  },
  {
    kind: 'mailing',
    rows: [
      {
        email: 'a@x.example',
        event: 'delivered',
        timestamp: '1772359200',
        sg_event_id: 'e1',
        sg_message_id: 'm1',
      },
      {
        email: 'a@x.example',
        event: 'open',
        timestamp: '1772359260',
        sg_event_id: 'e2',
        sg_message_id: 'm1',
      },
    ],
    gives: [
      'a@x.example email_delivered 2026-03-01T10:00:00.000Z',
      'a@x.example email_opened 2026-03-01T10:01:00.000Z',
    ],
  },
  {
    kind: 'mailchimp',
    rows: [
      {
        'Email Address': 'a@x.example',
        'First Name': 'Ann',
        MEMBER_RATING: '3',
        OPTIN_TIME: '2026-03-01 10:00:00',
        CONFIRM_TIME: '2026-03-01 10:05:00',
        LAST_CHANGED: '2026-03-02 10:00:00',
        LEID: '77',
        EUID: 'x1',
        UNSUB_TIME: '2026-03-09 08:00:00',
        UNSUB_REASON: 'too many',
      },
    ],
    gives: [
      'a@x.example is {"Email Address":"a@x.example","First Name":"Ann","MEMBER_RATING":"3","OPTIN_TIME":"2026-03-01 10:00:00","CONFIRM_TIME":"2026-03-01 10:05:00","LAST_CHANGED":"2026-03-02 10:00:00","UNSUB_TIME":"2026-03-09 08:00:00","UNSUB_REASON":"too many"}',
      'a@x.example email_subscribed 2026-03-01T10:05:00.000Z',
      'a@x.example email_unsubscribed 2026-03-09T08:00:00.000Z',
    ],
  },
  {
    kind: 'pipedrive',
    rows: [
      {
        'Deal - ID': '12',
        'Deal - Title': 'Roof',
        'Deal - Value': '1,200.50',
        'Deal - Currency of Value': 'EUR',
        'Deal - Status': 'Won',
        'Deal - Deal created': '2026-03-01 10:00:00',
        'Deal - Won time': '2026-03-08 12:00:00',
        'Deal - Contact person': 'Ann Pop',
        'Person - Email - Work': 'a@x.example',
      },
      {
        'Deal - ID': '13',
        'Deal - Title': 'Wall',
        'Deal - Value': '90',
        'Deal - Status': 'Lost',
        'Deal - Deal created': '2026-03-02 10:00:00',
        'Deal - Lost time': '2026-03-03 12:00:00',
        'Deal - Contact person': 'Bob',
      },
    ],
    gives: [
      'a@x.example deal_created 2026-03-01T10:00:00.000Z',
      'a@x.example deal_won 1200.5 2026-03-08T12:00:00.000Z',
      'Bob deal_created 2026-03-02T10:00:00.000Z',
      'Bob deal_lost 2026-03-03T12:00:00.000Z',
    ],
  },
  {
    kind: 'pipedrive',
    rows: [
      {
        'Activity - ID': '4',
        'Activity - Subject': 'Ask',
        'Activity - Type': 'Call',
        'Activity - Done': 'Done',
        'Activity - Due date': '2026-03-01',
        'Activity - Due time': '09:30',
        'Person - Email': 'a@x.example',
      },
      {
        'Activity - ID': '5',
        'Activity - Subject': 'Meet',
        'Activity - Type': 'Meeting',
        'Activity - Done': 'To do',
        'Activity - Due date': '2026-09-01',
        'Activity - Add time': '2026-03-01 11:00:00',
        'Person - Email': 'a@x.example',
      },
    ],
    gives: [
      'a@x.example call 2026-03-01T09:30:00.000Z',
      'a@x.example meeting_planned 2026-03-01T11:00:00.000Z',
    ],
  },
  {
    kind: 'jira',
    rows: [
      {
        'Issue key': 'SUP-7',
        'Issue Type': 'Bug',
        Summary: 'No heat',
        Status: 'Done',
        Reporter: 'ann',
        Created: '10/Mar/26 3:15 PM',
        Updated: '12/Mar/26 9:00 AM',
        Resolved: '11/Mar/26 8:00 AM',
      },
      {
        'Issue key': 'SUP-8',
        'Issue Type': 'Bug',
        Summary: 'No water',
        Status: 'Closed',
        Reporter: 'bob',
        Created: '10/Mar/26 4:00 PM',
        Updated: '12/Mar/26 9:00 AM',
      },
      {
        'Issue key': 'SUP-9',
        'Issue Type': 'Bug',
        Summary: 'No light',
        Status: 'In Progress',
        Reporter: 'bob',
        Created: '10/Mar/26 5:00 PM',
        Updated: '12/Mar/26 9:00 AM',
      },
    ],
    gives: [
      'ann issue_created 2026-03-10T15:15:00.000Z',
      'ann issue_resolved 2026-03-11T08:00:00.000Z',
      'bob issue_created 2026-03-10T16:00:00.000Z',
      'bob issue_resolved 2026-03-12T09:00:00.000Z',
      'bob issue_created 2026-03-10T17:00:00.000Z',
    ],
  },
  {
    kind: 'mailing',
    rows: [
      {
        'Profile Email': 'a@x.example',
        'Event Name': 'Opened Email',
        'Event Date': '2026-03-01 10:00:00',
        'Campaign Name': 'March',
      },
      {
        'Profile Email': 'a@x.example',
        'Event Name': 'Placed Order',
        'Event Date': '2026-03-01 11:00:00',
        'Campaign Name': 'March',
        Value: '20.00',
      },
    ],
    gives: [
      'a@x.example email_opened 2026-03-01T10:00:00.000Z',
      'a@x.example Placed Order 20 2026-03-01T11:00:00.000Z',
    ],
  },
]

function short(one: Unfolded): string {
  if (one.kind === 'alias') return `${one.previous} is ${one.user}`
  const { user, anonymous } = one.who
  const who = [user, anonymous].filter((id) => id !== '').join('+')
  if (one.kind === 'traits') return `${who} is ${JSON.stringify(one.traits)}`
  const at = one.timeMs === null ? 'at no time' : new Date(one.timeMs).toISOString()
  const order = one.order === '' ? [] : [one.order]
  return [who, one.name, ...(one.value === null ? [] : [one.value]), ...order, at].join(' ')
}

/** As a file has it: the columns in this order, what a row lacks is empty. */
function table(rows: Table, columns: readonly string[]) {
  return { columns, rows: rows.map((row) => columns.map((name) => row[name] ?? '')) }
}

function unfolded(kind: ExportKind, { columns, rows }: ReturnType<typeof table>): string[] {
  const timeFormat = kind === 'jira' ? 'month-name' : 'iso'
  const unfolding = KNOWN_EXPORTS[kind].unfold({ zone: UTC, timeFormat })
  const taken = rows.flatMap((row) => unfolding.take(exportRowOf(columns, row)))
  return [...taken, ...unfolding.end()].map(short)
}

const columnsOf = (rows: Table) => [...new Set(rows.flatMap((row) => Object.keys(row)))]

test.each(CASES)('[KE1] [KE2] $kind', ({ kind, rows, gives }) => {
  const file = table(rows, columnsOf(rows))
  expect(exportKindOf(file)).toBe(kind)
  expect(unfolded(kind, file)).toEqual(gives)
})

test('[KE5] what is solved and does not say when was solved when it changed last, and says so', () => {
  const ticket = {
    Id: '1',
    Subject: 'x',
    'Requester email': 'a@x.example',
    'Created at': '2026-03-01 10:00',
    'Updated at': '2026-03-02 10:00',
  }
  const solvedOf = (status: string, more: Readonly<Record<string, string>> = {}) =>
    KNOWN_EXPORTS.tickets
      .unfold({ zone: UTC, timeFormat: 'iso' })
      .take({ ...ticket, Status: status, ...more })
      .flatMap((one) => (one.kind === 'event' && one.name === 'ticket_solved' ? [one] : []))
  const [solved] = solvedOf('Solved')
  expect(solved?.timeMs).toBe(Date.UTC(2026, 2, 2, 10))
  expect(solved?.properties).toMatchObject({ solved_time_from: 'Updated at' })
  const [told] = solvedOf('Closed', { 'Solved at': '2026-03-01 12:00' })
  expect(told?.timeMs).toBe(Date.UTC(2026, 2, 1, 12))
  expect(told?.properties['solved_time_from']).toBeUndefined()
  expect(solvedOf('Open')).toEqual([])
})

test('[KE3] the order of the columns and columns of one’s own make no difference', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CASES).chain((one) =>
        fc.record({
          one: fc.constant(one),
          columns: fc.shuffledSubarray([...columnsOf(one.rows), 'Notes', 'Łódź'], {
            minLength: columnsOf(one.rows).length + 2,
          }),
        }),
      ),
      ({ one, columns }) => {
        const rows = one.rows.map((row) => ({ ...row, Notes: 'x' }))
        const file = table(rows, columns)
        expect(exportKindOf(file)).toBe(one.kind)
        const said = unfolded(one.kind, file).filter((line) => !line.includes(' is {'))
        expect(said).toEqual(one.gives.filter((line) => !line.includes(' is {')))
      },
    ),
  )
})

test('[KE1] a table of one’s own is no export', () => {
  const own = (...columns: string[]) => exportKindOf({ columns, rows: [columns.map(() => 'x')] })
  expect(own('user_id', 'event', 'timestamp', 'revenue')).toBeNull()
  expect(own('customer', 'time', 'what', 'amount')).toBeNull()
  expect(own('email', 'date', 'action')).toBeNull()
  expect(own('id', 'Status', 'Amount', 'Created')).toBeNull()
  const orders = table(
    [{ Email: 'a@x.example', Date: '2026-03-01', Status: 'delivered', Campaign: 'spring' }],
    ['Email', 'Date', 'Status', 'Campaign'],
  )
  expect(exportKindOf(orders)).toBeNull()
})

test('[KE4] any texts at all are taken without an error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CASES),
      fc.array(
        fc.dictionary(
          fc.constantFrom(...CASES.flatMap(({ rows }) => columnsOf(rows))),
          fc.string(),
        ),
      ),
      ({ kind }, rows) => {
        expect(() => unfolded(kind, table(rows, columnsOf(rows)))).not.toThrow()
      },
    ),
  )
})
