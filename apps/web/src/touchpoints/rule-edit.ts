import {
  comparisonFaults,
  type Group,
  type EventLeaf,
  GROUP_KINDS,
  isGroup,
  type MatchRule,
} from '@parcurs/domain'

export const RULE_KINDS = ['event', 'channel', 'url', 'property', ...GROUP_KINDS] as const
export type RuleKind = (typeof RULE_KINDS)[number]

/** A condition as it begins when its kind is chosen. */
export function emptyRule(kind: RuleKind): MatchRule {
  switch (kind) {
    case 'event':
      return { kind, names: [] }
    case 'channel':
      return { kind, channels: [] }
    case 'url':
      return { kind, op: 'like', value: '' }
    case 'property':
      return { kind, property: '', op: 'eq', value: '' }
    case 'all':
    case 'any':
    case 'none':
      return { kind, rules: [{ kind: 'event', names: [] }] }
  }
}

/** The editor always shows a group: a single condition is a group of one. */
export function asGroup(rule: MatchRule): Group<EventLeaf> {
  return isGroup(rule) ? rule : { kind: 'all', rules: [rule] }
}

/** What is kept: a group of one condition is that condition, unless it excludes it. */
export function simplest(rule: MatchRule): MatchRule {
  if (!isGroup(rule)) return rule
  const rules = rule.rules.map(simplest)
  const [only] = rules
  return rule.kind !== 'none' && rules.length === 1 && only !== undefined
    ? only
    : { kind: rule.kind, rules }
}

export type Incomplete =
  | 'names'
  | 'channels'
  | 'path'
  | 'property'
  | 'number'
  | 'values'
  | 'empty-group'

/** What one condition still lacks; null: nothing. Groups answer for themselves, not for their parts. */
export function lackOf(rule: MatchRule): Incomplete | null {
  switch (rule.kind) {
    case 'event':
      return rule.names.length === 0 ? 'names' : null
    case 'channel':
      return rule.channels.length === 0 ? 'channels' : null
    case 'url':
      return rule.value === '' ? 'path' : null
    case 'property':
      if (rule.property === '') return 'property'
      if (comparisonFaults(rule, '').length === 0) return null
      return rule.op === 'one-of' ? 'values' : 'number'
    default:
      return rule.rules.length === 0 ? 'empty-group' : null
  }
}

export function isComplete(rule: MatchRule): boolean {
  return lackOf(rule) === null && (!isGroup(rule) || rule.rules.every(isComplete))
}
