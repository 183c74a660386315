/** What a field of a map's row may hold. */
export type Value = string | number | boolean | null | readonly string[]

export type FieldKind =
  /** One line of text. Of two who write it the later one wins. */
  | 'line'
  /** Text of several lines. What two people write at once is merged. */
  | 'prose'
  /** An address on the web or of a mailbox; empty: none. */
  | 'link'
  | 'choice'
  | 'flag'
  | 'number'
  | 'whole'
  /** Epoch milliseconds, UTC. */
  | 'instant'
  /** Where the row stands among its siblings, as text that sorts. */
  | 'rank'
  /** The row that this one stands in: it goes with it. */
  | 'parent'
  /** The id of something that may be gone meanwhile. */
  | 'reference'
  /** Ids, each once. What two people add and take away at once is merged. */
  | 'ids'
  /** Words of the user's own, each once; merged like ids. */
  | 'tags'

/** Who may write a field: the server alone, commenters and those above, editors and those above. */
export type FieldWriter = 'server' | 'commenter' | 'editor'

export interface MapField<V extends Value = Value> {
  readonly kind: FieldKind
  /** What a row that does not say it holds. */
  readonly initial: V
  readonly nullable: boolean
  /** Of numbers the bounds, of texts the length in UTF-16 units, of lists how many. */
  readonly least: number
  readonly most: number
  /** Of a choice. */
  readonly values: readonly string[]
  /** Of a parent: the table in which it stands. */
  readonly parent: string | null
  readonly writer: FieldWriter
}

const PLAIN = {
  nullable: false,
  least: 0,
  most: 0,
  values: [],
  parent: null,
  writer: 'editor',
} as const satisfies Partial<MapField>

export const line: MapField<string> = { ...PLAIN, kind: 'line', initial: '', most: 200 }
export const prose: MapField<string> = { ...PLAIN, kind: 'prose', initial: '', most: 10_000 }
export const link: MapField<string> = { ...PLAIN, kind: 'link', initial: '', most: 2000 }
export const flag: MapField<boolean> = { ...PLAIN, kind: 'flag', initial: false }
export const rank: MapField<string> = { ...PLAIN, kind: 'rank', initial: 'a0', least: 1, most: 200 }
export const reference: MapField<string | null> = {
  ...PLAIN,
  kind: 'reference',
  initial: null,
  nullable: true,
}
export const instant: MapField<number | null> = {
  ...PLAIN,
  kind: 'instant',
  initial: null,
  nullable: true,
  most: 8.64e15,
}
export const tags: MapField<readonly string[]> = { ...PLAIN, kind: 'tags', initial: [], most: 50 }

export function ids(most: number): MapField<readonly string[]> {
  return { ...PLAIN, kind: 'ids', initial: [], most }
}

export function choice<const V extends string>(values: readonly V[], initial: V): MapField<V> {
  return { ...PLAIN, kind: 'choice', initial, values }
}

export function whole(least: number, most: number, initial: number): MapField<number> {
  return { ...PLAIN, kind: 'whole', initial, least, most }
}

/** null: nobody said it. */
export function number(least: number, most: number): MapField<number | null> {
  return { ...PLAIN, kind: 'number', initial: null, nullable: true, least, most }
}

/** The row cannot be without it. */
export function within(table: string): MapField<string> {
  return { ...PLAIN, kind: 'parent', initial: '', parent: table }
}

/** The row stands in one, or by itself. */
export function perhapsWithin(table: string): MapField<string | null> {
  return { ...PLAIN, kind: 'parent', initial: null, nullable: true, parent: table }
}

export function writtenBy<V extends Value>(writer: FieldWriter, field: MapField<V>): MapField<V> {
  return { ...field, writer }
}

/** Ids of rows and of what they refer to. They are keys of plain objects: the one that is no key there is none. */
export const MAP_ID = /^(?!__proto__$)[^\p{Cc}\p{Surrogate}]{1,60}$/u

export const MAP_LINK = /^(?:(?:https?:\/\/|mailto:)[^\s\p{Cc}]+)?$/iu

export const MAP_RANK = /^[A-Za-z0-9]+$/
