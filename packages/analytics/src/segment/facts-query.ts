import {
  commentOf,
  type EventType,
  type FeedbackScale,
  type SegmentAnswer,
  type SegmentEvent,
  type SegmentFacts,
} from '@parcurs/domain'
import { eventMoney } from '../journey/order-value.ts'
import type { Reading } from '../journey/reading.ts'
import {
  customerFeedback,
  eventsOfCustomers,
  groupTraitsOfCustomers,
  traitsOfCustomers,
} from '../journey/tables.ts'
import { type Compiled, compile, type Sql, sql } from '../sql.ts'

/** One event. 64-bit numbers as decimal text. */
export interface FactsEventRow {
  readonly customer: string
  readonly at: string
  readonly message: string
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
  readonly properties: Readonly<Record<string, string>>
  /** Ten-thousandths of the workspace's currency; an order in the one event that holds it. */
  readonly held: string
}

export interface FactsTraitRow {
  readonly customer: string
  readonly trait: string
  readonly value: string
}

export interface FactsAnswerRow {
  readonly customer: string
  readonly at: string
  readonly message: string
  readonly scale: FeedbackScale
  readonly score: number
  readonly touchpoint: string
}

/** Everything that `decide` needs of some customers, except their lists: three queries. */
export function factsQueries(
  reading: Reading,
  customers: Sql,
): { readonly events: Compiled; readonly traits: Compiled; readonly answers: Compiled } {
  const columns = sql`time, position, message, type, name, channel, path, properties,
    ${eventMoney(reading, null)} AS held`
  return {
    events: compile(sql`
      SELECT toString(customer) AS customer, toString(toUnixTimestamp64Milli(time)) AS at, toString(message) AS message,
        toString(type) AS type, toString(name) AS name, toString(channel) AS channel, path, properties,
        toString(held) AS held
      FROM (SELECT * FROM (${eventsOfCustomers(reading, columns, customers)}) ORDER BY customer, time, position, message)`),
    traits: compile(sql`
      SELECT toString(customer) AS customer, trait, value FROM (${traitsOfCustomers(reading, customers)})
      UNION ALL
      SELECT toString(customer) AS customer,
        concat('group.', if(holder = 'group', 'account', substring(holder, 7)), '.', trait) AS trait, value
      FROM (${groupTraitsOfCustomers(reading, customers)})`),
    answers: compile(sql`
      SELECT toString(customer) AS customer, toString(toUnixTimestamp64Milli(time)) AS at,
        toString(message) AS message, toString(scale) AS scale, score, touchpoint
      FROM (SELECT * FROM (${customerFeedback(reading)}) WHERE customer IN (${customers}) ORDER BY customer, time, message)`),
  }
}

/** The rows by customer; whoever has none is not in it. */
export function factsByCustomer(
  events: readonly FactsEventRow[],
  traits: readonly FactsTraitRow[],
  answers: readonly FactsAnswerRow[],
  listsOf: (customer: string) => ReadonlySet<string>,
): ReadonlyMap<string, SegmentFacts> {
  const eventsOf = grouped(events)
  const traitsOf = grouped(traits)
  const answersOf = grouped(answers)
  const customers = new Set([...eventsOf.keys(), ...traitsOf.keys(), ...answersOf.keys()])
  return new Map(
    [...customers].map((customer) => {
      const rows = eventsOf.get(customer) ?? []
      return [
        customer,
        {
          events: rows.map(segmentEvent),
          traits: Object.fromEntries(
            (traitsOf.get(customer) ?? []).map(({ trait, value }) => [trait, value]),
          ),
          answers: withEvents(answersOf.get(customer) ?? [], rows),
          lists: listsOf(customer),
        },
      ]
    }),
  )
}

function segmentEvent(row: FactsEventRow): SegmentEvent {
  const { at, type, name, channel, path, properties, held } = row
  return { timeMs: Number(at), type, name, channel, path, properties, value: Number(held) }
}

function withEvents(
  answers: readonly FactsAnswerRow[],
  events: readonly FactsEventRow[],
): readonly SegmentAnswer[] {
  const byMessage = new Map(events.map((event) => [event.message, event]))
  return answers.flatMap(({ at, message, scale, score, touchpoint }) => {
    const event = byMessage.get(message)
    if (event === undefined) return []
    return [
      { timeMs: Number(at), scale, score, touchpoint, comment: commentOf(event.properties), event },
    ]
  })
}

function grouped<Row extends { readonly customer: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const group = groups.get(row.customer)
    if (group === undefined) groups.set(row.customer, [row])
    else group.push(row)
  }
  return groups
}
