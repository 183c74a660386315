import {
  codeOfText,
  emptyTally,
  type FunnelAnswer,
  funnelCounts,
  funnelGroups,
  funnelKernel,
  type FunnelLevelRow,
  type FunnelPlan,
  funnelQuery,
  type FunnelQuestion,
  type FunnelTally,
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
    ? { total: await levels(plan, asking), groups: null }
    : await counted(plan, question, asking)
  const counts = funnelCounts(total, plan, question.histogram)
  return {
    version: 1,
    kind: 'funnel',
    definition: {
      key: 'funnel',
      parameters: plan.parameters,
      timeZone: asking.workspace.timeZone,
      nowMs: asking.nowMs,
      sample: { unit: sampleUnit(question, plan), n: counts.entered },
    },
    total: counts,
    groups,
  }
}

async function levels(plan: FunnelPlan, asking: Asking): Promise<FunnelTally> {
  const { rules, nowMs } = plan.options
  const query = funnelQuery(asking.reading, asking.kinds, plan.selection, rules, nowMs)
  return tallyOfLevels(await asking.rows<FunnelLevelRow>(query), rules.stepCount)
}

async function counted(plan: FunnelPlan, question: FunnelQuestion, asking: Asking) {
  const { breakdown, options } = plan
  const texts =
    breakdown === null
      ? []
      : await valuesOf(asking, { ...plan.selection, columns: [] }, breakdown.text)
  const held = options.rules.hold !== 'none'
  const selection = {
    ...plan.selection,
    columns: [
      ...plan.selection.columns,
      ...(breakdown === null ? [] : [codeOfText(breakdown.text, texts)]),
    ],
  }
  const grouped = breakdown === null ? null : funnelKernel(options)
  // The total counts everybody once, whatever groups they fall into.
  const whole = funnelKernel({ ...options, grouping: { by: 'none' } })
  for await (const { times, codes, columns } of asking.journeys(selection)) {
    const journey = {
      times,
      masks: codes,
      held: held ? (columns[0] ?? null) : null,
      groups: columns[held ? 1 : 0] ?? null,
    }
    grouped?.add(journey)
    whole.add({ ...journey, groups: null })
  }
  return {
    total: whole.tallies().get(0) ?? emptyTally(options.rules.stepCount),
    groups:
      grouped === null ? null : funnelGroups(grouped.tallies(), texts, plan, question.histogram),
  }
}

function sampleUnit(question: FunnelQuestion, plan: FunnelPlan) {
  if (question.unit !== undefined || plan.options.rules.hold === 'each-value') return 'values'
  const { count } = plan.options.rules
  return count === 'totals' ? 'entries' : count
}
