import type { EventKind, MatchRule, PropertyOperator, UrlOperator } from '@parcurs/domain'
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

function urlMatches(op: UrlOperator, path: string, value: string): boolean {
  switch (op) {
    case 'equals':
      return path === value
    case 'starts-with':
      return path.startsWith(value)
    case 'contains':
      return path.includes(value)
    case 'like':
      return likeMatches(path, value.split('*'))
  }
}

/** Greedy from the left is enough for a pattern whose only wildcard is "any text"; no backtracking, so no slow patterns. */
function likeMatches(text: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
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
      return sql`(${held} AND ifNull(toFloat64OrNull(${text}) >= toFloat64OrNull(${param.text(value)}), false))`
    case 'lte':
      return sql`(${held} AND ifNull(toFloat64OrNull(${text}) <= toFloat64OrNull(${param.text(value)}), false))`
    case 'set':
      return held
    case 'unset':
      return sql`NOT ${held}`
  }
}
