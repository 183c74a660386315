import type { Answer, Question } from '@parcurs/analytics'
import { z } from 'zod'
import { ADDRESSES } from './addresses.ts'
import {
  funnelAnswer,
  livingMapAnswer,
  metricsAnswer,
  pathsAnswer,
  retentionAnswer,
  sessionsAnswer,
  variantsAnswer,
} from './answer-fields.ts'
import { workspaceParams } from './fields.ts'
import {
  funnelQuestion,
  livingMapQuestion,
  metricsQuestion,
  pathsQuestion,
  retentionQuestion,
  sessionsQuestion,
  variantsQuestion,
} from './question-fields.ts'
import { route } from './route.ts'

/** Every kind of question. */
export const question: z.ZodType<Question, Question> = z
  .discriminatedUnion('kind', [
    funnelQuestion,
    pathsQuestion,
    variantsQuestion,
    sessionsQuestion,
    retentionQuestion,
    metricsQuestion,
    livingMapQuestion,
  ])
  .meta({ id: 'Question' })

/** Plain JSON that carries its definition; its parts are described in docs/definitions.md. */
export const answer: z.ZodType<Answer, Answer> = z
  .discriminatedUnion('kind', [
    funnelAnswer,
    pathsAnswer,
    variantsAnswer,
    sessionsAnswer,
    retentionAnswer,
    metricsAnswer,
    livingMapAnswer,
  ])
  .meta({ id: 'Answer', description: 'The answer of the question’s kind, with its definition' })

export const questionRoutes = {
  ask: route({
    ...ADDRESSES.ask,
    asks: true,
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
