import { decideKind, type EventKind, type MatchRule } from '@parcurs/domain'
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
  const decided = kinds.map((kind) => ({ code: kind.code, matches: decideKind(rule, kind) }))
  const sure = decided.filter(({ matches }) => matches === true).map(({ code }) => code)
  const open = decided.filter(({ matches }) => matches === null).map(({ code }) => code)
  const byKind = sql`has(${param.codes(sure)}, kind)`
  const condition =
    open.length === 0
      ? byKind
      : sql`(${byKind} OR (has(${param.codes(open)}, kind) AND ${ruleCondition(rule)}))`
  return { kinds: sure, openKinds: open, condition }
}
