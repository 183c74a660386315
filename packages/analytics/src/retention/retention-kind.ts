import { eventsAsked, narrowing, sampleOf } from '../asking/events-asked.ts'
import {
  definitionOf,
  noMaps,
  segmentOf,
  type Planned,
  type QuestionContext,
  type QuestionKind,
  touchpointRule,
} from '../asking/question-kind.ts'
import { countOf } from '../asking/read.ts'
import { at, held } from '../at.ts'
import { type Matching, matchingOf, namePart } from '../selection/matching.ts'
import { isMisfit, type Misfit } from '../selection/misfit.ts'
import { type Selection, selectedShape } from '../selection/selection.ts'
import { selectionQueries } from '../selection/selection-queries.ts'
import type { RetentionAnswer, RetentionQuestion } from './retention.ts'
import type { RetentionCounted } from './retention-counting.ts'
import { planRetention, retentionAnswer, type RetentionPlan } from './retention-plan.ts'

export interface RetentionFound {
  readonly counted: RetentionCounted
}

export interface RetentionAsked extends RetentionPlan, Planned {
  readonly question: RetentionQuestion
  readonly selection: Selection
}

export const retentionKind: QuestionKind<
  RetentionQuestion,
  RetentionAsked,
  RetentionFound,
  RetentionAnswer
> = {
  mapsOf: noMaps,
  segmentOf,
  plan,
  reads: ({ selection, rules }, _found, context) => ({
    counted: countOf(
      { kind: 'retention', shape: selectedShape(selection), rules },
      selectionQueries(context, selection),
    ),
  }),
  shape: (asked, found, context) => {
    const { matrix } = held(found.counted, 'counted retention')
    const { cohorts, average } = retentionAnswer(matrix, asked, context.nowMs)
    const n = cohorts.reduce((sum, { size }) => sum + size, 0)
    const sample = sampleOf('customers', n, asked.question)
    return {
      version: 1,
      kind: 'retention',
      definition: definitionOf('retention', asked.parameters, sample, context),
      cohorts,
      average,
    }
  },
}

function plan(question: RetentionQuestion, context: QuestionContext): RetentionAsked | Misfit {
  const narrowed = narrowing(question, context)
  if (isMisfit(narrowed)) return narrowed
  const { zone, workspace, nowMs } = context
  const planned = planRetention(question, zone, workspace.weekStart, nowMs)
  if (isMisfit(planned)) return planned
  const bits: Matching[] = []
  for (const place of ['target', 'returns'] as const) {
    const matching = matchingOf(question[place] ?? null, touchpointRule(context))
    if (matching === null) {
      return { place, value: question[place], expected: 'a touchpoint of this workspace' }
    }
    bits.push(matching)
  }
  bits.push(namePart(question.target ?? null))
  const { bounds, columns, rollingMs } = planned.rules
  const lastMs = at(bounds, bounds.length - 1)
  // Counted from one's own event, the last interval ends up to one interval later.
  const period = { fromMs: EARLIEST_MS, toMs: lastMs + (rollingMs ?? 0) }
  const furthest = columns.reduce((most, [, last]) => Math.max(most, last), 0)
  return {
    ...planned,
    question,
    period,
    settledMs: rollingMs === null ? lastMs : lastMs + (furthest + 1) * rollingMs,
    selection: {
      ...eventsAsked(question, null, context),
      code: { as: 'mask', bits },
      keep: 'matched',
      period,
    },
  }
}

// What came first is decided over the whole history.
const EARLIEST_MS = Date.UTC(1900, 0, 1)
