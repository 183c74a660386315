import { compile, param, shownMessages, sql } from '@parcurs/analytics'
import { FIRST_IMPORT } from '@parcurs/domain'
import { bufferOf, type EncodedEvents, EVENT_COLUMNS, startOf } from '../log/event-row.ts'
import type { EventStore } from '../log/event-store.ts'
import { pendingRemovals } from '../log/removals.ts'
import { EventReader, type ReadEvent } from '../log/read-event.ts'
import type { OwnId } from './own-ids.ts'

/** A row whose id is here already with other content: it was not stored. */
export interface Collision {
  /** Where it stands in its file. */
  readonly line: number
  readonly id: string
  /** Where the event that is here came from: a row of a file; of a key, its number and no row. */
  readonly source: number
  /** From 1, without the header; null: no file brought it. */
  readonly row: number | null
  /** What both say, and say otherwise. */
  readonly differs: readonly Difference[]
}

export interface Difference {
  readonly what:
    | 'customer'
    | 'anonymous'
    | 'time'
    | 'event'
    | 'value'
    | 'currency'
    | 'order'
    | 'property'
  /** Of a property. */
  readonly name: string
  readonly here: string
  readonly there: string
}

export interface Collisions {
  readonly count: number
  /** The first of them. */
  readonly shown: readonly Collision[]
}

/** So many are shown of a file. */
export const COLLISIONS_SHOWN = 20

const LOOKED_UP_AT_ONCE = 4000
const DIFFERENCES_SHOWN = 3
const TEXT_SHOWN = 80

interface Known {
  readonly own: OwnId
  readonly event: ReadEvent
}

/**
 * Those of the known rows that are no repeat: the event with their id says something else. What only one of the two
 * says (a column that was read as a property, or was not there) is no difference; who, when, what and money are.
 *
 * @param known indexes of events that were not stored because their messages were known
 */
export async function collisionsOf(
  store: Pick<EventStore, 'stores'>,
  workspace: number,
  events: EncodedEvents,
  known: ReadonlySet<number>,
  ids: readonly (OwnId | undefined)[] | null,
): Promise<Collisions> {
  if (ids === null) return { count: 0, shown: [] }
  const inOrder = [...known].toSorted((a, b) => a - b)
  const rows = inOrder.flatMap((i) => {
    const own = ids[i]
    return own === undefined ? [] : [{ own, event: eventAt(events, i) }]
  })
  const shown: Collision[] = []
  let count = 0
  for (let at = 0; at < rows.length; at += LOOKED_UP_AT_ONCE) {
    const some = rows.slice(at, at + LOOKED_UP_AT_ONCE)
    for (const { own, event, stored } of await withStored(store, workspace, some)) {
      const differs = differences(event, stored)
      if (differs.length === 0) continue
      count++
      if (shown.length < COLLISIONS_SHOWN) shown.push(collisionOf(own, stored, differs))
    }
  }
  return { count, shown }
}

/**
 * The rows with the events that are stored under their ids. Nearly all are by the same customer, where the store finds
 * them fast; for the others it is asked by the message alone.
 */
async function withStored(
  store: Pick<EventStore, 'stores'>,
  workspace: number,
  rows: readonly Known[],
): Promise<readonly (Known & { readonly stored: ReadEvent })[]> {
  const stored = await storedEvents(store, workspace, rows, true)
  const left = rows.filter(({ event }) => !stored.has(event.message))
  const others = left.length === 0 ? stored : await storedEvents(store, workspace, left, false)
  return rows.flatMap((row) => {
    const { message } = row.event
    const found = stored.get(message) ?? others.get(message)
    return found === undefined ? [] : [{ ...row, stored: found }]
  })
}

async function storedEvents(
  { stores }: Pick<EventStore, 'stores'>,
  workspace: number,
  rows: readonly Known[],
  ofSameKey: boolean,
): Promise<ReadonlyMap<bigint, ReadEvent>> {
  const there = shownMessages(await pendingRemovals(stores.database, workspace))
  const keys = param.keys([...new Set(rows.map(({ event }) => event.key))])
  const messages = param.messages(rows.map(({ event }) => event.message))
  // The columns are names of ours, in the one order in which they are read.
  const query = compile(sql`
    SELECT EVENT_COLUMNS FROM events
    WHERE workspace = ${param.workspace(workspace)} ${ofSameKey ? sql`AND key IN ${keys}` : sql``}
      AND message IN ${messages} ${there === null ? sql`` : sql`AND ${there}`}`)
  const text = query.text.replace('EVENT_COLUMNS', EVENT_COLUMNS.join(', '))
  const reader = new EventReader()
  const found = new Map<bigint, ReadEvent>()
  for await (const bytes of await stores.clickhouse.bytes({ ...query, text }, 'RowBinary')) {
    if (!Buffer.isBuffer(bytes)) continue
    for (const event of reader.read(bytes)) found.set(event.message, event)
  }
  return found
}

function eventAt(events: EncodedEvents, row: number): ReadEvent {
  const [event] = new EventReader().read(
    bufferOf(events).subarray(startOf(events, row), events.ends[row]),
  )
  if (event === undefined) throw new Error('a row that was encoded cannot be read')
  return event
}

function collisionOf(
  { id, line }: OwnId,
  { source, position }: ReadEvent,
  differs: readonly Difference[],
): Collision {
  const row = source >= FIRST_IMPORT ? position + 1 : null
  return { line, id, source, row, differs: differs.slice(0, DIFFERENCES_SHOWN) }
}

/** What two events of one id say otherwise. */
export function differences(here: ReadEvent, there: ReadEvent): readonly Difference[] {
  const found: Difference[] = []
  const compare = (what: Difference['what'], a: string, b: string, name = '') => {
    if (a !== b) found.push({ what, name, here: cut(a), there: cut(b) })
  }
  compare('time', new Date(here.timeMs).toISOString(), new Date(there.timeMs).toISOString())
  compare('event', here.name, there.name)
  compare('customer', here.userId, there.userId)
  compare('anonymous', here.anonymousId, there.anonymousId)
  compare('value', amountText(here.value), amountText(there.value))
  if (here.value !== null && there.value !== null)
    compare('currency', here.currency, there.currency)
  compare('order', here.orderId, there.orderId)
  for (const [name, text] of Object.entries(here.properties)) {
    const other = there.properties[name]
    if (other !== undefined) compare('property', text, other, name)
  }
  return found
}

function amountText(ticks: number | null): string {
  return ticks === null ? '' : String(ticks / 10_000)
}

function cut(text: string): string {
  return text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}…` : text
}
