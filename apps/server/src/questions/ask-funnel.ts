import {
  codeOfText,
  countedAs,
  type FunnelAnswer,
  type FunnelCounts,
  funnelCounts,
  type FunnelLevelRow,
  type FunnelPlan,
  funnelQuery,
  type FunnelQuestion,
  isMisfit,
  type Misfit,
  planFunnel,
  tallyOfLevels,
} from '@parcurs/analytics'
import { type Asking, periodOf } from './asking.ts'
import { valuesOf } from './values.ts'

export async function askFunnel(
  question: FunnelQuestion,
  asking: Asking,
): Promise<FunnelAnswer | Misfit> {
  const resolved = periodOf(question.period, asking)
  if (isMisfit(resolved)) return resolved
  const plan = planFunnel(question, {
    kinds: asking.kinds,
    touchpointRule: asking.touchpointRule,
    period: resolved.period,
    nowMs: asking.nowMs,
    customers: asking.segment(question.segment, resolved.period),
  })
  if (isMisfit(plan)) return plan
  const { total, groups } = plan.inSql
    ? { total: await levels(plan, asking, question.histogram), groups: null }
    : await counted(plan, question, asking)
  return {
    version: 1,
    kind: 'funnel',
    definition: {
      key: 'funnel',
      parameters: plan.parameters,
      timeZone: asking.workspace.timeZone,
      nowMs: asking.nowMs,
      sample: { unit: sampleUnit(question, plan), n: total.entered },
    },
    total,
    groups,
  }
}

async function levels(
  plan: FunnelPlan,
  asking: Asking,
  histogram: FunnelQuestion['histogram'],
): Promise<FunnelCounts> {
  const { rules, nowMs } = plan.options
  const query = funnelQuery(asking.reading, asking.kinds, plan.selection, rules, nowMs)
  const tally = tallyOfLevels(await asking.rows<FunnelLevelRow>(query), rules.stepCount)
  return funnelCounts(tally, plan, histogram)
}

async function counted(plan: FunnelPlan, question: FunnelQuestion, asking: Asking) {
  const { breakdown } = plan
  const texts =
    breakdown === null
      ? []
      : await valuesOf(asking, { ...plan.selection, columns: [] }, breakdown.text)
  const selection = {
    ...plan.selection,
    columns: [
      ...plan.selection.columns,
      ...(breakdown === null ? [] : [codeOfText(breakdown.text, texts)]),
    ],
  }
  const histogram = question.histogram ?? null
  return countedAs(
    await asking.count(selection, (shape) => ({ kind: 'funnel', shape, plan, histogram, texts })),
    'funnel',
  )
}

function sampleUnit(question: FunnelQuestion, plan: FunnelPlan) {
  if (question.unit !== undefined || plan.options.rules.hold === 'each-value') return 'values'
  const { count } = plan.options.rules
  return count === 'totals' ? 'entries' : count
}
