import type {
  FunnelAnswer,
  LivingMapAnswer,
  MetricsAnswer,
  PathsAnswer,
  RetentionAnswer,
  SessionsAnswer,
} from '@parcurs/analytics'
import { z } from 'zod'
import { workspaceParams } from './fields.ts'
import {
  funnelQuestion,
  livingMapQuestion,
  metricsQuestion,
  pathsQuestion,
  retentionQuestion,
  sessionsQuestion,
} from './question-fields.ts'
import { route } from './route.ts'

/** Every kind of question. */
export const question = z
  .discriminatedUnion('kind', [
    funnelQuestion,
    pathsQuestion,
    sessionsQuestion,
    retentionQuestion,
    metricsQuestion,
    livingMapQuestion,
  ])
  .meta({ id: 'Question' })

export type Question = z.output<typeof question>

export type Answer =
  | FunnelAnswer
  | PathsAnswer
  | SessionsAnswer
  | RetentionAnswer
  | MetricsAnswer
  | LivingMapAnswer

/** Plain JSON that carries its definition; its parts are described in docs/definitions.md. */
export const answer = z
  .custom<Answer>((value) => typeof value === 'object' && value !== null && 'kind' in value)
  .meta({ id: 'Answer', description: 'The answer of the question’s kind, with its definition' })

export const questionRoutes = {
  ask: route({
    name: 'ask',
    method: 'POST',
    path: '/api/workspaces/:workspace/ask',
    access: 'viewer',
    summary: 'Ask a question of what happened; the answer carries its definition',
    tag: 'Questions',
    params: workspaceParams,
    body: z.strictObject({ question }),
    // Far more than a question needs, far less than the stores' own limit of a statement.
    limitBytes: 65_536,
    answer,
    problems: ['question-too-slow', 'question-cancelled', 'not-found'],
  }),
}
