import { resolveSegments, type SegmentRule } from '@parcurs/domain'
import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf } from '../asking/read.ts'
import {
  type MembershipDefinition,
  membershipDefinition,
  membershipKind,
  type MembershipPlan,
  type MembershipQuestion,
} from './membership-plan.ts'
import {
  type Overlap,
  overlapQuery,
  type OverlapRow,
  overlapsOf,
  ownCustomers,
} from './overlap-query.ts'

export interface OverlapQuestion extends MembershipQuestion {
  /** At most 30. */
  readonly others: readonly SegmentRule[]
}

export interface Overlaps {
  readonly customers: number
  /** In the order asked. */
  readonly with: readonly Overlap[]
  readonly definition: MembershipDefinition
}

const shared = membershipKind<OverlapQuestion>()

/** How many customers a segment shares with each of some others. */
export const overlapKind: QuestionKind<
  OverlapQuestion,
  MembershipPlan<OverlapQuestion>,
  { readonly inside: readonly OverlapRow[] },
  Overlaps
> = {
  ...shared,
  segmentOf: ({ rule, others }) => ({ kind: 'any', rules: [rule, ...others] }),
  reads: ({ question, at, rule }, _found, context) => ({
    inside: rowsOf(
      overlapQuery(at, [
        rule,
        ...question.others.map((other) => resolveSegments(other, context.segment)),
      ]),
    ),
  }),
  shape: ({ question }, { inside = [] }, context) => ({
    customers: ownCustomers(inside),
    with: overlapsOf(inside, question.others.length),
    definition: membershipDefinition('segment-overlap', { rule: question.rule }, context),
  }),
}
