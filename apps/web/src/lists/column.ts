import type { ReactNode } from 'react'

/** One column of a list: what its cells say, and how they are ordered, filtered and written down. */
export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** In words: searched, filtered by, and shown unless `cell` draws it. */
  readonly text: (row: Row) => string
  readonly cell?: (row: Row) => ReactNode
  /** What rows are ordered by; absent: the text, by the language's alphabet. null stands last either way. */
  readonly order?: (row: Row) => number | null
  /** As the CSV has it; absent: the text. Plain numbers, instants by ISO 8601. */
  readonly plain?: (row: Row) => string
  readonly kind?: 'text' | 'number' | 'moment'
  /** Offered as a filter by the texts there are. */
  readonly filter?: boolean
  /** Always shown: what the row is called. */
  readonly fixed?: boolean
  /** Not shown until somebody chooses it. */
  readonly hidden?: boolean
}

/** An instant as the CSV has it; null: nothing. */
export function plainInstant(ms: number | null): string {
  return ms === null ? '' : new Date(ms).toISOString()
}
