import type { EventKind, EventLeaf, ResolvedCondition, CustomerLeaf } from '@parcurs/domain'
import { eventSql } from '../condition/event-sql.ts'
import { nestSql } from '../condition/nest-sql.ts'
import { traitSql } from '../condition/trait-sql.ts'
import { type Coding, codingOf, openCode } from '../journey/coding.ts'
import { journeysOf } from '../journey/journey-source.ts'
import type { NativeBlock } from '../journey/native-block.ts'
import type { Reading } from '../journey/reading.ts'
import { customerEvents, customerTraits } from '../journey/tables.ts'
import type { Period } from '../question.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import type { Matching } from './matching.ts'

/** Which events of whom a kernel reads, and what of each. */
export interface Selection {
  readonly code: SelectionCode
  /** Only events that pass all of these are there. */
  readonly where: readonly ResolvedCondition[]
  /** Rows are the values of this event property in place of customers; null: customers. */
  readonly unit: string | null
  /** null: the whole history. */
  readonly period: Period | null
  /** `matched`: only events with a code. */
  readonly keep: 'matched' | 'all'
  /** Condition on the column `customer`; null: everybody. */
  readonly customers: Sql | null
  /** Further numbers of each event, as Float64 over the columns of `events`, `customer` and `trait_value`. */
  readonly columns: readonly Sql[]
  /** The trait that stands in `trait_value`, "" for who does not have it; null: none is needed. */
  readonly trait: string | null
}

export type SelectionCode =
  /** Bit i says whether an event is matching i. */
  | { readonly as: 'mask'; readonly bits: readonly Matching[] }
  /** Decided by kind: `byKind[0]` is unused. */
  | { readonly as: 'kinds'; readonly byKind: readonly number[] }
  /** A UInt32 over the columns of `events`. */
  | { readonly as: 'expression'; readonly sql: Sql }

/** The events of one customer (or unit) as the kernels read them. Valid until the next one is asked for. */
export interface SelectedJourney {
  readonly times: Float64Array
  readonly codes: Uint32Array
  readonly columns: readonly Float64Array[]
}

/** Whether the journeys alone can answer: kinds decide, and nothing else of an event is needed. */
export function selectionCoding(selection: Selection, kinds: readonly EventKind[]): Coding | null {
  const { code } = selection
  if (selection.unit !== null || selection.where.length > 0 || selection.columns.length > 0) {
    return null
  }
  if (code.as === 'kinds') return { mode: 'first', byKind: code.byKind, openKinds: [], cases: [] }
  if (code.as === 'expression' || code.bits.some(({ also }) => also.length > 0)) return null
  return maskCoding(code.bits, kinds)
}

/**
 * Rows `customer, times Array(Float64), codes Array(UInt32), x0 Array(Float64), …`, events in order
 * (time, then position, then message).
 */
export function selectionRows(
  reading: Reading,
  kinds: readonly EventKind[],
  selection: Selection,
): Sql {
  const coding = selectionCoding(selection, kinds)
  if (coding === null) return wideRows(reading, kinds, selection)
  const { period, keep, customers } = selection
  const journeys = journeysOf(reading, { coding, period, keep, customers })
  return sql`
    SELECT customer, arrayMap(t -> toFloat64(t), times) AS times, codes FROM (${journeys})`
}

/**
 * Events of the question one by one, for a question about their values. Columns: those asked for.
 *
 * @param among a condition on columns of `events` that all of them pass, so that no others are looked at; null: none
 */
export function selectedEvents(
  reading: Reading,
  kinds: readonly EventKind[],
  selection: Selection,
  columns: Sql,
  among: Sql | null = null,
): Sql {
  const code = codeSql(reading, kinds, selection.code)
  const conditions = [
    ...selection.where.map((condition) => eventCondition(reading, condition)),
    ...(selection.customers === null ? [] : [selection.customers]),
    ...(selection.unit === null ? [] : [sql`properties[${param.text(selection.unit)}] != ''`]),
    ...(selection.keep === 'matched' ? [sql`code != 0`] : []),
  ]
  const where = conditions.length === 0 ? sql`` : sql`WHERE ${join(conditions, ' AND ')}`
  const within = [inPeriod(selection.period), among].flatMap((condition) => condition ?? [])
  const narrowed = within.length === 0 ? null : join(within, ' AND ')
  const events = customerEvents(reading, EVENT_COLUMNS, narrowed)
  const from =
    selection.trait === null
      ? sql`(${events})`
      : sql`(${events}) AS seen LEFT ANY JOIN (
          SELECT customer AS trait_customer, value AS trait_value
          FROM (${customerTraits(reading)}) WHERE trait = ${param.text(selection.trait)}
        ) AS known ON seen.customer = known.trait_customer`
  return sql`
    SELECT ${columns} FROM (SELECT *, toUInt32(${code}) AS code FROM ${from}) ${where}`
}

/** Whose events they are: the customer, or the value of the unit's property. */
export function unitOf({ unit }: Selection): Sql {
  return unit === null ? sql`customer` : sql`cityHash64(properties[${param.text(unit)}])`
}

