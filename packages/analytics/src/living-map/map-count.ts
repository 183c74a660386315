import type { QuestionContext } from '../asking/question-kind.ts'
import { countOf, type CountRead } from '../asking/read.ts'
import { customerRanges } from '../journey/customer-range.ts'
import type { Period } from '../question.ts'
import type { CountNames } from './map-counts.ts'
import type { CodedMap } from './map-kind.ts'
import { planSteps, slicesOf } from './map-plan.ts'
import { segmentAsked } from '../segment/segment-asked.ts'
import { keptUntil, mapByChange } from './map-by-change.ts'
import { mapQuery } from './map-query.ts'

/** Customers looked into, of those who left a step and of those who moved on. */
export const LEAK_SAMPLE = 300

/**
 * Counts one period of a map.
 *
 * @param sampleSize customers kept of each step and state
 * @param list the step and state whose customers are named; absent: none are
 */
export function countMap(
  { map, coding, question, windowMs }: Pick<CodedMap, 'map' | 'coding' | 'question' | 'windowMs'>,
  period: Period,
  sampleSize: number,
  context: QuestionContext,
  list?: NonNullable<CountNames['list']>,
): CountRead<'map'> {
  const valued = map.goal?.valued === true
  const { reading, nowMs, threads } = context
  const customers = segmentAsked(context, question.segment, period)
  const choice = { period, customers, windowMs, valued }
  // Where nothing is folded every part would read all events again.
  const parts = reading.beyond === 'all' ? 1 : threads
  const queries = customerRanges(parts).map((range) => {
    const only = parts === 1 ? null : range
    return mapQuery(reading, coding, { ...choice, range: only })
  })
  // A segment may hold other customers without any event: by a trait, or as time goes by.
  const kept = question.segment === null && list === undefined
  const plan = {
    steps: planSteps(map),
    stageCount: map.stages.length,
    period,
    nowMs,
    windowMs,
    unmappedGroups: coding.groups.length,
    slices: slicesOf(period),
    sampleSize,
    keptUntilMs: kept ? keptUntil(nowMs) : null,
  }
  const names: CountNames = {
    stageIds: map.stages.map(({ id }) => id),
    groups: coding.groups,
    valued,
    ...(list === undefined ? {} : { list }),
  }
  const counting = { kind: 'map' as const, plan, names }
  const read = countOf<'map'>(counting, queries)
  if (!kept) return read
  const byChange = mapByChange(
    { map, coding, windowMs },
    { ...choice, range: null },
    counting,
    context,
  )
  return { ...read, byChange }
}
