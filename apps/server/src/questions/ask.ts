import {
  type FunnelAnswer,
  type FunnelQuestion,
  isMisfit,
  type LivingMapAnswer,
  type LivingMapQuestion,
  type MetricsAnswer,
  type MetricsQuestion,
  type Misfit,
  type PathsAnswer,
  type PathsQuestion,
  type RetentionAnswer,
  type RetentionQuestion,
  type SessionsAnswer,
  type SessionsQuestion,
} from '@parcurs/analytics'
import { type Refusal, refuse } from '@parcurs/contract'
import { StoreFailure } from '../clickhouse/clickhouse.ts'
import type { Workspace } from '../http/gate.ts'
import { askFunnel } from './ask-funnel.ts'
import { askMetrics } from './ask-metrics.ts'
import { askPaths } from './ask-paths.ts'
import { askRetention } from './ask-retention.ts'
import { askSessions } from './ask-sessions.ts'
import { type Asking, type AskNeeds, beginAsking } from './asking.ts'

export type Question =
  | FunnelQuestion
  | PathsQuestion
  | RetentionQuestion
  | SessionsQuestion
  | MetricsQuestion
  | LivingMapQuestion

export type Answer =
  | FunnelAnswer
  | PathsAnswer
  | RetentionAnswer
  | SessionsAnswer
  | MetricsAnswer
  | LivingMapAnswer

/** Answers the questions of a living map. */
export type AskLivingMap = (
  question: LivingMapQuestion,
  workspace: Workspace,
  signal: AbortSignal,
) => Promise<LivingMapAnswer | Refusal>

/**
 * Answers any question about a workspace. What does not fit is refused with its place; a question that
 * takes too long or too much is ended and refused.
 */
export async function ask(
  needs: AskNeeds,
  askLivingMap: AskLivingMap,
  workspace: Workspace,
  question: Question,
  signal: AbortSignal,
): Promise<Answer | Refusal> {
  // The store keeps its part of the limit; this one also holds for the kernel.
  const deadline = AbortSignal.timeout(needs.maxSeconds * 1000)
  const ended = AbortSignal.any([signal, deadline])
  try {
    if (question.kind === 'living-map') return await askLivingMap(question, workspace, ended)
    const answer = await answerTo(question, await beginAsking(needs, workspace, ended))
    return isMisfit(answer) ? misfitRefusal(answer) : answer
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error
    if (error.code === 'cancelled' && !deadline.aborted) {
      return refuse('question-cancelled', 'Whoever asked has gone: the question was ended.')
    }
    const slow = error.code === 'too-slow' || error.code === 'cancelled'
    if (!slow && error.code !== 'too-much-memory') throw error
    const limit = slow
      ? `took longer than ${needs.maxSeconds} seconds`
      : `needed more than ${Math.round(needs.maxMemoryBytes / 1_000_000)} MB`
    return refuse(
      'question-too-slow',
      `The question ${limit}. Ask about a shorter period or a smaller segment.`,
    )
  }
}

async function answerTo(
  question: Exclude<Question, LivingMapQuestion>,
  asking: Asking,
): Promise<Exclude<Answer, LivingMapAnswer> | Misfit> {
  switch (question.kind) {
    case 'funnel':
      return await askFunnel(question, asking)
    case 'paths':
      return await askPaths(question, asking)
    case 'retention':
      return await askRetention(question, asking)
    case 'sessions':
      return await askSessions(question, asking)
    case 'metrics':
      return await askMetrics(question, asking)
  }
}

function misfitRefusal({ place, value, expected }: Misfit): Refusal {
  const shown = value === undefined ? null : JSON.stringify(value).slice(0, 80)
  return refuse('value-invalid', `${place} is ${shown ?? 'missing'}: expected ${expected}`, {
    faults: [{ place: `body.question.${place}`, value: shown, expected }],
  })
}
