import { type SegmentLeaf, type SegmentRule, type TraitLeaf, isGroup } from '@parcurs/domain'
import type { Reading } from '../journey/reading.ts'
import { customerEvents, customerTraits } from '../journey/tables.ts'
import type { Period } from '../question.ts'
import { param, sql, type Sql } from '../sql.ts'
import { comparisonSql, heldOpposite } from './comparison-sql.ts'
import { eventSql } from './event-sql.ts'
import { nestSql } from './nest-sql.ts'

/**
 * A segment as a condition on the column `customer`; null: everybody.
 *
 * @param period where a property looks for an event that passes it; null: ever
 */
export function segmentCondition(
  reading: Reading,
  segment: SegmentRule | null,
  period: Period | null,
): Sql | null {
  if (segment === null) return null
  if (isGroup(segment) && segment.kind === 'all' && segment.rules.length === 0) return null
  return nestSql<SegmentLeaf>(segment, (leaf) => {
    if (leaf.kind === 'trait') return traitSql(reading, leaf)
    const passes = eventSql(leaf)
    const inPeriod =
      period === null
        ? passes
        : sql`${passes} AND time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
    return sql`customer IN (SELECT customer FROM (${customerEvents(reading, sql`1 AS passed`, inPeriod)}))`
  })
}

/** As a condition on the column `customer`. */
export function traitSql(reading: Reading, leaf: TraitLeaf): Sql {
  // Customers without the trait have no row: what is true of them is asked as "not among the others".
  const opposite = heldOpposite(leaf)
  const holders = sql`
    SELECT customer FROM (${customerTraits(reading)})
    WHERE trait = ${param.text(leaf.trait)} AND ${comparisonSql(opposite ?? leaf, sql`true`, sql`value`)}`
  return opposite === null ? sql`customer IN (${holders})` : sql`customer NOT IN (${holders})`
}
