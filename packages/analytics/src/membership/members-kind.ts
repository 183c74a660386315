import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf } from '../asking/read.ts'
import { membershipKind, type MembershipPlan, type MembershipQuestion } from './membership-plan.ts'
import { type MemberPlace, type MemberRow, membersQuery } from './members-query.ts'
import { sizeOf, sizeQuery, type SizeRow } from './size-query.ts'

export interface MembersQuestion extends MembershipQuestion {
  readonly after: MemberPlace | null
  readonly limit: number
}

export interface Members {
  readonly customers: number
  readonly everybody: number
  readonly rows: readonly MemberRow[]
  /** Where the next page begins; null: this was the last. */
  readonly next: MemberPlace | null
}

/** Who is in a segment, a page at a time, the latest first. */
export const membersKind: QuestionKind<
  MembersQuestion,
  MembershipPlan<MembersQuestion>,
  { readonly size: readonly SizeRow[]; readonly members: readonly MemberRow[] },
  Members
> = {
  ...membershipKind<MembersQuestion>(),
  reads: ({ question, at, rule }) => ({
    size: rowsOf(sizeQuery(at, rule)),
    // One more than is shown says whether there is a next page.
    members: rowsOf(membersQuery(at, rule, { ...question, limit: question.limit + 1 })),
  }),
  shape: ({ question: { limit } }, { size, members = [] }) => {
    const rows = members.slice(0, limit)
    const last = rows.at(-1)
    return {
      ...sizeOf(size?.[0]),
      rows,
      next:
        members.length <= limit || last === undefined
          ? null
          : {
              lastMs: last.last_ms === null ? null : Number(last.last_ms),
              customer: BigInt(last.customer),
            },
    }
  },
}
