import type { QuestionKind } from '../asking/question-kind.ts'
import { membershipKind, type MembershipPlan, type MembershipQuestion } from './membership-plan.ts'

/** Reads nothing: says what a segment is read by, for what streams, writes or decides one customer. */
export const readingKind: QuestionKind<
  MembershipQuestion,
  MembershipPlan<MembershipQuestion>,
  Readonly<Record<never, never>>,
  MembershipPlan<MembershipQuestion>
> = {
  ...membershipKind<MembershipQuestion>(),
  reads: () => ({}),
  shape: (plan) => plan,
}
