import { generateNKeysBetween } from 'fractional-indexing'

export interface Ranked {
  readonly id: string
  readonly rank: string
}

export interface RanksAt {
  /** For the rows that are put, in their order. */
  readonly ranks: readonly string[]
  /** Neighbours that have to move apart first: two people put a row at one place, or the ranks grew too long. */
  readonly moved: readonly Ranked[]
}

/** After a thousand rows put into one gap a rank has 169 characters; longer than this all of them are dealt anew. */
const LONGEST_RANK = 32

/**
 * Ranks with which rows stand at a place among their siblings.
 *
 * @param siblings in their order, without the rows that are put
 * @param at before the sibling of this index; siblings.length: behind the last
 */
export function ranksAt(siblings: readonly Ranked[], at: number, count: number): RanksAt {
  const before = siblings[at - 1]?.rank ?? null
  const apart = siblings.findIndex(({ rank }, i) => i >= at && (before === null || rank > before))
  const end = apart < 0 ? siblings.length : apart
  const keys = keysBetween(before, siblings[end]?.rank ?? null, count + end - at)
  if (keys !== null && keys.every(({ length }) => length <= LONGEST_RANK)) {
    return { ranks: keys.slice(0, count), moved: dealt(siblings.slice(at, end), keys.slice(count)) }
  }
  const all = ranksOf(siblings.length + count)
  return {
    ranks: all.slice(at, at + count),
    moved: dealt(siblings, [...all.slice(0, at), ...all.slice(at + count)]),
  }
}

/** Ranks of rows that stand alone, in their order. */
export function ranksOf(count: number): readonly string[] {
  return generateNKeysBetween(null, null, count)
}

function dealt(rows: readonly Ranked[], ranks: readonly string[]): readonly Ranked[] {
  return rows.map(({ id, rank }, i) => ({ id, rank: ranks[i] ?? rank }))
}

/** null: what stands there was not made by these rules; a program may send any rank. */
function keysBetween(
  before: string | null,
  after: string | null,
  count: number,
): readonly string[] | null {
  try {
    return generateNKeysBetween(before, after, count)
  } catch {
    return null
  }
}
