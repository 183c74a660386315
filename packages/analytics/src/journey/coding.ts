import { type EventKind, kindDecider, type KindMatch, type MatchRule } from '@parcurs/domain'
import { ruleCondition } from '../condition/event-sql.ts'
import { sql, type Sql } from '../sql.ts'

/**
 * How events become codes. A code is a small number with a meaning to the asker: the number of a step,
 * or one bit per step when an event may be several of them.
 */
export interface Coding {
  /** `first`: the code of the first rule that matches. `mask`: the codes of all that match, or-ed. */
  readonly mode: 'first' | 'mask'
  /** Code by kind, `byKind[0]` is unused (kinds count from 1). 0: no rule matches. */
  readonly byKind: readonly number[]
  /** Kinds whose code depends on properties; empty: kinds decide everything, and journeys can answer. */
  readonly openKinds: readonly number[]
  /** The rules that are open for one of `openKinds`, in order, as conditions over `events`. */
  readonly cases: readonly { readonly when: Sql; readonly code: number }[]
}

export interface CodedRule {
  /** 1…2³¹; single bits when the mode is `mask`. */
  readonly code: number
  readonly rule: MatchRule
}

/** Decides once per kind what can be decided, and leaves the rest to the events. */
export function codingOf(
  rules: readonly CodedRule[],
  kinds: readonly EventKind[],
  mode: 'first' | 'mask' = 'first',
): Coding {
  const byKind: number[] = [0]
  const openKinds: number[] = []
  const decide = kindDecider(rules.map(({ rule }) => rule))
  for (const kind of kinds) {
    while (byKind.length <= kind.code) byKind.push(0)
    const code = codeOf(rules, decide(kind), mode)
    if (code === null) openKinds.push(kind.code)
    else byKind[kind.code] = code
  }
  const cases =
    openKinds.length === 0
      ? []
      : rules.map(({ rule, code }) => ({ when: ruleCondition(rule), code }))
  return { mode, byKind, openKinds, cases }
}

/** Every event keeps its kind as its code. */
export function kindCoding(kinds: readonly EventKind[]): Coding {
  const byKind: number[] = [0]
  for (const kind of kinds) {
    while (byKind.length <= kind.code) byKind.push(0)
    byKind[kind.code] = kind.code
  }
  return {
    mode: 'first',
    byKind,
    openKinds: [],
    cases: [],
  }
}

/** null: it depends on the event. */
function codeOf(
  rules: readonly CodedRule[],
  found: readonly KindMatch[],
  mode: 'first' | 'mask',
): number | null {
  let mask = 0
  for (const { index, matches } of found) {
    if (matches === null) return null
    const code = rules[index]?.code ?? 0
    if (mode === 'first') return code
    mask = (mask | code) >>> 0
  }
  return mask
}

/** The conditions of the open kinds folded into one expression. */
export function openCode(coding: Coding): Sql {
  const [head, ...rest] = coding.cases
  if (head === undefined) return sql`0`
  const tail = openCode({ ...coding, cases: rest })
  const code = codeLiteral(head.code)
  return coding.mode === 'first'
    ? sql`if(${head.when}, ${code}, ${tail})`
    : sql`bitOr(if(${head.when}, ${code}, 0), ${tail})`
}

function codeLiteral(code: number): Sql {
  return sql`${{ type: 'UInt32', value: code }}`
}
