import {
  type QuestionKind,
  definitionOf,
  noMaps,
  segmentOf,
  touchpointRule,
} from '../asking/question-kind.ts'
import {
  customersAsked,
  narrowing,
  sampleOf,
  type ValueRow,
  valuesQuery,
} from '../asking/events-asked.ts'
import { countOf, type Reads, rowsOf } from '../asking/read.ts'
import type { QuestionContext } from '../asking/question-kind.ts'
import { held } from '../at.ts'
import type { Sample } from '../question.ts'
import { codeOfText } from '../selection/event-value.ts'
import { isMisfit } from '../selection/misfit.ts'
import { selectedShape } from '../selection/selection.ts'
import { selectionQueries } from '../selection/selection-queries.ts'
import type { FunnelAnswer, FunnelQuestion } from './funnel.ts'
import { funnelCounts } from './funnel-answer.ts'
import type { FunnelCounted } from './funnel-counting.ts'
import { type FunnelPlan, planFunnel } from './funnel-plan.ts'
import { type FunnelLevelRow, funnelQuery, tallyOfLevels } from './funnel-query.ts'

export interface FunnelFound {
  /** Of a plan that the store can answer. */
  readonly levels: readonly FunnelLevelRow[]
  /** The values of the breakdown, most frequent first. */
  readonly values: readonly ValueRow[]
  readonly counted: FunnelCounted
}

export const funnelKind: QuestionKind<FunnelQuestion, FunnelPlan, FunnelFound, FunnelAnswer> = {
  mapsOf: noMaps,
  segmentOf,
  plan: (question, context) => {
    const narrowed = narrowing(question, context)
    if (isMisfit(narrowed)) return narrowed
    return planFunnel(question, {
      kinds: context.kinds,
      touchpointRule: touchpointRule(context),
      period: narrowed.period,
      nowMs: context.nowMs,
      customers: customersAsked(question, narrowed.period, context),
    })
  },
  reads,
  shape: (plan, found, context) => {
    const { total, groups } = plan.inSql
      ? { total: ofLevels(plan, held(found.levels, 'levels of the funnel')), groups: null }
      : held(found.counted, 'counted funnel')
    const sample = sampleOf(sampleUnit(plan), total.entered, plan.question)
    return {
      version: 1,
      kind: 'funnel',
      definition: definitionOf('funnel', plan.parameters, sample, context),
      total,
      groups,
    }
  },
}

function reads(
  plan: FunnelPlan,
  found: Partial<FunnelFound>,
  context: QuestionContext,
): Reads<FunnelFound> {
  const { breakdown, options, question } = plan
  if (plan.inSql) {
    const { reading, kinds } = context
    const query = funnelQuery(reading, kinds, plan.selection, options.rules, options.nowMs)
    return { levels: rowsOf(query) }
  }
  if (breakdown !== null && found.values === undefined) {
    const every = { ...plan.selection, columns: [] }
    return { values: rowsOf(valuesQuery(context, every, breakdown.text)) }
  }
  const texts = (found.values ?? []).map(({ text }) => text)
  const { columns } = plan.selection
  const selection = {
    ...plan.selection,
    columns: breakdown === null ? columns : [...columns, codeOfText(breakdown.text, texts)],
  }
  const shape = selectedShape(selection)
  const histogram = question.histogram ?? null
  return {
    counted: countOf(
      { kind: 'funnel', shape, plan, histogram, texts },
      selectionQueries(context, selection),
    ),
  }
}

function ofLevels({ options, ...plan }: FunnelPlan, rows: readonly FunnelLevelRow[]) {
  const tally = tallyOfLevels(rows, options.rules.stepCount)
  return funnelCounts(tally, { options, ...plan }, plan.question.histogram)
}

function sampleUnit({ question, options }: FunnelPlan): Sample['unit'] {
  const { count, hold } = options.rules
  if (question.unit !== undefined || hold === 'each-value') return 'values'
  return count === 'totals' ? 'entries' : count
}
