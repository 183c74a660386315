import {
  leavesOf,
  type Period,
  resolveSegments,
  segmentsWithin,
  type SegmentMap,
  type SegmentRule,
  type SegmentScope,
  type Touchpoint,
  type JourneyMap,
} from '@parcurs/domain'
import type { QuestionContext } from '../asking/question-kind.ts'
import { goalRule, stepRules } from '../living-map/map-coding.ts'
import { planSteps } from '../living-map/map-plan.ts'
import { at } from '../at.ts'
import type { DefinedSegment } from '../question.ts'
import type { Sql } from '../sql.ts'
import type { SegmentReading } from './segment-reading.ts'
import { segmentCondition } from './segment-sql.ts'

const DAY_MS = 86_400_000

/**
 * Whom a question is about, as a condition on the column `customer`; null: everybody.
 *
 * @param period of the question; null: it has none
 */
export function segmentAsked(
  context: QuestionContext,
  segment: SegmentRule | null | undefined,
  period: Period | null,
): Sql | null {
  if (segment === null || segment === undefined) return null
  const rule = resolveSegments(segment, context.segment)
  return segmentCondition(segmentReading(context, period), rule)
}

export function segmentReading(
  context: QuestionContext,
  period: Period | null,
  asOfMs: number | null = null,
): SegmentReading {
  const { reading, kinds, nowMs, listed } = context
  return { reading, kinds, nowMs, asOfMs, listed, scope: segmentScope(context, period) }
}

type Library = Pick<QuestionContext, 'zone' | 'workspace' | 'touchpoints' | 'maps'>

export function segmentScope(
  { zone, workspace, touchpoints, maps }: Library,
  period: Period | null,
): SegmentScope {
  return {
    zone,
    weekStart: workspace.weekStart,
    period,
    touchpoint: (id) => touchpoints.get(id) ?? null,
    map: (id) => {
      const map = maps.get(id)
      return map === undefined ? null : segmentMap(map, touchpoints)
    },
  }
}

/** A map as a segment sees it. */
export function segmentMap(
  map: JourneyMap,
  touchpoints: ReadonlyMap<string, Touchpoint>,
): SegmentMap {
  const rules = stepRules(map, touchpoints)
  return {
    steps: planSteps(map).map(({ stepId, optional, goal, position, loops, repeatable }, i) => ({
      id: stepId,
      rule: at(rules, i),
      optional,
      goal,
      position,
      loops,
      repeatable,
    })),
    goal: goalRule(map, touchpoints),
    valued: map.goal?.valued === true,
    windowMs: map.windowDays * DAY_MS,
  }
}

/** Maps that a rule names, those of the saved segments in it included. */
export function mapsOfSegment(
  segment: SegmentRule | null | undefined,
  segmentOf: QuestionContext['segment'],
): readonly string[] {
  if (segment === null || segment === undefined) return []
  const named = segmentsWithin(segment, segmentOf).flatMap((id) => segmentOf(id)?.rule ?? [])
  return [segment, ...named].flatMap((rule) =>
    leavesOf(rule).flatMap((leaf) => (leaf.kind === 'on-map' ? [leaf.map] : [])),
  )
}

/** Saved segments that a rule names, directly or through others, each once. */
export function segmentsNamed(
  segment: SegmentRule,
  segmentOf: QuestionContext['segment'],
): readonly DefinedSegment[] {
  return segmentsWithin(segment, segmentOf).flatMap((id) => {
    const named = segmentOf(id)
    return named === null ? [] : [{ id, name: named.name, version: named.version }]
  })
}
