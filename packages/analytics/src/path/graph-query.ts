import type { EventKind } from '@parcurs/domain'
import { kindCoding } from '../journey/coding.ts'
import type { Reading } from '../journey/reading.ts'
import { type Selection, selectionRows } from '../selection/selection.ts'
import { compile, param, sql, type Compiled, type Sql } from '../sql.ts'

/** How often `to` followed `from`; 0 stands before a journey's first item and after its last. Counts are decimal text. */
export interface GraphRow {
  readonly from: number
  readonly to: number
  readonly count: string
}

/**
 * Every transition between items in the store: each journey's codes against the same codes shifted by
 * one, joined out and counted. Two codes in one number make the grouping a plain array look-up.
 *
 * Where every kind is an item, the kinds themselves are counted and named afterwards: two items follow each other
 * as often as their kinds do, and a look-up per event is a pass over all of them. Measured over 20 million
 * events: see bench/results.md.
 */
export function graphQuery(
  reading: Reading,
  kinds: readonly EventKind[],
  selection: Selection,
  items: number,
): Compiled {
  const { code } = selection
  const last = kinds.reduce((most, kind) => Math.max(most, kind.code), 0)
  if (
    code.as === 'kinds' &&
    last <= MOST_NARROW &&
    code.byKind.slice(1).every((item) => item > 0)
  ) {
    const counted = transitions(
      selectionRows(reading, kinds, {
        ...selection,
        code: { as: 'kinds', byKind: kindCoding(kinds).byKind },
      }),
      true,
    )
    const item = (kind: Sql) => sql`arrayElement(${param.codes([...code.byKind])}, ${kind} + 1)`
    return compile(sql`
      SELECT ${item(sql`first`)} AS from, ${item(sql`second`)} AS to, sum(times) AS count
      FROM (${counted}) GROUP BY from, to ORDER BY count DESC, from, to`)
  }
  const rows = selectionRows(reading, kinds, selection)
  return compile(sql`
    SELECT first AS from, second AS to, times AS count
    FROM (${transitions(rows, items <= MOST_NARROW)}) ORDER BY count DESC, from, to`)
}

/** 255 codes and the 0 fit a byte: a group-by on 16 bits needs no hash table. */
const MOST_NARROW = 255

/** Columns: first, second, times. */
function transitions(rows: Sql, narrow: boolean): Sql {
  const type = narrow ? sql`'Array(UInt8)'` : sql`'Array(UInt32)'`
  const pair = narrow ? sql`toUInt16(toUInt16(a) * 256 + b)` : sql`toUInt64(a) * 4294967296 + b`
  const split = narrow
    ? sql`intDiv(pair, 256) AS first, pair % 256 AS second`
    : sql`intDiv(pair, 4294967296) AS first, pair % 4294967296 AS second`
  return sql`
    SELECT ${split}, count() AS times FROM (
      SELECT arrayJoin(arrayMap((a, b) -> ${pair}, arrayPushFront(small, 0), arrayPushBack(small, 0))) AS pair
      FROM (SELECT CAST(codes, ${type}) AS small FROM (${rows}))
    ) GROUP BY pair`
}
