import { sql, type Sql } from '../sql.ts'

/**
 * Customers by something counted of them, where who has nothing to count has no row.
 *
 * @param rows with the column `customer`
 * @param passes a condition on the rows
 * @param passesNone whether those without a row pass
 */
export function counted(rows: Sql, passes: Sql, passesNone: boolean): Sql {
  return passesNone
    ? sql`customer NOT IN (SELECT customer FROM (${rows}) WHERE NOT (${passes}))`
    : sql`customer IN (SELECT customer FROM (${rows}) WHERE ${passes})`
}
