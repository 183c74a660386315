import type { ColumnRole } from './import-options.ts'
import type { TimeFormat } from './time-text.ts'

export type Confidence =
  /** The user said so. */
  | 'given'
  /** Name and content both say so. */
  | 'sure'
  /** The name or the content says so, the other does not object. */
  | 'likely'
  /** Nothing better was there. */
  | 'guess'

/** Why a column was taken: plain data, so that every language can say it. */
export type Reason =
  | { readonly kind: 'given' }
  | { readonly kind: 'name' }
  | { readonly kind: 'content'; readonly share: number }
  /** Names and content of two columns: quantity × unit price. */
  | { readonly kind: 'product' }
  /** No column names the event, but the rows carry money. */
  | { readonly kind: 'money' }
  /** No column names the event, but the rows carry addresses of pages. */
  | { readonly kind: 'pages' }
  /** Fuller, or more exact, than a column with a better name. */
  | { readonly kind: 'fuller' }
  /** The export that the file is keeps it there. */
  | { readonly kind: 'export' }
  | { readonly kind: 'nothing-better' }

/** One role and what fills it. */
export interface FoundColumn {
  readonly role: ColumnRole
  /** The columns; none when `text` stands for all rows. */
  readonly columns: readonly string[]
  /** The one event name of all rows; null when columns fill the role. */
  readonly text: string | null
  readonly confidence: Confidence
  readonly reason: Reason
  /** Up to three values of the sample. */
  readonly examples: readonly string[]
}

/** A column whose name says a role and that was not taken: told, so that nothing is left out without a word. */
export interface UnusedColumn {
  readonly role: ColumnRole
  readonly column: string
  readonly why: /** Its rows carry money of their own: as an order's they would count once. */
    | 'order-lines'
    /** Rows that share a value differ. */
    | 'not-unique'
    /** Most of its values are no amounts. */
    | 'not-amounts'
}

/** What keeps a file from being imported until the user says more. */
export type DetectionProblem =
  | { readonly code: 'column-unknown'; readonly role: ColumnRole; readonly asked: string }
  | { readonly code: 'time-not-found' }
  | { readonly code: 'customer-not-found' }
  | {
      readonly code: 'time-not-readable'
      readonly column: string
      readonly examples: readonly string[]
    }
  /** Day or month first cannot be told from the sample. */
  | {
      readonly code: 'time-ambiguous'
      readonly column: string
      readonly example: string
      readonly formats: readonly TimeFormat[]
    }
  | {
      readonly code: 'value-not-numeric'
      readonly column: string
      readonly examples: readonly string[]
    }
  /** `1.000` is 1 or 1000, and no number of the sample tells. */
  | { readonly code: 'value-ambiguous'; readonly column: string; readonly example: string }
  | { readonly code: 'zone-unknown'; readonly asked: string }
  /** A column is chosen of a file that is to be read as a known export, which has its own. */
  | { readonly code: 'columns-of-export'; readonly role: ColumnRole; readonly asked: string }
  /** A file is to be read as a known export, and has none of the columns in which that keeps a role. */
  | {
      readonly code: 'export-lacks'
      readonly role: ColumnRole
      readonly expected: readonly string[]
    }
  | { readonly code: 'event-twice' }
  | { readonly code: 'no-rows' }
