import {
  commentOf,
  type EventFacts,
  type EventKind,
  type EventType,
  type FeedbackScale,
  NO_FACTS,
  type SegmentAnswer,
  type SegmentEvent,
  type SegmentFacts,
} from '@parcurs/domain'
import { customersAmong } from '../customer-journey/customer-query.ts'
import { journeysOfCustomers } from '../journey/journey-source.ts'
import {
  answersOfCustomers,
  eventsOfCustomers,
  groupTraitsOfCustomers,
  listsOfCustomers,
  traitsOfCustomers,
} from '../journey/tables.ts'
import { clamped, type SegmentReading } from '../segment/segment-reading.ts'
import { type Compiled, compile, param, type Sql, sql } from '../sql.ts'
import type { FactsNeeded } from './facts-needed.ts'

/** What is known of one customer; `exists` is false where there is neither an event nor a trait. */
export interface KnownCustomer {
  readonly exists: boolean
  readonly facts: SegmentFacts
}

/** The queries that read it; null: not needed. */
export interface FactsQueries {
  readonly journeys: Compiled
  readonly traits: Compiled | null
  readonly groupTraits: readonly Compiled[]
  readonly answers: Compiled | null
  readonly lists: Compiled | null
}

/** Numbers are exact as floats: instants, and amounts below 2⁵³. */
export interface JourneyFactsRow {
  readonly customer: string
  readonly times: readonly number[]
  readonly kinds: readonly number[]
  readonly amounts: readonly number[]
  /** Of each event: name, path, properties; missing where no rule looks at them. */
  readonly details?: readonly (readonly [string, string, Readonly<Record<string, string>>])[]
}

export interface TraitFactsRow {
  readonly customer: string
  readonly held: Readonly<Record<string, string>>
}

export interface GroupTraitRow {
  readonly customer: string
  readonly trait: string
  readonly value: string
}

export interface AnswerFactsRow {
  readonly customer: string
  readonly at: number
  readonly scale: FeedbackScale
  readonly score: number
  readonly touchpoint: string
  readonly type: EventType
  readonly name: string
  readonly channel: string
  readonly path: string
  readonly properties: Readonly<Record<string, string>>
}

export interface ListRow {
  readonly customer: string
  readonly list: string
}

/** What the rules look at of some customers, as of the reading. */
export function factsQueries(
  at: SegmentReading,
  needed: FactsNeeded,
  customers: readonly bigint[],
): FactsQueries {
  const among = customersAmong(customers)
  return {
    journeys: journeysQuery(at, needed, among),
    traits: needed.traits.length === 0 ? null : traitsQuery(at, needed.traits, among),
    groupTraits: needed.groupTraits.map((trait) =>
      compile(groupTraitsOfCustomers(at.reading, at.asOfMs, trait, among)),
    ),
    answers: needed.answers ? answersQuery(at, needed, among) : null,
    lists:
      needed.lists.length === 0 ? null : compile(listsOfCustomers(at.reading, needed.lists, among)),
  }
}

function journeysQuery(at: SegmentReading, needed: FactsNeeded, among: Sql): Compiled {
  const { kinds, properties, words } = needed
  const byKind: number[] = [0]
  for (const { code } of at.kinds) byKind[code] = kinds.has(code) ? code : 0
  const detailed = properties.length > 0 || words
  const journeys = journeysOfCustomers(
    at.reading,
    {
      coding: {
        mode: 'first',
        byKind: Array.from(byKind, (code) => code ?? 0),
        openKinds: [],
        cases: [],
      },
      period: at.asOfMs === null ? null : until(at.asOfMs),
      keep: 'all',
      customers: null,
    },
    among,
    detailed ? sql`(toString(name), path, ${chosen(properties)})` : null,
  )
  const details = sql`, arrayFilter((detail, code) -> code != 0, told, codes) AS details`
  // Also a customer none of whose events matter exists.
  return compile(sql`
    SELECT toString(customer) AS customer,
      arrayMap(time -> toFloat64(time), arrayFilter((time, code) -> code != 0, times, codes)) AS times,
      arrayFilter(code -> code != 0, codes) AS kinds,
      arrayMap(value -> toFloat64(value), arrayFilter((value, code) -> code != 0, values, codes)) AS amounts${detailed ? details : sql``}
    FROM (${journeys})`)
}

/** Customers of whom no event is known may have traits all the same. */
export function strangersQuery(at: SegmentReading, customers: readonly bigint[]): Compiled {
  return traitsQuery(at, [], customersAmong(customers))
}

