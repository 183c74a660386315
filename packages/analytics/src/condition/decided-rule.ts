import { type EventKind, kindDecider, type MatchRule } from '@parcurs/domain'
import { at } from '../at.ts'
import { param, sql, type Sql } from '../sql.ts'
import { ruleCondition } from './event-sql.ts'

/** Which events a rule means, as a condition over the columns of `events` that asks no more than it must. */
export interface DecidedRule {
  /** Every event of these kinds matches. */
  readonly kinds: readonly number[]
  /** Of these kinds it depends on the event. */
  readonly openKinds: readonly number[]
  readonly condition: Sql
}

/** Decides by kind what can be decided: the rest reads properties. */
export function decidedRule(rule: MatchRule, kinds: readonly EventKind[]): DecidedRule {
  return at(decidedRules([rule], kinds), 0)
}

/** Many rules in one pass over the kinds. */
export function decidedRules(
  rules: readonly MatchRule[],
  kinds: readonly EventKind[],
): readonly DecidedRule[] {
  const decide = kindDecider(rules)
  const sure = rules.map((): number[] => [])
  const open = rules.map((): number[] => [])
  for (const kind of kinds) {
    for (const { index, matches } of decide(kind)) {
      at(matches === true ? sure : open, index).push(kind.code)
    }
  }
  return rules.map((rule, index) => decidedBy(rule, at(sure, index), at(open, index)))
}

function decidedBy(rule: MatchRule, sure: readonly number[], open: readonly number[]): DecidedRule {
  const byKind = sql`has(${param.codes(sure)}, kind)`
  const condition =
    open.length === 0
      ? byKind
      : sql`(${byKind} OR (has(${param.codes(open)}, kind) AND ${ruleCondition(rule)}))`
  return { kinds: sure, openKinds: open, condition }
}
