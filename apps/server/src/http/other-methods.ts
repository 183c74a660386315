import { refuse } from '@parcurs/contract'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { sendProblem } from './problem-answer.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Serves every method that no route of these paths takes with 405 and the methods that they do take. */
export function refuseOtherMethods(app: FastifyInstance, paths: readonly string[]): void {
  for (const url of new Set(paths)) {
    const taken = METHODS.filter((method) => app.hasRoute({ method, url }))
    const others: HTTPMethods[] = METHODS.filter((method) => !taken.includes(method))
    const allow = taken.join(', ')
    app.route({
      method: others,
      url,
      exposeHeadRoute: false,
      // Before the body: nobody reads it.
      onRequest: async (request, reply) =>
        sendProblem(
          reply.header('allow', allow),
          refuse('method-not-allowed', `${request.method} does nothing here: expected ${allow}`),
        ),
      handler: async () => undefined,
    })
  }
}
