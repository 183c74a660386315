import { factsNeeded, type MembershipPlan, type MembershipQuestion } from '@parcurs/analytics'
import {
  decide,
  type Decision,
  isGroup,
  type Nest,
  resolveSegments,
  type SegmentLeaf,
  type SegmentOf,
  type SegmentRule,
} from '@parcurs/domain'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { readFacts } from './customer-facts.ts'

export interface Explanation extends Decision {
  readonly parts: readonly ExplainedPart[]
}

export interface ExplainedPart {
  /** As in JavaScript: `rule.rules[0]`. */
  readonly place: string
  readonly kind: string
  readonly holds: boolean
  readonly untilMs: number | null
}

/** Whether a customer is in a segment and which parts of the rule hold; null: there is no such customer. */
export async function explainMember(
  clickhouse: ClickHouse,
  { at, rule, question }: MembershipPlan<MembershipQuestion>,
  segmentOf: SegmentOf,
  customer: bigint,
  signal: AbortSignal,
): Promise<Explanation | null> {
  const needed = factsNeeded([rule], at)
  const known = await readFacts(clickhouse, at, needed, [customer], signal)
  const found = known.get(String(customer))
  if (found === undefined || !found.exists) return null
  const decided = (part: SegmentRule) =>
    decide(resolveSegments(part, segmentOf), found.facts, at.scope, at.nowMs)
  return { ...decided(question.rule), parts: partsOf(question.rule, 'rule', decided) }
}

function partsOf(
  rule: Nest<SegmentLeaf>,
  place: string,
  decided: (part: SegmentRule) => Decision,
): readonly ExplainedPart[] {
  const { member, untilMs } = decided(rule)
  const own = { place, kind: rule.kind, holds: member, untilMs }
  if (!isGroup(rule)) return [own]
  return [own, ...rule.rules.flatMap((part, i) => partsOf(part, `${place}.rules[${i}]`, decided))]
}
