import type { EventFacts } from './event.ts'
import { numberOf } from './plain-number.ts'
import type { MatchRule, PropertyOperator, UrlOperator } from './touchpoint.ts'

/**
 * Whether one event is what a rule describes. Empty `all` and `none` match everything, empty `any` nothing.
 * The store decides the same by SQL; a test keeps both equal.
 */
export function matchesRule(rule: MatchRule, event: EventFacts): boolean {
  switch (rule.kind) {
    case 'all':
      return rule.rules.every((part) => matchesRule(part, event))
    case 'any':
      return rule.rules.some((part) => matchesRule(part, event))
    case 'none':
      return !rule.rules.some((part) => matchesRule(part, event))
    case 'event':
      return rule.names.includes(event.name)
    case 'channel':
      return rule.channels.includes(event.channel)
    case 'url':
      return urlMatches(rule.op, event.path, rule.value)
    case 'property':
      return propertyMatches(rule.op, event.properties[rule.property], rule.value)
  }
}

export function urlMatches(op: UrlOperator, path: string, value: string): boolean {
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

/** @param held undefined: the event has no such property */
export function propertyMatches(
  op: PropertyOperator,
  held: string | undefined,
  value: string,
): boolean {
  switch (op) {
    case 'set':
      return held !== undefined
    case 'unset':
      return held === undefined
    case 'ne':
      return held !== value
    case 'eq':
      return held === value
    case 'contains':
      return held?.toLowerCase().includes(value.toLowerCase()) ?? false
    case 'gte':
      return compared(held, value, (a, b) => a >= b)
    case 'lte':
      return compared(held, value, (a, b) => a <= b)
  }
}

function compared(
  held: string | undefined,
  value: string,
  holds: (a: number, b: number) => boolean,
): boolean {
  const a = held === undefined ? null : numberOf(held)
  const b = numberOf(value)
  return a !== null && b !== null && holds(a, b)
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
