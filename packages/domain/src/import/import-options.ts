import type { ExportKind, READ_AS } from '../known-export/known-exports.ts'
import type { DecimalMark } from './number-text.ts'
import type { TimeFormat } from './time-text.ts'

/** What a column can be to an event. */
export const COLUMN_ROLES = [
  'customer',
  'anonymous',
  'time',
  'clock',
  'event',
  'value',
  'id',
  'channel',
  'url',
  'currency',
  'order',
] as const

export type ColumnRole = (typeof COLUMN_ROLES)[number]

/** What the user says of a file; everything that is absent is detected. Columns by their names in the file. */
export interface ImportOptions {
  /** The known export that it is; 'table': none. Absent: told by its shape, unless a column is named. */
  readonly as?: (typeof READ_AS)[number]
  readonly customer?: string
  /** The device or browser, beside the user: the two are joined as by a login. '': none. */
  readonly anonymous?: string
  readonly time?: string
  /** The time of day, where `time` holds the date only. '': none. */
  readonly clock?: string
  /** The column that says what happened. */
  readonly event?: string
  /** The name of every event, where no column says it. Not together with `event`. */
  readonly eventName?: string
  /** A column, or two multiplied: `Quantity*UnitPrice`. '': the events have no value. */
  readonly value?: string
  readonly id?: string
  readonly channel?: string
  readonly url?: string
  /** A column, or the code of all rows: `EUR`. */
  readonly currency?: string
  readonly order?: string
  /** Words such as `null` and `guest` are ids like any other; only what is empty names nobody. */
  readonly anyId?: boolean
  /** Which of several shops or programs wrote the file: its ids and orders are apart from those of the others. */
  readonly source?: string
  /** IANA zone of times that do not say theirs. */
  readonly tz?: string
  readonly timeFormat?: TimeFormat
  /** How money is written: `1,234.50` or `1.234,50`. */
  readonly decimal?: 'point' | 'comma'
}

/** How the rows of one file become events. */
export interface Mapping {
  /** The known export whose rows are undone by what it is; null: a table, by the columns below. */
  readonly export: ExportKind | null
  readonly customer: string
  /** The device or browser, beside the user. */
  readonly anonymous: string | null
  readonly time: string
  /** The time of day, where `time` holds the date only. */
  readonly clock: string | null
  readonly timeFormat: TimeFormat
  /** IANA zone of times without one. */
  readonly zone: string
  /** The column that names the event; null: every event is called `eventName`. */
  readonly event: string | null
  readonly eventName: string
  /** None, a column, or two whose product it is. */
  readonly value: readonly string[]
  /** Null: nothing shows it; what could be two numbers is refused. */
  readonly decimal: DecimalMark
  readonly id: string | null
  readonly channel: string | null
  readonly url: string | null
  readonly currency: string | null
  /** Of all rows, where no column says it; '': not said. */
  readonly currencyCode: string
  readonly order: string | null
  /** Absent or false: words that stand for nobody are no ids. */
  readonly anyId?: boolean
  /** Stands before ids and orders; absent: nothing does. */
  readonly source?: string
}

/** Blanks around it say nothing, and nothing but blanks is none. */
export function sourceSaid({ source = '' }: ImportOptions): Pick<Mapping, 'source'> {
  const said = source.trim()
  return said === '' ? {} : { source: said }
}
