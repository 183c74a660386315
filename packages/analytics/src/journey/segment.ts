import type { Condition, Period, Segment } from '../question.ts'
import { join, param, sql, type Sql } from '../sql.ts'
import { propertyCondition, textCondition } from './rule.ts'
import type { Reading } from './reading.ts'
import { customerEvents, customerTraits } from './tables.ts'

/**
 * A segment as a condition on the column `customer`; null: everybody.
 *
 * @param period where a property condition looks for an event that passes it; null: ever
 */
export function segmentCondition(
  reading: Reading,
  segment: Segment | null,
  period: Period | null,
): Sql | null {
  if (segment === null || segment.conditions.length === 0) return null
  return every(segment.conditions, ' AND ')

  function every(conditions: readonly Condition[], separator: ' AND ' | ' OR '): Sql {
    if (conditions.length === 0) return separator === ' AND ' ? sql`true` : sql`false`
    return sql`(${join(conditions.map(condition), separator)})`
  }

  function condition(asked: Condition): Sql {
    if ('all' in asked) return every(asked.all, ' AND ')
    if ('any' in asked) return every(asked.any, ' OR ')
    if ('trait' in asked) return traitCondition(reading, asked)
    const passes = propertyCondition(asked.property, asked.op, asked.value)
    const inPeriod =
      period === null
        ? passes
        : sql`${passes} AND time >= ${param.instant(period.fromMs)} AND time < ${param.instant(period.toMs)}`
    return sql`customer IN (SELECT customer FROM (${customerEvents(reading, sql`1 AS passed`, inPeriod)}))`
  }
}

function traitCondition(
  reading: Reading,
  { trait, op, value }: Extract<Condition, { trait: string }>,
): Sql {
  // Customers without the trait have no row: what is true of them is asked as "not among the others".
  const absent = op === 'ne' || op === 'unset'
  const opposite = op === 'ne' ? 'eq' : op === 'unset' ? 'set' : op
  const holders = sql`
    SELECT customer FROM (${customerTraits(reading)})
    WHERE trait = ${param.text(trait)} AND ${textCondition(sql`true`, sql`value`, opposite, value)}`
  return absent ? sql`customer NOT IN (${holders})` : sql`customer IN (${holders})`
}
