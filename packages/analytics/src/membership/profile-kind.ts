import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf, type RowsRead } from '../asking/read.ts'
import {
  type MembershipDefinition,
  membershipDefinition,
  membershipKind,
  type MembershipPlan,
  type MembershipQuestion,
} from './membership-plan.ts'
import { type Profile, profileOf } from './profile.ts'
import {
  countedMarks,
  passesOf,
  traitMarks,
  type TraitMarkRow,
  traitMarksQuery,
  type UsedMark,
  type UsedMarkRow,
  usedMarks,
  usedMarksQuery,
} from './profile-query.ts'
import type { QuestionContext } from '../asking/question-kind.ts'
import { sizeOf, sizeQuery, type SizeRow } from './size-query.ts'

export interface SegmentProfile extends Profile {
  readonly customers: number
  readonly everybody: number
  readonly definition: MembershipDefinition
}

interface ProfileFound {
  readonly size: readonly SizeRow[]
  readonly traits: readonly TraitMarkRow[]
  readonly pass0: readonly UsedMarkRow[]
  readonly pass1: readonly UsedMarkRow[]
  readonly pass2: readonly UsedMarkRow[]
}

const PASSES = ['pass0', 'pass1', 'pass2'] as const

/** What sets those in a segment apart from everybody. */
export const profileKind: QuestionKind<
  MembershipQuestion,
  MembershipPlan<MembershipQuestion>,
  ProfileFound,
  SegmentProfile
> = {
  ...membershipKind<MembershipQuestion>(),
  reads: ({ at, rule }, _found, context) => {
    const used = passes(context)
    const read = (i: number): RowsRead | null => {
      const pass = used[i]
      return pass === undefined ? null : rowsOf(usedMarksQuery(at, rule, pass))
    }
    const [pass0, pass1, pass2] = [read(0), read(1), read(2)]
    return {
      size: rowsOf(sizeQuery(at, rule)),
      traits: rowsOf(traitMarksQuery(at, rule)),
      ...(pass0 === null ? {} : { pass0 }),
      ...(pass1 === null ? {} : { pass1 }),
      ...(pass2 === null ? {} : { pass2 }),
    }
  },
  shape: ({ question }, found, context) => {
    const { customers, everybody } = sizeOf(found.size?.[0])
    const used = passes(context).flatMap((pass, i) =>
      countedMarks(pass, found[PASSES[i] ?? 'pass0'] ?? []),
    )
    return {
      ...profileOf([...traitMarks(found.traits ?? []), ...used], customers, everybody),
      customers,
      everybody,
      definition: membershipDefinition('segment-profile', { ...question }, context),
    }
  },
}

/** At most 192 channels and touchpoints: the library's first ones. */
function passes(context: QuestionContext): readonly (readonly UsedMark[])[] {
  return passesOf(usedMarks(context, [...context.touchpoints.values()])).slice(0, PASSES.length)
}
