import { amountParts, type NumberTest } from '@parcurs/domain'
import { param, sql, type Sql } from '../sql.ts'

/** As `passesTest` in memory. */
export function testSql(number: Sql, test: NumberTest): Sql {
  switch (test.op) {
    case 'gte':
      return sql`${number} >= ${param.number(test.value)}`
    case 'lte':
      return sql`${number} <= ${param.number(test.value)}`
    case 'eq':
      return sql`${number} = ${param.number(test.value)}`
    case 'between':
      return sql`${number} >= ${param.number(test.least)} AND ${number} <= ${param.number(test.most)}`
  }
}

/** `sum ÷ count` in ten-thousandths, without dividing. */
export function amountTest(sum: Sql, count: Sql, test: NumberTest): Sql {
  const bound = (number: number) =>
    sql`toInt128(${{ type: 'Int64', value: partsOf(number) }}) * toInt128(${count})`
  const total = sql`toInt128(${sum})`
  switch (test.op) {
    case 'gte':
      return sql`${total} >= ${bound(test.value)}`
    case 'lte':
      return sql`${total} <= ${bound(test.value)}`
    case 'eq':
      return sql`${total} = ${bound(test.value)}`
    case 'between':
      return sql`${total} >= ${bound(test.least)} AND ${total} <= ${bound(test.most)}`
  }
}

const MOST_PARTS = 2n ** 63n - 1n

/** A bound beyond every amount is as good as the largest number that can be sent. */
function partsOf(number: number): bigint {
  return amountParts(number) ?? (number < 0 ? -MOST_PARTS : MOST_PARTS)
}
