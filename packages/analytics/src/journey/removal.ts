import { join, param, sql, type Sql } from '../sql.ts'

/** What was taken away: facts of commits from `fromCommit` up to, not including, `commit`. */
export interface Removal {
  readonly fromCommit: bigint
  /** Its own number: what comes later is not meant, whoever brings it. */
  readonly commit: bigint
  readonly of: RemovedFacts
}

export type RemovedFacts =
  /** What a key or an import brought. */
  | { readonly kind: 'source'; readonly source: number }
  /** What a customer did, by the keys that were theirs and when. */
  | { readonly kind: 'customer'; readonly stretches: readonly Stretch[] }

/** A key from an instant (inclusive) to another (exclusive), epoch milliseconds; null: without end. */
export interface Stretch {
  readonly key: bigint
  readonly fromMs: number | null
  readonly toMs: number | null
}

/** Whether a row is none of those taken away, over the columns of `events`, `trait_values` or `feedback`; null: nothing was. */
export function shown(removals: readonly Removal[]): Sql | null {
  if (removals.length === 0) return null
  return join(
    removals.map((removal) => sql`NOT (${removed(removal)})`),
    ' AND ',
  )
}

/** As `shown`, of what keys and imports brought only: its columns are those of the projection by_message. */
export function shownMessages(removals: readonly Removal[]): Sql | null {
  return shown(removals.filter(({ of }) => of.kind === 'source'))
}

/** Whether a row is one of those taken away. */
export function removed(removal: Removal): Sql {
  const { of } = removal
  if (of.kind === 'source') return sql`${ofSource(removal, of.source)}`
  return sql`${before(removal)} AND ${ofStretches(of.stretches)}`
}

/** As `shown`, over the columns of `links`. */
export function shownLinks(removals: readonly Removal[]): Sql | null {
  return shownOf(removals, sql`commit`, (keys) => sql`(anonymous IN ${keys} OR user IN ${keys})`)
}

/** As `shown`, over the columns of `aliases`. */
export function shownAliases(removals: readonly Removal[]): Sql | null {
  return shownOf(removals, sql`version`, (keys) => sql`(previous IN ${keys} OR user IN ${keys})`)
}

/** Keys that were wholly the customer's. */
export function wholeKeys(stretches: readonly Stretch[]): readonly bigint[] {
  return stretches.flatMap(({ key, fromMs, toMs }) =>
    fromMs === null && toMs === null ? [key] : [],
  )
}

function shownOf(
  removals: readonly Removal[],
  commit: Sql,
  namesSome: (keys: ReturnType<typeof param.keys>) => Sql,
): Sql | null {
  if (removals.length === 0) return null
  return join(
    removals.map((removal) =>
      removal.of.kind === 'source'
        ? sql`NOT (${ofSource(removal, removal.of.source, commit)})`
        : sql`NOT (${before(removal, commit)} AND ${namesSome(param.keys(wholeKeys(removal.of.stretches)))})`,
    ),
    ' AND ',
  )
}

function ofSource(removal: Removal, source: number, commit: Sql = sql`commit`): Sql {
  return sql`source = ${param.code(source)} AND ${before(removal, commit)}`
}

function before({ fromCommit, commit: own }: Removal, commit: Sql = sql`commit`): Sql {
  return sql`${commit} >= ${param.count(fromCommit)} AND ${commit} < ${param.count(own)}`
}

// What 64 bits hold stands for "without end".
const EVER_MS = 8_640_000_000_000_000

function ofStretches(stretches: readonly Stretch[]): Sql {
  const whole = wholeKeys(stretches)
  const parts = stretches.filter(({ fromMs, toMs }) => fromMs !== null || toMs !== null)
  const inWhole = sql`key IN ${param.keys(whole)}`
  if (parts.length === 0) return inWhole
  const keys = param.keys(parts.map(({ key }) => key))
  const from = param.moments(parts.map(({ fromMs }) => fromMs ?? -EVER_MS))
  const to = param.moments(parts.map(({ toMs }) => toMs ?? EVER_MS))
  return sql`(${inWhole} OR (key IN ${keys} AND arrayExists(
    (k, began, ended) -> k = key AND began <= toUnixTimestamp64Milli(time) AND toUnixTimestamp64Milli(time) < ended,
    ${keys}, ${from}, ${to})))`
}