function wideRows(reading: Reading, kinds: readonly EventKind[], selection: Selection): Sql {
  const wanted = selection.columns
  const extra = wanted.map((column) => sql`, toFloat64(${column})`)
  const events = selectedEvents(
    reading,
    kinds,
    selection,
    sql`${unitOf(selection)} AS unit,
      (toUnixTimestamp64Milli(time), position, message, code${all(extra)}) AS event`,
  )
  const columns = wanted.map(
    (_, i) => sql`, arrayMap(e -> e.${NUMBERS[i + 5] ?? sql`5`}, events) AS ${NAMES[i] ?? sql`x0`}`,
  )
  return sql`
    SELECT unit AS customer, arrayMap(e -> toFloat64(e.1), events) AS times,
      arrayMap(e -> e.4, events) AS codes${all(columns)}
    FROM (SELECT unit, arraySort(e -> (e.1, e.2, e.3), groupArray(event)) AS events FROM (${events}) GROUP BY unit)`
}

const EVENT_COLUMNS = sql`time, position, message, kind, type, name, channel, path, user_id,
  anonymous_id, value, currency, order_id, order_key, properties`

/** At most four further columns. */
const NUMBERS = [sql`0`, sql`1`, sql`2`, sql`3`, sql`4`, sql`5`, sql`6`, sql`7`, sql`8`]
const NAMES = [sql`x0`, sql`x1`, sql`x2`, sql`x3`]

function all(pieces: readonly Sql[]): Sql {
  return { strings: ['', ...pieces.map(() => '')], holes: pieces }
}

function inPeriod(period: Period | null): Sql | null {
  if (period === null) return null
  return sql`time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
}

function codeSql(reading: Reading, kinds: readonly EventKind[], code: SelectionCode): Sql {
  switch (code.as) {
    case 'expression':
      return code.sql
    case 'kinds':
      return sql`${param.codes(code.byKind.slice(1))}[kind]`
    case 'mask': {
      const coding = maskCoding(code.bits, kinds)
      const lookup = sql`${param.codes(coding.byKind.slice(1))}[kind]`
      const byRule =
        coding.openKinds.length === 0
          ? lookup
          : sql`if(has(${param.codes(coding.openKinds)}, kind), ${openCode(coding)}, ${lookup})`
      // Bits that also ask for traits are taken away again where the customer does not have them.
      return code.bits.reduce((mask, { also }, i) => {
        if (also.length === 0) return mask
        const holds = join(
          also.map((condition) => eventCondition(reading, condition)),
          ' AND ',
        )
        const others = param.code(~(1 << i) >>> 0)
        return sql`if(${holds}, ${mask}, bitAnd(${mask}, ${others}))`
      }, byRule)
    }
  }
}

function maskCoding(bits: readonly Matching[], kinds: readonly EventKind[]): Coding {
  const rules = bits.map(({ rule }, i) => ({ code: (1 << i) >>> 0, rule }))
  return codingOf(rules, kinds, 'mask')
}

/** A condition on `kind` that every event with a bit passes, so that no others are looked at. */
export function matchedKinds(
  code: Extract<SelectionCode, { readonly as: 'mask' }>,
  kinds: readonly EventKind[],
): Sql {
  const { byKind, openKinds } = maskCoding(code.bits, kinds)
  const decided = byKind.flatMap((mask, kind) => (mask === 0 ? [] : [kind]))
  return sql`has(${param.codes([...decided, ...openKinds])}, kind)`
}

/** A condition on one event; of traits on its customer. */
function eventCondition(reading: Reading, condition: ResolvedCondition): Sql {
  return nestSql<EventLeaf | CustomerLeaf>(condition, (leaf) =>
    leaf.kind === 'trait' ? traitSql(customerTraits(reading), leaf.trait, leaf) : eventSql(leaf),
  )
}

/** How many columns a block of the rows above has beside times and codes. */
export interface SelectedShape {
  readonly columns: number
}

export function selectedShape(selection: Selection): SelectedShape {
  return { columns: selection.columns.length }
}

/** The journeys of one block of the rows above. */
export function* selectedJourneys(
  block: NativeBlock,
  shape: SelectedShape,
): Generator<SelectedJourney> {
  const times = block.columns.get('times')
  const codes = block.columns.get('codes')
  if (times?.ends == null || codes === undefined) throw new Error('not a block of journeys')
  if (!(times.values instanceof Float64Array) || !(codes.values instanceof Uint32Array)) {
    throw new Error(`not a block of journeys: times ${times.type}, codes ${codes.type}`)
  }
  const extra = Array.from({ length: shape.columns }, (_, i) => floats(block, i))
  let from = 0
  for (const to of times.ends) {
    const [first, past] = [from, to]
    yield {
      times: times.values.subarray(first, past),
      codes: codes.values.subarray(first, past),
      columns: extra.map((values) => values.subarray(first, past)),
    }
    from = to
  }
}

function floats(block: NativeBlock, column: number): Float64Array {
  const values = block.columns.get(`x${column}`)?.values
  if (values instanceof Float64Array) return values
  throw new Error(`not a block of journeys: column ${column} is missing`)
}
