import type { EventKind } from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import { type Selection, selectionRows } from '../selection/selection.ts'
import { compile, sql, type Compiled } from '../sql.ts'

/** How often `to` followed `from`; 0 stands before a journey's first item and after its last. Counts are decimal text. */
export interface GraphRow {
  readonly from: number
  readonly to: number
  readonly count: string
}

/**
 * Every transition between items in the store: each journey's codes against the same codes shifted by
 * one, joined out and counted. Two codes in one number make the grouping a plain array look-up.
 */
export function graphQuery(
  reading: Reading,
  kinds: readonly EventKind[],
  selection: Selection,
  items: number,
): Compiled {
  const rows = selectionRows(reading, kinds, selection)
  // 255 items and the 0 fit a byte: a group-by on 16 bits needs no hash table.
  const narrow = items <= 255
  const code = narrow ? sql`toUInt8(code)` : sql`toUInt32(code)`
  const pair = narrow ? sql`toUInt16(a) * 256 + b` : sql`toUInt64(a) * 4294967296 + b`
  const split = narrow
    ? sql`intDiv(pair, 256) AS from, pair % 256 AS to`
    : sql`intDiv(pair, 4294967296) AS from, pair % 4294967296 AS to`
  const sized = narrow ? sql`toUInt16` : sql`toUInt64`
  return compile(sql`
    SELECT ${split}, count() AS count FROM (
      SELECT arrayJoin(arrayMap((a, b) -> ${sized}(${pair}), arrayPushFront(small, 0), arrayPushBack(small, 0))) AS pair
      FROM (SELECT arrayMap(code -> ${code}, codes) AS small FROM (${rows}))
    ) GROUP BY pair ORDER BY count DESC, from, to`)
}
