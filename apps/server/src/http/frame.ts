import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import { PROBLEMS, type ProblemCode, problemOf, type Refusal, refuse } from '@parcurs/contract'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { type BodyPace, PACE } from './body-pace.ts'
import { connectionsOf, type ReadingPace } from './connections.ts'
import { allowAnyOrigin } from './cross-origin.ts'
import { hostIsOurs } from './origin.ts'
import { frameRefusal, sendProblem, storeRefusal } from './problem-answer.ts'
import { hasBody, requestLoad } from './request-load.ts'

export interface Frame {
  readonly log: FastifyBaseLogger
  /** Names, beside localhost and addresses, that this server answers for. */
  readonly hosts: readonly string[]
  /** The addresses of proxies whose X-Forwarded-* headers are believed; empty: none. */
  readonly trustedProxies: readonly string[]
  /** May stand before every address of the API: to whom a page's cookie goes. Empty: nothing does. */
  readonly place?: string
  /** People reach it by TLS, and should never again without. */
  readonly secure?: boolean
  /** More requests than this at once are answered 429. */
  readonly maxInFlight?: number
  /** Bodies that may be on their way from one address at once. */
  readonly maxBodiesOfOne?: number
  readonly pace?: BodyPace
  readonly readingPace?: ReadingPace
  /** So long an end waits for answers that are under way. */
  readonly endingMs?: number
}

/** The Fastify app with everything that holds for every request; routes come by `serve`. */
export async function httpFrame(frame: Frame): Promise<FastifyInstance> {
  const { log, hosts, trustedProxies, place = '', secure = false, maxInFlight = 1000 } = frame
  const load = requestLoad(maxInFlight, frame.maxBodiesOfOne ?? 250, frame.pace ?? PACE)
  let stopping = false
  const app = Fastify({
    loggerInstance: log,
    // One line a request is written below: with the route's pattern, never the address, which may hold what is private.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request' }),
    rewriteUrl: ({ url = '/' }) =>
      url.startsWith(`${place}/api/`) ? url.slice(place.length) : url,
    genReqId: () => crypto.randomUUID(),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    routerOptions: { maxParamLength: 300, ignoreTrailingSlash: true },
    // Reading a request may not take for ever (slow senders); answering may: questions have limits of their own.
    requestTimeout: 10 * 60_000,
    http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 5_000 },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error, _request, reply) => {
      sendProblem(reply, frameRefusal(error) ?? refuse('request-malformed', error.message))
    },
    clientErrorHandler,
  })

  app.decorate('load', load)

  // Bodies stay streams: whoever may not call a route cannot make us read one.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  app.addHook('onRequest', async (request, reply) => {
    reply.header('request-id', request.id)
    allowAnyOrigin(request, reply)
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    if (!hostIsOurs(request.headers.host, hosts)) {
      return sendProblem(
        reply,
        refuse('host-unknown', 'the Host header names no name of this server'),
      )
    }
    if (stopping) {
      return sendProblem(
        reply,
        refuse('stopping', 'what was begun is finished: send this again', { retryAfterSeconds: 5 }),
      )
    }
    // Whoever looks after the server hears from it always; bodies take their place when they are there.
    if (request.routeOptions.url === '/health' || hasBody(request.raw)) return undefined
    if (!load.enter(reply.raw)) return sendProblem(reply, tooBusy(maxInFlight))
    return undefined
  })
  const connections = connectionsOf(app.server, frame.readingPace)
  app.addHook('preClose', async () => {
    stopping = true
    connections.endIdle()
    // Whoever still sends or reads by then is slower than the end may take.
    const late = setTimeout(() => connections.endAll(), frame.endingMs ?? ENDING_MS)
    late.unref()
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    // Else a connection that was busy when the end began would be kept alive, and the end waits for it.
    if (stopping) reply.header('connection', 'close')
    return payload
  })
  app.addHook('onResponse', async (request, reply) => {
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        imgSrc: ["'self'", 'data:'],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  })

  app.setErrorHandler((error, request, reply) => {
    const refused = frameRefusal(error)
    if (refused !== null) return sendProblem(reply, refused)
    if (reply.raw.destroyed) {
      request.log.debug('the client left before the answer')
      return sendProblem(reply, refuse('request-malformed', 'the client left'))
    }
    const store = storeRefusal(error)
    if (store !== null) {
      request.log.warn({ err: error }, 'a store did not answer')
      return sendProblem(reply, store)
    }
    request.log.error({ err: error }, 'a request failed')
    return sendProblem(
      reply,
      refuse('server-failed', `the log says more, under the id ${request.id}`),
    )
  })
  // Bodies that come in compressed are undone in json-body.ts, under the limit of their route.
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    globalDecompression: false,
  })
  return app
}

const HEADERS_MS = 15_000
/** The stores have to be closed within the same five seconds. */
const ENDING_MS = 2_500

export function tooBusy(most: number): Refusal {
  return refuse('too-busy', `more than ${most} requests at once: send this one again`, {
    retryAfterSeconds: 1,
  })
}

/** What Node's parser refuses never becomes a request: it is answered on the bare connection. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const code: ProblemCode =
    error.code === 'HPE_HEADER_OVERFLOW' ? 'headers-too-large' : 'request-malformed'
  const { status } = PROBLEMS[code]
  const body = JSON.stringify(problemOf(refuse(code, 'this is not HTTP as it is read here')))
  if (!socket.writable) {
    socket.destroy()
    return
  }
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n` +
      `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
