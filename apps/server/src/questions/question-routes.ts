import { questionRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import type { QuestionRunner } from './question-runner.ts'

export function serveQuestions(handle: Handle, { ask }: QuestionRunner): void {
  handle(questionRoutes.ask, ({ workspace, body, signal }) => ask(body.question, workspace, signal))
}
