import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { refuse } from '@parcurs/contract'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problem-answer.ts'

const YEAR_SECONDS = 31_536_000

/**
 * Serves the built web app: files by name, `index.html` for every other address a person may open (the first one also
 * to programs that do not say that they read HTML).
 * What stands in `assets/` has a hash of its content in its name and never changes.
 */
export async function serveWebApp(app: FastifyInstance, folder: string | null): Promise<void> {
  const present = folder !== null && existsSync(join(folder, 'index.html'))
  if (present) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      // The build has compressed what is worth it.
      preCompressed: true,
      setHeaders: (reply, path) => {
        reply.setHeader('vary', 'accept-encoding')
        reply.setHeader(
          'cache-control',
          path.startsWith(join(folder, 'assets'))
            ? `public, max-age=${YEAR_SECONDS}, immutable`
            : 'no-cache',
        )
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const page =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !/^\/(api|v1|assets)(\/|$)/.test(request.url) &&
      (request.url === '/' || (request.headers.accept ?? '').includes('text/html'))
    if (page && present) return reply.sendFile('index.html')
    return sendProblem(
      reply,
      refuse(
        'not-found',
        page ? 'the web app is not built: run `npm run build`' : 'no such address',
      ),
    )
  })
}
