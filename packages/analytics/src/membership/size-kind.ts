import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf } from '../asking/read.ts'
import { shareOf } from '../share.ts'
import {
  type MembershipDefinition,
  membershipDefinition,
  membershipKind,
  type MembershipPlan,
  type MembershipQuestion,
} from './membership-plan.ts'
import { sizeOf, sizeQuery, type SizeRow } from './size-query.ts'

export interface Size {
  readonly customers: number
  readonly everybody: number
  readonly share: number | null
  readonly definition: MembershipDefinition
}

/** How many are in a segment, now or as of an instant. */
export const sizeKind: QuestionKind<
  MembershipQuestion,
  MembershipPlan<MembershipQuestion>,
  { readonly size: readonly SizeRow[] },
  Size
> = {
  ...membershipKind<MembershipQuestion>(),
  reads: ({ at, rule }) => ({ size: rowsOf(sizeQuery(at, rule)) }),
  shape: ({ question }, { size }, context) => {
    const counted = sizeOf(size?.[0])
    return {
      ...counted,
      share: shareOf(counted.customers, counted.everybody),
      definition: membershipDefinition('segment-size', { ...question }, context),
    }
  },
}
