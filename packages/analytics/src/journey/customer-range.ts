import { param, type Sql, sql } from '../sql.ts'

/** Customers of a stretch of the key space (both ends included), so that a large job can go piece by piece. */
export interface CustomerRange {
  readonly first: bigint
  readonly last: bigint
}

/** Equal stretches of the key space: keys are hashes, so they hold about equally many customers. */
export function customerRanges(pieces: number): readonly CustomerRange[] {
  const width = (1n << 64n) / BigInt(pieces)
  return Array.from({ length: pieces }, (_, i) => ({
    first: BigInt(i) * width,
    last: i === pieces - 1 ? (1n << 64n) - 1n : BigInt(i + 1) * width - 1n,
  }))
}

/** As a condition on the column `customer`. */
export function customersWithin(range: CustomerRange): Sql {
  return sql`customer >= ${param.key(range.first)} AND customer <= ${param.key(range.last)}`
}

/**
 * This share of the customers, always the same ones: those with the lowest keys.
 *
 * @param share above 0, at most 1
 */
export function customersUpTo(share: number): Sql {
  const ofKeys = BigInt(Math.round(share * 2 ** 32)) << 32n
  return sql`customer < ${param.key(ofKeys < 1n << 64n ? ofKeys : (1n << 64n) - 1n)}`
}

/** Both conditions; null: none. */
export function allOf(one: Sql | null, other: Sql | null): Sql | null {
  if (one === null || other === null) return one ?? other
  return sql`(${one}) AND (${other})`
}
