import type { NumberTest } from '@parcurs/domain'
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
