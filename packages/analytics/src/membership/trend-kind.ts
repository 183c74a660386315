import type { QuestionKind } from '../asking/question-kind.ts'
import { rowsOf, type RowsRead } from '../asking/read.ts'
import { shareOf } from '../share.ts'
import {
  type MembershipDefinition,
  membershipDefinition,
  membershipKind,
  type MembershipPlan,
  type MembershipQuestion,
  segmentReadingAt,
} from './membership-plan.ts'
import { sizeOf, sizeQuery, type SizeRow } from './size-query.ts'

export interface TrendQuestion extends MembershipQuestion {
  /** Instants, ascending. */
  readonly points: readonly number[]
}

export interface Trend {
  readonly points: readonly {
    readonly atMs: number
    readonly customers: number
    readonly everybody: number
    readonly share: number | null
  }[]
  readonly identities: 'today'
  readonly definition: MembershipDefinition
}

/** So many sizes are counted at once: each is a pass over the journeys. */
const AT_ONCE = 4

/** The size of a segment at instants: what was known to have happened by then, with today's identities. */
export const trendKind: QuestionKind<
  TrendQuestion,
  MembershipPlan<TrendQuestion>,
  Readonly<Record<string, readonly SizeRow[]>>,
  Trend
> = {
  ...membershipKind<TrendQuestion>(),
  reads: ({ question, rule }, found, context) => {
    const open = question.points.filter((atMs) => found[String(atMs)] === undefined)
    return Object.fromEntries(
      open
        .slice(0, AT_ONCE)
        .map((atMs): readonly [string, RowsRead] => [
          String(atMs),
          rowsOf(sizeQuery(segmentReadingAt(context, atMs), rule)),
        ]),
    )
  },
  shape: ({ question }, found, context) => ({
    points: question.points.map((atMs) => {
      const size = sizeOf(found[String(atMs)]?.[0])
      return { atMs, ...size, share: shareOf(size.customers, size.everybody) }
    }),
    identities: 'today',
    definition: membershipDefinition('segment-trend', { ...question }, context),
  }),
}

/** Instants from the first to the last, evenly apart; both included. */
export function trendPoints(fromMs: number, toMs: number, points: number): readonly number[] {
  const all = Array.from({ length: points }, (_, i) =>
    Math.round(fromMs + ((toMs - fromMs) * i) / Math.max(1, points - 1)),
  )
  return [...new Set(all)]
}
