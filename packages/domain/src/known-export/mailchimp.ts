import {
  event,
  eachRow,
  type ExportRow,
  firstOf,
  hasAll,
  instantOf,
  type KnownExport,
  type Unfolded,
  who,
  without,
} from './unfolded.ts'

const ADDRESS = ['Email Address', 'email_address']
const JOINED = ['CONFIRM_TIME', 'OPTIN_TIME', 'timestamp_opt', 'timestamp_signup']
const LEFT = ['UNSUB_TIME']
const CLEANED = ['CLEAN_TIME']
const CHANGED = ['LAST_CHANGED', 'last_changed']
/** Of its own, or of no use to anybody. */
const OWN = ['LEID', 'EUID', 'id', 'unique_email_id', 'contact_id', 'web_id', 'list_id', '_links']

/** The audience of Mailchimp: subscribed, unsubscribed and cleaned contacts, as files or as its interface answers. */
export const MAILCHIMP: KnownExport = {
  kind: 'mailchimp',
  title: 'Mailchimp audience',
  recognises: (columns) =>
    hasAll(columns, ['Email Address', 'LEID', 'EUID']) ||
    hasAll(columns, ['Email Address', 'OPTIN_TIME', 'MEMBER_RATING']) ||
    hasAll(columns, ['email_address', 'unique_email_id', 'status']),
  reads: { customer: ADDRESS, time: [...JOINED, ...LEFT, ...CLEANED, ...CHANGED] },
  unfold: eachRow((row, when): readonly Unfolded[] => {
    const address = firstOf(row, ADDRESS)
    const ids = who(address)
    const gone = goneOf(row)
    const found: Unfolded[] = []
    const happened = (name: string, time: string) => {
      if (time === '') return
      const id = `mailchimp ${address} ${name} ${time}`
      found.push(event({ who: ids, timeMs: instantOf(time, when), name, id, channel: 'email' }))
    }
    happened('email_subscribed', firstOf(row, JOINED))
    if (gone !== null) happened(gone.name, gone.time)
    const latest = firstOf(row, [...CHANGED, ...CLEANED, ...LEFT, ...JOINED])
    const traits = without(row, OWN)
    return [
      { kind: 'traits', who: ids, timeMs: instantOf(latest, when), group: '', traits },
      ...found,
    ]
  }),
}

function goneOf(row: ExportRow): { readonly name: string; readonly time: string } | null {
  const left = firstOf(row, LEFT)
  if (left !== '') return { name: 'email_unsubscribed', time: left }
  const cleaned = firstOf(row, CLEANED)
  if (cleaned !== '') return { name: 'email_cleaned', time: cleaned }
  const { status = '' } = row
  const time = firstOf(row, CHANGED)
  if (status === 'unsubscribed') return { name: 'email_unsubscribed', time }
  return status === 'cleaned' ? { name: 'email_cleaned', time } : null
}
