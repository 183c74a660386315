import type { EventType } from '../event.ts'
import type { FlatProperties } from '../flat-properties.ts'
import { isIdentity } from '../identity.ts'
import type { ColumnRole } from '../import/import-options.ts'
import { readMoney, readNumber } from '../import/money-text.ts'
import type { DecimalMark } from '../import/number-text.ts'
import { readTime, type TimeFormat } from '../import/time-text.ts'
import type { Zone } from '../import/zone.ts'
import { screenName } from '../view-event.ts'

/** A row of an export: text by column; what is empty is left out. */
export type ExportRow = Readonly<Record<string, string>>

/** Who did it; empty: not said. */
export interface Who {
  readonly user: string
  readonly anonymous: string
}

/** What a row of a known export says, once its own way of saying it is undone. */
export type Unfolded =
  | {
      readonly kind: 'event'
      readonly who: Who
      /** As the file has it; null: it cannot be read. */
      readonly timeMs: number | null
      readonly type: EventType
      readonly name: string
      /** Once for ever; empty: the row is known by its cells. */
      readonly id: string
      /** null: none; NaN: what stands there is no amount. */
      readonly value: number | null
      /** ISO 4217 in capitals; empty: not said. */
      readonly currency: string
      readonly order: string
      /** Address or path of the page; empty: none. */
      readonly url: string
      /** Said outright; empty: told by the rest. */
      readonly channel: string
      readonly properties: FlatProperties
    }
  | {
      readonly kind: 'traits'
      readonly who: Who
      readonly timeMs: number | null
      /** Empty: of the customer alone. */
      readonly group: string
      readonly traits: FlatProperties
    }
  | {
      readonly kind: 'alias'
      readonly previous: string
      readonly user: string
      readonly timeMs: number | null
    }

export type UnfoldedEvent = Unfolded & { readonly kind: 'event' }

/** What the person who imports says, for what the file does not. */
export interface ExportSettings {
  /** Of times that do not say theirs. */
  readonly zone: Zone
  /** As the sample's times are written, where that is not plain from each. */
  readonly timeFormat: TimeFormat
  /** How amounts are written that are two numbers else; absent: with a point, as programs write. */
  readonly decimal?: DecimalMark
}

/** Takes rows one after the other; some exports write one thing in several rows. */
export interface Unfolding {
  /** What a row gives is of the rows before it, held until they were whole. */
  readonly holds: boolean
  readonly take: (row: ExportRow) => readonly Unfolded[]
  /** What was held back until the last row. */
  readonly end: () => readonly Unfolded[]
}

/** One kind of export that is known by its shape. */
export interface KnownExport {
  readonly kind: string
  /** The name of the program. */
  readonly title: string
  /** Whether columns and first rows have its shape. */
  readonly recognises: (columns: ReadonlySet<string>, rows: readonly ExportRow[]) => boolean
  /** Its times are UTC where they say no zone, whatever the workspace's is. */
  readonly utc?: true
  /** The columns that fill the roles, for whoever looks. */
  readonly reads: Readonly<Partial<Record<ColumnRole, readonly string[]>>>
  readonly unfold: (settings: ExportSettings) => Unfolding
}

/** Of an export whose rows stand each for itself. */
export function eachRow(
  unfold: (row: ExportRow, settings: ExportSettings) => readonly Unfolded[],
): KnownExport['unfold'] {
  return (settings) => ({
    holds: false,
    take: (row) => unfold(row, settings),
    end: () => [],
  })
}

export function event(
  said: Pick<UnfoldedEvent, 'who' | 'timeMs' | 'name'> & Partial<UnfoldedEvent>,
): UnfoldedEvent {
  return {
    kind: 'event',
    type: 'track',
    id: '',
    value: null,
    currency: '',
    order: '',
    url: '',
    channel: '',
    properties: {},
    ...said,
    ...(said.type === 'screen'
      ? { url: screenName(said.properties ?? {}) || (said.url ?? '') }
      : {}),
  }
}

export function who(user: string | undefined, anonymous?: string): Who {
  const named = (text = '') => (isIdentity(text) ? text.trim() : '')
  return { user: named(user), anonymous: named(anonymous) }
}

/** The first of the columns that is filled. */
export function firstOf(row: ExportRow, columns: readonly string[]): string {
  for (const column of columns) {
    const text = row[column]
    if (text !== undefined && text !== '') return text
  }
  return ''
}

