import { questionRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import type { QuestionRunner } from './question-runner.ts'
import { turnsOfOne } from './turns-of-one.ts'

export function serveQuestions(handle: Handle, { ask }: QuestionRunner): void {
  const inTurn = turnsOfOne()
  handle(questionRoutes.ask, ({ workspace, viewer, body, signal }) =>
    inTurn(viewer, signal, () => ask(body.question, workspace, signal)),
  )
}