function traitsQuery(at: SegmentReading, traits: readonly string[], among: Sql): Compiled {
  const wanted = param.texts(traits)
  return compile(sql`
    SELECT toString(customer) AS customer,
      CAST((groupArrayIf(toString(trait), has(${wanted}, toString(trait))), groupArrayIf(value, has(${wanted}, toString(trait)))),
        'Map(String, String)') AS held
    FROM (${traitsOfCustomers(at.reading, among, { asOfMs: at.asOfMs, groups: 'left-out' })}) GROUP BY customer`)
}

function answersQuery(at: SegmentReading, { properties }: FactsNeeded, among: Sql): Compiled {
  const columns = sql`message AS event_message, type, name, channel, path, ${chosen(properties)} AS chosen_properties`
  const answers = answersOfCustomers(at.reading, among, sql`true ${since(at)}`)
  const theirs = sql`message IN (SELECT message FROM (${answers}))`
  return compile(sql`
    SELECT toString(customer) AS customer, toFloat64(toUnixTimestamp64Milli(time)) AS at, scale, score, touchpoint,
      toString(type) AS type, toString(name) AS name, toString(channel) AS channel, path, chosen_properties AS properties
    FROM (${answers}) AS given
    LEFT ANY JOIN (
      SELECT event_message, type, name, channel, path, chosen_properties
      FROM (${eventsOfCustomers(at.reading, columns, among, theirs, true)})
    ) AS event ON given.message = event.event_message
    ORDER BY customer, time, message`)
}

function chosen(properties: readonly string[]): Sql {
  const wanted = param.texts(properties)
  return sql`CAST(mapFilter((property, held) -> has(${wanted}, toString(property)), properties), 'Map(String, String)')`
}

function since(at: SegmentReading): Sql {
  return at.asOfMs === null ? sql`` : sql`AND time <= ${param.instant(at.asOfMs)}`
}

function until(asOfMs: number) {
  return { fromMs: clamped(Number.NEGATIVE_INFINITY), toMs: clamped(asOfMs + 1) }
}

export interface FactsRows {
  readonly journeys: readonly JourneyFactsRow[]
  readonly traits: readonly TraitFactsRow[]
  readonly groupTraits: readonly GroupTraitRow[]
  readonly answers: readonly AnswerFactsRow[]
  readonly lists: readonly ListRow[]
}

const NOBODY: KnownCustomer = { exists: false, facts: NO_FACTS }

/** By decimal key, for every customer asked for. */
export function knownCustomers(
  customers: readonly bigint[],
  rows: FactsRows,
  kinds: readonly EventKind[],
): ReadonlyMap<string, KnownCustomer> {
  const byCode = new Map(kinds.map((kind) => [kind.code, kind]))
  const journeys = new Map(rows.journeys.map((row) => [row.customer, row]))
  const traits = new Map(rows.traits.map((row) => [row.customer, row.held]))
  const groups = byCustomer(rows.groupTraits)
  const answers = byCustomer(rows.answers)
  const lists = byCustomer(rows.lists)
  return new Map(
    customers.map((key) => {
      const customer = String(key)
      const journey = journeys.get(customer)
      const held = traits.get(customer)
      if (journey === undefined && held === undefined) return [customer, NOBODY]
      const ofGroups = (groups.get(customer) ?? []).map(({ trait, value }) => [trait, value])
      return [
        customer,
        {
          exists: true,
          facts: {
            events: journey === undefined ? [] : eventsOf(journey, byCode),
            traits: { ...held, ...Object.fromEntries(ofGroups) },
            answers: (answers.get(customer) ?? []).map(answerOf),
            lists: new Set((lists.get(customer) ?? []).map(({ list }) => list)),
          },
        },
      ]
    }),
  )
}

function byCustomer<Row extends { readonly customer: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const held = found.get(row.customer)
    if (held === undefined) found.set(row.customer, [row])
    else held.push(row)
  }
  return found
}

const NO_PROPERTIES: Readonly<Record<string, string>> = {}

function eventsOf(
  { times, kinds, amounts, details }: JourneyFactsRow,
  byCode: ReadonlyMap<number, EventKind>,
): readonly SegmentEvent[] {
  return times.map((timeMs, i) => {
    const kind = byCode.get(kinds[i] ?? 0)
    if (kind === undefined) throw new Error(`an event of the unknown kind ${kinds[i]}`)
    const [name, path, properties] = details?.[i] ?? [kind.name, kind.path, NO_PROPERTIES]
    const { type, channel } = kind
    return { timeMs, value: amounts[i] ?? 0, type, name, channel, path, properties }
  })
}

function answerOf(row: AnswerFactsRow): SegmentAnswer {
  const { at, scale, score, touchpoint, type, name, channel, path, properties } = row
  const event: EventFacts = { type, name, channel, path, properties }
  return { timeMs: at, scale, score, touchpoint, comment: commentOf(properties), event }
}
