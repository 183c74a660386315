import type { ComparisonOf } from '@parcurs/domain'
import { param, sql, type Sql } from '../sql.ts'
import { comparisonSql, heldOpposite } from './comparison-sql.ts'

/**
 * A comparison of a trait as a condition on the column `customer`.
 *
 * @param traits rows `customer, trait, value`
 */
export function traitSql(traits: Sql, trait: string, comparison: ComparisonOf<'property'>): Sql {
  // Customers without the trait have no row: what is true of them is asked as "not among the others".
  const opposite = heldOpposite(comparison)
  const holders = sql`
    SELECT customer FROM (${traits})
    WHERE trait = ${param.text(trait)} AND ${comparisonSql(opposite ?? comparison, sql`true`, sql`value`)}`
  return opposite === null ? sql`customer IN (${holders})` : sql`customer NOT IN (${holders})`
}
