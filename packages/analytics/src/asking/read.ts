import type { Counted, Counting } from '../counting/counting.ts'
import type { LeakBeside } from '../living-map/leak-rows.ts'
import type { MapByChange } from '../living-map/map-by-change.ts'
import type { Compiled } from '../sql.ts'

/** One thing to read, as data. */
export type Read = RowsRead | CountRead | KindTimesRead

/** Rows of the store. */
export interface RowsRead {
  readonly as: 'rows'
  readonly query: Compiled
  /** Given up after so long, and nothing found then; null: as long as the question may take. */
  readonly patienceSeconds: number | null
  /** What is found is kept beside a tally, and corrected; absent: it is read each time. */
  readonly beside?: LeakBeside
}

/** What a kernel counts over rows of the store. */
export interface CountRead<Kind extends Counting['kind'] = Counting['kind']> {
  readonly as: 'count'
  readonly counting: Extract<Counting, { readonly kind: Kind }>
  /** One, or several over disjoint customers: their parts are counted at once and added up. */
  readonly queries: readonly Compiled[]
  /** How what was counted is kept and corrected by what changes; absent: it is counted anew each time. */
  readonly byChange?: MapByChange
}

/** How often each kind happened and when last, over all time: known for a commit, so seldom read. */
export interface KindTimesRead {
  readonly as: 'kind-times'
}

export interface KindTimes {
  readonly events: ReadonlyMap<number, number>
  /** Epoch milliseconds. */
  readonly firstMs: ReadonlyMap<number, number>
  /** Epoch milliseconds. */
  readonly lastMs: ReadonlyMap<number, number>
}

/** Reads by name, each of the sort that finds what is expected under it. */
export type Reads<Found> = { readonly [Name in keyof Found]?: ReadOf<Found[Name]> }

type ReadOf<Wanted> = Wanted extends readonly object[]
  ? RowsRead
  : Wanted extends Counted
    ? CountRead<Wanted['kind']>
    : Wanted extends KindTimes
      ? KindTimesRead
      : never

export function rowsOf(
  query: Compiled,
  patienceSeconds: number | null = null,
  beside?: LeakBeside,
): RowsRead {
  return { as: 'rows', query, patienceSeconds, ...(beside === undefined ? {} : { beside }) }
}

export function countOf<Kind extends Counting['kind']>(
  counting: Extract<Counting, { readonly kind: Kind }>,
  queries: readonly Compiled[],
): CountRead<Kind> {
  return { as: 'count', counting, queries }
}
