import { resolvePeriod } from '../period/period-asked.ts'
import { allOf, customersUpTo } from '../journey/customer-range.ts'
import type { Asked, Period, PeriodAsked, Sample } from '../question.ts'
import { resolvedConditions } from '../selection/matching.ts'
import { segmentAsked } from '../segment/segment-asked.ts'
import type { Misfit } from '../selection/misfit.ts'
import type { Selection } from '../selection/selection.ts'
import { compile, type Compiled, type Sql, sql } from '../sql.ts'
import { selectedEvents } from '../selection/selection.ts'
import { type QuestionContext, touchpointRule } from './question-kind.ts'

/** Every event of whom a question asks about, in the period; what its code and columns are the kind adds. */
export function eventsAsked(
  question: Asked,
  period: Period | null,
  context: QuestionContext,
): Omit<Selection, 'code'> {
  return {
    where: resolvedConditions(question.where, touchpointRule(context)),
    unit: question.unit?.property ?? null,
    period,
    keep: 'all',
    customers: customersAsked(question, period, context),
    columns: [],
    trait: null,
  }
}

/** A condition on the column `customer`; null: everybody. */
export function customersAsked(
  question: Pick<Asked, 'segment' | 'sample'>,
  period: Period | null,
  context: QuestionContext,
): Sql | null {
  const segment = segmentAsked(context, question.segment, period)
  const drawn = question.sample === undefined ? null : customersUpTo(question.sample)
  return allOf(segment, drawn)
}

/** The period, or what of the narrowing does not fit. */
export function narrowing(
  question: Asked,
  context: Pick<QuestionContext, 'zone' | 'nowMs'>,
): { readonly period: Period | null } | Misfit {
  if (question.sample !== undefined && question.unit !== undefined) {
    // The values of a drawn customer are shared with others who were not drawn.
    return { place: 'sample', value: question.sample, expected: 'no sample together with a unit' }
  }
  const { period: asked } = question
  if (asked === null || asked === undefined) return { period: null }
  return datedPeriod('period', asked, context)
}

/** @param place of the question */
export function datedPeriod(
  place: string,
  asked: PeriodAsked,
  { zone, nowMs }: Pick<QuestionContext, 'zone' | 'nowMs'>,
): { readonly period: Period } | Misfit {
  const period = resolvePeriod(asked, zone, nowMs)
  if (period === null) {
    return {
      place,
      value: asked,
      expected: 'dates as they stand on a calendar, 2026-01-31',
    }
  }
  if (period.toMs <= period.fromMs) {
    return { place, value: asked, expected: 'a period that ends after it begins' }
  }
  return { period }
}

export function sampleOf(
  unit: Sample['unit'],
  n: number,
  { sample }: Pick<Asked, 'sample'>,
): Sample {
  return { unit, n, share: sample ?? 1 }
}

/** More different values than this are one group from the start. */
const MOST_VALUES = 10_000

/** A value of an event as text. */
export interface ValueRow {
  readonly text: string
}

/** The most frequent values of a text over the events of a selection; "" is none of them. */
export function valuesQuery(context: QuestionContext, selection: Selection, text: Sql): Compiled {
  const { reading, kinds } = context
  const events = selectedEvents(reading, kinds, selection, sql`${text} AS text`)
  return compile(sql`
    SELECT text FROM (${events}) WHERE text != ''
    GROUP BY text ORDER BY count() DESC, text LIMIT ${{ type: 'UInt32', value: MOST_VALUES }}`)
}