const EMAIL = /[^\s<>(),;"]+@[^\s<>(),;"]+\.[^\s<>(),;"]+/

/** `Ann Pop (ann@x.example)` and `Ann Pop <ann@x.example>` are that address; without one the text itself. */
export function addressIn(text: string): string {
  return EMAIL.exec(text)?.[0] ?? text
}

/** Money or a count; null: none, or it is no number. */
export function amountOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null
  return readNumber(text, 'point')
}

/** Money of an order or a payment, which must not be lost. null: none; NaN: what stands there is no amount. */
export function moneyOf(
  text: string | undefined,
  { decimal = 'point' }: ExportSettings,
): number | null {
  const read = readMoney(text ?? '', decimal ?? 'point')
  return read.kind === 'amount' ? read.amount : read.kind === 'none' ? null : Number.NaN
}

/** Seconds to nanoseconds since 1970 by their size, or written out; null: it cannot be read, or is not there. */
export function instantOf(
  text: string | undefined,
  { zone, timeFormat }: ExportSettings,
): number | null {
  if (text === undefined || text === '') return null
  const plain = readTime(text, 'iso', zone)
  if (plain !== null) return plain
  if (/^\d{9,19}(\.\d+)?$/.test(text)) {
    const digits = text.split('.', 1)[0]?.length ?? 0
    const format =
      digits <= 11 ? 'epoch-s' : digits <= 14 ? 'epoch-ms' : digits <= 17 ? 'epoch-us' : 'epoch-ns'
    return readTime(text, format, zone)
  }
  return readTime(text, timeFormat, zone)
}

/** Those under a prefix by the names behind it. */
export function under(row: ExportRow, prefix: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [column, text] of Object.entries(row)) {
    if (column.startsWith(prefix) && text !== '') found[column.slice(prefix.length)] = text
  }
  return found
}

/** All but the columns that are told otherwise. */
export function without(row: ExportRow, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)))
}

/** JSON inside a cell; undefined: it is none. */
export function jsonIn(text: string | undefined): unknown {
  if (text === undefined || !/^[[{]/.test(text)) return undefined
  try {
    const parsed: unknown = JSON.parse(text)
    return parsed
  } catch {
    return undefined
  }
}

/** What a JSON cell holds, flat, as JSON lines are. */
export function flatJson(value: unknown, prefix = ''): Record<string, string> {
  const found: Record<string, string> = {}
  const walk = (held: unknown, name: string) => {
    if (held === null || held === undefined) return
    if (typeof held === 'object' && !Array.isArray(held)) {
      for (const [key, inner] of Object.entries(held)) {
        walk(inner, name === '' ? key : `${name}.${key}`)
      }
    } else if (name !== '') found[name] = typeof held === 'string' ? held : JSON.stringify(held)
  }
  walk(value, prefix)
  return found
}

const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  value: [
    'value',
    'revenue',
    'total',
    'amount',
    '$amount',
    'billingamount',
    '$revenue',
    'ordertotal',
  ],
  order: ['orderid', 'transactionid', '$transactionid'],
  currency: ['currency', 'currencycode'],
}

/** Money and order of an event by the usual names of properties, whatever their spelling. */
export function moneyIn(
  properties: FlatProperties,
): Pick<UnfoldedEvent, 'value' | 'order' | 'currency'> {
  const plain = new Map<string, string>()
  for (const [name, text] of Object.entries(properties)) {
    const key = name.toLowerCase().replace(/[\s_-]/g, '')
    if (!plain.has(key)) plain.set(key, text)
  }
  const find = (role: string) =>
    (SPELLINGS[role] ?? []).map((key) => plain.get(key)).find((text) => text !== undefined)
  return {
    value: amountOf(find('value')),
    order: find('order') ?? '',
    currency: currencyOf(find('currency')),
  }
}

/** In capitals; empty: it is no code. */
export function currencyOf(text: string | undefined): string {
  const code = (text ?? '').trim().toUpperCase()
  return /^[A-Z]{3}$/.test(code) ? code : ''
}

export function hasAll(columns: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.every((name) => columns.has(name))
}

/** Rows say one of the words in the column. */
export function saysOneOf(
  rows: readonly ExportRow[],
  column: string,
  words: readonly string[],
): boolean {
  return rows.some((row) => words.includes((row[column] ?? '').toLowerCase()))
}
