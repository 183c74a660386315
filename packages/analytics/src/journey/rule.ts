import {
  type EventKind,
  type MatchRule,
  numberOf,
  type PropertyOperator,
  type UrlOperator,
  urlMatches,
} from '@parcurs/domain'
import { join, param, sql, type Sql } from '../sql.ts'

/**
 * Whether every event of a kind matches, none does, or (null) it depends on the event's properties.
 * A rule of parts that depend is still decided when the other parts settle it.
 */
export function decideKind(rule: MatchRule, kind: EventKind): boolean | null {
  switch (rule.kind) {
    case 'all':
      return every(rule.rules.map((part) => decideKind(part, kind)))
    case 'any':
      return not(every(rule.rules.map((part) => not(decideKind(part, kind)))))
    case 'none':
      return every(rule.rules.map((part) => not(decideKind(part, kind))))
    case 'event':
      return rule.names.includes(kind.name)
    case 'channel':
      return rule.channels.includes(kind.channel)
    case 'url':
      return kind.coarse ? null : urlMatches(rule.op, kind.path, rule.value)
    case 'property':
      return null
  }
}

function not(decided: boolean | null): boolean | null {
  return decided === null ? null : !decided
}

function every(parts: readonly (boolean | null)[]): boolean | null {
  if (parts.includes(false)) return false
  return parts.includes(null) ? null : true
}

/** A rule as a condition over the columns of `events`. Agrees with `decideKind` and with matching in memory. */
export function ruleCondition(rule: MatchRule): Sql {
  switch (rule.kind) {
    case 'all':
      return both(rule.rules.map(ruleCondition), ' AND ', sql`true`)
    case 'any':
      return both(rule.rules.map(ruleCondition), ' OR ', sql`false`)
    case 'none':
      return sql`NOT ${both(rule.rules.map(ruleCondition), ' OR ', sql`false`)}`
    case 'event':
      return sql`has(${param.texts(rule.names)}, name)`
    case 'channel':
      return sql`has(${param.texts(rule.channels)}, channel)`
    case 'url':
      return urlCondition(rule.op, rule.value)
    case 'property':
      return propertyCondition(rule.property, rule.op, rule.value)
  }
}

function both(parts: readonly Sql[], separator: ' AND ' | ' OR ', none: Sql): Sql {
  return parts.length === 0 ? sql`(${none})` : sql`(${join(parts, separator)})`
}

function urlCondition(op: UrlOperator, value: string): Sql {
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

/** On `events.properties`. A missing property fails every operator except `ne` and `unset`. */
export function propertyCondition(property: string, op: PropertyOperator, value: string): Sql {
  const name = param.text(property)
  const held = sql`mapContains(properties, ${name})`
  return textCondition(held, sql`properties[${name}]`, op, value)
}

/** @param held whether there is a value at all */
export function textCondition(held: Sql, text: Sql, op: PropertyOperator, value: string): Sql {
  switch (op) {
    case 'eq':
      return sql`(${held} AND ${text} = ${param.text(value)})`
    case 'ne':
      return sql`(NOT ${held} OR ${text} != ${param.text(value)})`
    case 'contains':
      return sql`(${held} AND position(lowerUTF8(${text}), ${param.text(value.toLowerCase())}) > 0)`
    case 'gte':
      return compared(held, text, sql`>=`, value)
    case 'lte':
      return compared(held, text, sql`<=`, value)
    case 'set':
      return held
    case 'unset':
      return sql`NOT ${held}`
  }
}

// toFloat64OrNull takes more for a number than `numberOf` does: 'inf', 'nan'.
const PLAIN_NUMBER = String.raw`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?$`

function compared(held: Sql, text: Sql, operator: Sql, value: string): Sql {
  const number = numberOf(value)
  if (number === null) return sql`false`
  return sql`(${held} AND match(${text}, ${param.text(PLAIN_NUMBER)})
    AND ifNull(toFloat64OrNull(${text}) ${operator} ${param.number(number)}, false))`
}
