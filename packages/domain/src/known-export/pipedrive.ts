import { spoken } from './relations.ts'
import {
  addressIn,
  currencyOf,
  event,
  eachRow,
  type ExportRow,
  type ExportSettings,
  firstOf,
  hasAll,
  instantOf,
  type KnownExport,
  moneyOf,
  type Unfolded,
  who,
} from './unfolded.ts'

const DEAL = {
  id: ['Deal - ID', 'id'],
  created: ['Deal - Deal created', 'add_time'],
  won: ['Deal - Won time', 'won_time'],
  lost: ['Deal - Lost time', 'lost_time'],
  closed: ['Deal - Deal closed on', 'close_time'],
  status: ['Deal - Status', 'status'],
  value: ['Deal - Value', 'value'],
  currency: ['Deal - Currency of Value', 'Deal - Currency', 'currency'],
}
const PERSON = { id: ['Person - ID'], created: ['Person - Person created', 'Person - Created'] }
const ACTIVITY = {
  id: ['Activity - ID'],
  type: ['Activity - Type'],
  done: ['Activity - Marked as done time'],
  created: ['Activity - Activity created', 'Activity - Add time', 'Activity - Creation date'],
}
const MAIL = ['Person - Email', 'Person - Email - Work', 'Person - Email - Home', 'person_id.email']
const CONTACT = [
  'Deal - Contact person',
  'Activity - Contact person',
  'Person - Name',
  'person_name',
  'Deal - Organization',
  'Activity - Organization',
  'org_name',
]

/** Deals, people and activities of Pipedrive, as files or, of deals, as its interface answers. */
export const PIPEDRIVE: KnownExport = {
  kind: 'pipedrive',
  title: 'Pipedrive',
  recognises: (columns) =>
    hasAll(columns, ['Deal - Title', 'Deal - Status']) ||
    hasAll(columns, ['Activity - Subject', 'Activity - Type']) ||
    (columns.has('Person - Name') && PERSON.created.some((name) => columns.has(name))) ||
    hasAll(columns, ['title', 'status', 'add_time', 'stage_id']),
  reads: {
    customer: [...MAIL, ...CONTACT],
    time: [
      ...DEAL.created,
      ...DEAL.won,
      ...DEAL.lost,
      ...ACTIVITY.done,
      'Activity - Due date',
      ...ACTIVITY.created,
      ...PERSON.created,
    ],
    event: [...DEAL.status, ...ACTIVITY.type],
    value: DEAL.value,
    currency: DEAL.currency,
  },
  unfold: eachRow((row, when) => {
    if (firstOf(row, ['Activity - Subject', ...ACTIVITY.type]) !== '') return [activity(row, when)]
    return firstOf(row, ['Deal - Title', 'title']) === '' ? person(row, when) : deal(row, when)
  }),
}

/** An address, whichever column holds one; else the name of the contact or of its company. */
function whoIn(row: ExportRow) {
  const mail = MAIL.concat(Object.keys(row).filter((name) => name.startsWith('Person - Email')))
  const address = addressIn(firstOf(row, mail))
  return who(address.includes('@') ? address : firstOf(row, CONTACT))
}

function deal(row: ExportRow, when: ExportSettings): readonly Unfolded[] {
  const id = firstOf(row, DEAL.id)
  const base = { who: whoIn(row), properties: row }
  const of = (what: string) => (id === '' ? '' : `pipedrive deal ${id} ${what}`)
  const created = event({
    ...base,
    timeMs: instantOf(firstOf(row, DEAL.created), when),
    name: 'deal_created',
    id: of('created'),
  })
  const status = firstOf(row, DEAL.status).toLowerCase()
  if (status === 'won') {
    return [
      created,
      event({
        ...base,
        timeMs: instantOf(firstOf(row, [...DEAL.won, ...DEAL.closed]), when),
        name: 'deal_won',
        id: of('won'),
        value: moneyOf(firstOf(row, DEAL.value), when),
        currency: currencyOf(firstOf(row, DEAL.currency)),
      }),
    ]
  }
  if (status !== 'lost') return [created]
  const timeMs = instantOf(firstOf(row, [...DEAL.lost, ...DEAL.closed]), when)
  return [created, event({ ...base, timeMs, name: 'deal_lost', id: of('lost') })]
}

function person(row: ExportRow, when: ExportSettings): readonly Unfolded[] {
  const ids = whoIn(row)
  const timeMs = instantOf(firstOf(row, PERSON.created), when)
  const number = firstOf(row, PERSON.id)
  const id = number === '' ? '' : `pipedrive person ${number} created`
  return [
    { kind: 'traits', who: ids, timeMs, group: '', traits: row },
    event({ who: ids, timeMs, name: 'contact_created', id }),
  ]
}

/** What is only planned has not happened: it stands where it was planned. */
function activity(row: ExportRow, when: ExportSettings): Unfolded {
  const number = firstOf(row, ACTIVITY.id)
  const done =
    firstOf(row, ACTIVITY.done) !== '' ||
    /^(done|yes|true|1)$/i.test(firstOf(row, ['Activity - Done', 'Activity - Status']))
  const due = [row['Activity - Due date'], row['Activity - Due time']]
  const text = done
    ? firstOf(row, ACTIVITY.done) || due.filter((part) => part !== undefined).join(' ')
    : firstOf(row, ACTIVITY.created)
  const name = spoken(firstOf(row, ACTIVITY.type)) || 'activity'
  return event({
    who: whoIn(row),
    timeMs: instantOf(text, when),
    name: done ? name : `${name}_planned`,
    id: number === '' ? '' : `pipedrive activity ${number} ${done ? 'done' : 'planned'}`,
    properties: row,
  })
}
