import { type ComparisonOf, MEANS_TRUE, numberOf } from '@parcurs/domain'
import { param, sql, type Sql } from '../sql.ts'

/**
 * As `compares` in memory.
 *
 * @param held whether there is a value at all
 */
export function comparisonSql(comparison: ComparisonOf<'property'>, held: Sql, text: Sql): Sql {
  switch (comparison.op) {
    case 'eq':
      return sql`(${held} AND ${text} = ${param.text(comparison.value)})`
    case 'ne':
      return sql`(NOT ${held} OR ${text} != ${param.text(comparison.value)})`
    case 'one-of':
      return sql`(${held} AND has(${param.texts(comparison.values)}, ${text}))`
    case 'contains':
      return sql`(${held} AND position(lowerUTF8(${text}), ${lower(comparison.value)}) > 0)`
    case 'starts-with':
      return sql`(${held} AND startsWith(lowerUTF8(${text}), ${lower(comparison.value)}))`
    case 'gte':
      return within(held, text, comparison.value, null)
    case 'lte':
      return within(held, text, null, comparison.value)
    case 'between':
      return within(held, text, comparison.least, comparison.most)
    case 'set':
      return held
    case 'unset':
      return sql`NOT ${held}`
    case 'true':
      return sql`(${held} AND has(${param.texts(MEANS_TRUE)}, lowerUTF8(${text})))`
  }
}

/** For an operator that a missing value passes: the one that holds exactly where it does not; null: the others. */
export function heldOpposite(
  comparison: ComparisonOf<'property'>,
): ComparisonOf<'property'> | null {
  if (comparison.op === 'ne') return { op: 'eq', value: comparison.value }
  return comparison.op === 'unset' ? { op: 'set' } : null
}

function lower(value: string) {
  return param.text(value.toLowerCase())
}

// toFloat64OrNull takes more for a number than `numberOf` does: 'inf', 'nan'.
export const PLAIN_NUMBER = String.raw`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$`

function within(held: Sql, text: Sql, least: string | null, most: string | null): Sql {
  const bounds = [bound(text, sql`>=`, least), bound(text, sql`<=`, most)]
  if (bounds.includes(null)) return sql`false`
  const [low = sql``, high = sql``] = bounds.filter((piece) => piece !== null)
  return sql`(${held} AND match(${text}, ${param.text(PLAIN_NUMBER)})${low}${high})`
}

/** @returns null: the bound is no number, which nothing passes */
function bound(text: Sql, operator: Sql, value: string | null): Sql | null {
  if (value === null) return sql``
  const number = numberOf(value)
  if (number === null) return null
  return sql` AND ifNull(toFloat64OrNull(${text}) ${operator} ${param.number(number)}, false)`
}
