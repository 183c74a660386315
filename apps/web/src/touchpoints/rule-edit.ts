import type { MatchRule } from '@parcurs/domain'

export const RULE_KINDS = ['event', 'channel', 'url', 'property', 'all', 'any', 'none'] as const
export type RuleKind = (typeof RULE_KINDS)[number]

export const GROUP_KINDS = ['all', 'any', 'none'] as const

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
export function asGroup(rule: MatchRule): Extract<MatchRule, { readonly rules: unknown }> {
  return 'rules' in rule ? rule : { kind: 'all', rules: [rule] }
}

/** What is kept: a group of one condition is that condition, unless it excludes it. */
export function simplest(rule: MatchRule): MatchRule {
  if (!('rules' in rule)) return rule
  const rules = rule.rules.map(simplest)
  const [only] = rules
  return rule.kind !== 'none' && rules.length === 1 && only !== undefined
    ? only
    : { kind: rule.kind, rules }
}

export type Incomplete = 'names' | 'channels' | 'path' | 'property' | 'number' | 'empty-group'

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
      return (rule.op === 'gte' || rule.op === 'lte') && !isNumber(rule.value) ? 'number' : null
    default:
      return rule.rules.length === 0 ? 'empty-group' : null
  }
}

export function isComplete(rule: MatchRule): boolean {
  return lackOf(rule) === null && (!('rules' in rule) || rule.rules.every(isComplete))
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text))
}
