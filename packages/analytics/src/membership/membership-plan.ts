import { type ResolvedSegment, resolveSegments, type SegmentRule } from '@parcurs/domain'
import { noMaps, type Planned, type QuestionContext } from '../asking/question-kind.ts'
import type { Definition } from '../question.ts'
import { segmentReading } from '../segment/segment-asked.ts'
import type { SegmentReading } from '../segment/segment-reading.ts'

/** What every question of who is in a segment asks. */
export interface MembershipQuestion {
  readonly rule: SegmentRule
  /** As of then, with today's identities; null: now. */
  readonly atMs: number | null
}

export interface MembershipPlan<Question> extends Planned {
  readonly question: Question
  readonly at: SegmentReading
  readonly rule: ResolvedSegment
}

/** What these kinds have in common: they read no map of their own, and their answers always depend on `now`. */
export function membershipKind<Question extends MembershipQuestion>() {
  return {
    mapsOf: noMaps,
    segmentOf: ({ rule }: Question): SegmentRule | null => rule,
    plan: (question: Question, context: QuestionContext): MembershipPlan<Question> => ({
      question,
      at: segmentReadingAt(context, question.atMs),
      rule: resolveSegments(question.rule, context.segment),
      period: null,
      settledMs: Number.POSITIVE_INFINITY,
    }),
  }
}

/** @param atMs null: now */
export function segmentReadingAt(context: QuestionContext, atMs: number | null): SegmentReading {
  const reading = segmentReading(context, null, atMs)
  return atMs === null ? reading : { ...reading, nowMs: atMs }
}

/** How a number about a segment came about. */
export type MembershipDefinition = Pick<Definition, 'key' | 'parameters' | 'timeZone' | 'nowMs'>

export function membershipDefinition(
  key: string,
  parameters: Definition['parameters'],
  { workspace, nowMs }: QuestionContext,
): MembershipDefinition {
  return { key, parameters, timeZone: workspace.timeZone, nowMs }
}
