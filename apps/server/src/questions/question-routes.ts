import { questionRoutes } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import { ask, type AskLivingMap } from './ask.ts'
import type { AskNeeds } from './asking.ts'

export function serveQuestions(
  handle: Handle,
  needs: AskNeeds & { readonly askLivingMap: AskLivingMap },
): void {
  handle(questionRoutes.ask, ({ workspace, body, signal }) =>
    ask(needs, needs.askLivingMap, workspace, body.question, signal),
  )
}
