import {
  countedAs,
  isMisfit,
  type Matching,
  matchingOf,
  type Misfit,
  namePart,
  planRetention,
  retentionAnswer,
  type RetentionAnswer,
  type RetentionQuestion,
  type Selection,
} from '@parcurs/analytics'
import { type Asking, eventsAsked } from './asking.ts'

export async function askRetention(
  question: RetentionQuestion,
  asking: Asking,
): Promise<RetentionAnswer | Misfit> {
  const plan = planRetention(question, asking.zone, asking.workspace.weekStart, asking.nowMs)
  if (isMisfit(plan)) return plan
  const bits: Matching[] = []
  for (const place of ['target', 'returns'] as const) {
    const matching = matchingOf(question[place] ?? null, asking.touchpointRule)
    if (matching === null) {
      return { place, value: question[place], expected: 'a touchpoint of this workspace' }
    }
    bits.push(matching)
  }
  bits.push(namePart(question.target ?? null))
  const lastMs = plan.rules.bounds.at(-1) ?? asking.nowMs
  const selection: Selection = {
    ...eventsAsked(question, null, asking),
    code: { as: 'mask', bits },
    keep: 'matched',
    // What came first is decided over the whole history.
    period: { fromMs: Date.UTC(1900, 0, 1), toMs: rollingEnd(lastMs, plan.rules.rollingMs) },
  }
  const { matrix } = countedAs(
    await asking.count(selection, (shape) => ({ kind: 'retention', shape, rules: plan.rules })),
    'retention',
  )
  const { cohorts, average } = retentionAnswer(matrix, plan, asking.nowMs)
  return {
    version: 1,
    kind: 'retention',
    definition: {
      key: 'retention',
      parameters: plan.parameters,
      timeZone: asking.workspace.timeZone,
      nowMs: asking.nowMs,
      sample: { unit: 'customers', n: cohorts.reduce((sum, { size }) => sum + size, 0) },
    },
    cohorts,
    average,
  }
}

/** Counted from one's own event, the last interval ends up to one interval later. */
function rollingEnd(lastMs: number, rollingMs: number | null): number {
  return lastMs + (rollingMs ?? 0)
}
