import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { refuse } from '@parcurs/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem-answer.ts'

const YEAR_SECONDS = 31_536_000

/**
 * Serves the built web app: files by name, `index.html` for every other address a person may open (the first one also
 * to programs that do not say that they read HTML).
 * What stands in `assets/` has a hash of its content in its name and never changes.
 *
 * @param place stands before what the page asks of the API; the page is told
 */
export async function serveWebApp(
  app: FastifyInstance,
  folder: string | null,
  place = '',
): Promise<void> {
  const present = folder !== null && existsSync(join(folder, 'index.html'))
  if (present) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      globIgnore: ['index.html'],
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
  app.setNotFoundHandler(async (request, reply) => {
    const page =
      (request.method === 'GET' || request.method === 'HEAD') &&
      !/^(\/~[^/]*)?\/(api|v1|assets)(\/|$)/.test(request.url) &&
      (request.url === '/' || (request.headers.accept ?? '').includes('text/html'))
    if (page && present) return await sendPage(request, reply, join(folder, 'index.html'), place)
    return sendProblem(
      reply,
      refuse(
        'not-found',
        page ? 'the web app is not built: run `npm run build`' : 'no such address',
      ),
    )
  })
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
  place: string,
): Promise<FastifyReply> {
  const html = await readFile(file, 'utf8')
  const told = html.replace('<head>', `<head><meta name="parcurs-place" content="${place}" />`)
  const etag = `W/"${createHash('sha256').update(told).digest('base64url').slice(0, 20)}"`
  reply.header('cache-control', 'no-cache').header('etag', etag)
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type('text/html; charset=utf-8').send(told)
}
