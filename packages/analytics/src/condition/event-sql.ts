import type { EventLeaf, MatchRule, UrlOperator } from '@parcurs/domain'
import { param, sql, type Sql } from '../sql.ts'
import { comparisonSql } from './comparison-sql.ts'
import { nestSql } from './nest-sql.ts'

/** A rule as a condition over the columns of `events`. Agrees with `decideKind` and with matching in memory. */
export function ruleCondition(rule: MatchRule): Sql {
  return nestSql(rule, eventSql)
}

export function eventSql(leaf: EventLeaf): Sql {
  switch (leaf.kind) {
    case 'event':
      return sql`has(${param.texts(leaf.names)}, name)`
    case 'channel':
      return sql`has(${param.texts(leaf.channels)}, channel)`
    case 'url':
      return urlSql(leaf.op, leaf.value)
    case 'property': {
      const name = param.text(leaf.property)
      return comparisonSql(leaf, sql`mapContains(properties, ${name})`, sql`properties[${name}]`)
    }
  }
}

function urlSql(op: UrlOperator, value: string): Sql {
  switch (op) {
    case 'equals':
      return sql`path = ${param.text(value)}`
    case 'starts-with':
      return sql`startsWith(path, ${param.text(value)})`
    case 'contains':
      return sql`position(path, ${param.text(value)}) > 0`
    case 'like':
      return sql`path LIKE ${param.text(likePattern(value))}`
  }
}

/** `*` is any text; LIKE's own signs are literal. */
function likePattern(value: string): string {
  return value.replaceAll(/[\\%_]/g, String.raw`\$&`).replaceAll('*', '%')
}
