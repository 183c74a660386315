import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf } from '../asking/read.ts'
import {
  bothEndsQuery,
  type ChangedPage,
  changedQuery,
  type ChangedRow,
  changesOf,
} from './changes-query.ts'
import {
  type MembershipDefinition,
  membershipDefinition,
  membershipKind,
  type MembershipPlan,
  type MembershipQuestion,
  segmentReadingAt,
} from './membership-plan.ts'
import type { OverlapRow } from './overlap-query.ts'

/** Who is in a segment at one end of a period only. */
export interface ChangesQuestion extends MembershipQuestion, ChangedPage {
  readonly fromMs: number
  readonly toMs: number
}

export interface Changes {
  readonly entered: number
  readonly left: number
  readonly stayed: number
  readonly changed: readonly { readonly customer: string; readonly change: 'entered' | 'left' }[]
  readonly definition: MembershipDefinition
}

export const changesKind: QuestionKind<
  ChangesQuestion,
  MembershipPlan<ChangesQuestion>,
  { readonly ends: readonly OverlapRow[]; readonly changed: readonly ChangedRow[] },
  Changes
> = {
  ...membershipKind<ChangesQuestion>(),
  reads: ({ question, rule }, _found, context) => {
    const begin = segmentReadingAt(context, question.fromMs)
    const end = segmentReadingAt(context, question.toMs)
    return {
      ends: rowsOf(bothEndsQuery(begin, end, rule)),
      changed: rowsOf(changedQuery(begin, end, rule, question)),
    }
  },
  shape: ({ question }, { ends = [], changed = [] }, context) => ({
    ...changesOf(ends),
    changed: changed.map(({ customer, inside }) => ({
      customer,
      change: inside === 1 ? 'left' : 'entered',
    })),
    definition: membershipDefinition(
      'segment-changes',
      { rule: question.rule, fromMs: question.fromMs, toMs: question.toMs },
      context,
    ),
  }),
}
