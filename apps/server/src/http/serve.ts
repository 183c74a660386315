import type { Readable } from 'node:stream'
import {
  faultsOf,
  faultText,
  isRefusal,
  type Refusal,
  type Role,
  type Route,
  refuse,
  roleAdmits,
  type Access,
} from '@parcurs/contract'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Gate, Person, Viewer, Workspace, Writer } from './gate.ts'
import { limitedBody } from './body-limit.ts'
import { bodyTooLarge, endWhenIdle } from './body-pace.ts'
import { tooBusy } from './frame.ts'
import { readJson } from './json-body.ts'
import { answerPreflight } from './cross-origin.ts'
import { foreignOrigin } from './origin.ts'
import { sendProblem } from './problem-answer.ts'
import { keyOfBody, keyOfHead, oneKey } from './sent-write-key.ts'
import { hasBody, type RequestLoad } from './request-load.ts'
import { turnsOfOne } from './turns-of-one.ts'

/** What a handler is given: everything is checked, nothing is left to look up. */
export interface Asked<P, Q, B, W extends Access> {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The body of a `bytes` route; of any other route it has been read. */
  readonly stream: Readable
  readonly workspace: W extends Role | 'write-key' ? Workspace : null
  readonly viewer: W extends Role | 'signed-in' ? Viewer : W extends 'user' ? Person : null
  /** The viewer's role in the workspace. */
  readonly role: W extends Role ? Role : null
  /** The write key that opened it. */
  readonly writer: W extends 'write-key' ? Writer : null
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal
  readonly client: {
    readonly address: string
    readonly userAgent: string
    /** The header as it came. */
    readonly cookie: string | undefined
  }
  /** Scheme, name and port by which this server was asked. */
  readonly origin: string
  /** Sets a header of the answer. */
  readonly header: (name: string, value: string) => void
  readonly log: FastifyBaseLogger
}

/** An answer may be built of readonly data. */
type Plain<T> = T extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T

export type Handler<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  W extends Access,
> = (asked: Asked<z.output<P>, z.output<Q>, z.output<B>, W>) => Promise<Plain<z.input<A>> | Refusal>

/** Serves a route of the contract. */
export type Handle = <
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  W extends Access,
>(
  route: Route<P, Q, B, A, W>,
  handler: Handler<P, Q, B, A, W>,
) => void

const DEFAULT_LIMIT_BYTES = 1_000_000

export interface ServeOptions {
  readonly checkAnswers?: boolean
  /** Name and port that people type; null: those of the Host header. */
  readonly publicHost?: string | null
}

/** Who was let in, between the headers (when it is decided) and the handler. */
interface Admitted {
  readonly viewer: Viewer | null
  readonly workspace: Workspace | null
  readonly role: Role | null
  readonly writer: Writer | null
}

/**
 * Makes `handle`. Whoever may call a route is decided here and nowhere else: from the headers alone,
 * before a byte of the body is read (a write key may also stand in the body, of a call's length at most). Then the parts are checked against the route's schemas, then the
 * handler is called. `checkAnswers` also checks what handlers answer (tests; it costs time).
 */
export function serve(
  app: FastifyInstance,
  gate: Gate,
  { checkAnswers = false, publicHost = null }: ServeOptions = {},
): Handle {
  const admitted = new WeakMap<FastifyRequest, Admitted>()
  const turns = turnsOfOne()

  return (route, handler) => {
    for (const url of [route.path, ...(route.also ?? [])]) servedAt(url, route, handler)
  }

  function servedAt(url: string, route: Route, handler: Parameters<Handle>[1]): void {
    if (route.access === 'write-key' && !app.hasRoute({ method: 'OPTIONS', url })) {
      app.options(url, answerPreflight)
    }
    app.route({
      method: route.method,
      url,
      onRequest: async (request, reply) => {
        // Nothing of ours is named so, and PostgreSQL would fail on it.
        if (request.url.includes('%00')) {
          return sendProblem(
            reply,
            refuse('request-malformed', 'the address holds the character U+0000 (%00)'),
          )
        }
        const entry = await admit(gate, publicHost, route, request)
        if (isRefusal(entry)) return sendProblem(reply, entry)
        admitted.set(request, entry)
        return undefined
      },
      handler: async (request, reply) => {
        const signal = goneSignal(reply)
        let head = admitted.get(request)
        if (head === undefined) throw new Error(`${route.name} was reached without access`)
        if (route.bytes === true && saysTooMuch(route, request)) {
          return sendProblem(reply, bodyTooLarge(route.limitBytes ?? 0))
        }
        const parts = await checkParts(app.load, route, request)
        if (isRefusal(parts)) return sendProblem(reply, parts)
        if (hasBody(request.raw)) {
          if (!app.load.enter(reply.raw)) return sendProblem(reply, tooBusy(app.load.most))
          if (route.bytes === true) endWhenIdle(request.raw)
          // Whoever was let in by the headers may have been put out before the body was there.
          const again = await admit(gate, publicHost, route, request)
          if (isRefusal(again)) return sendProblem(reply, again)
          head = again
        }
        const entry =
          route.access === 'write-key' ? await admitBody(gate, head, request, parts.body) : head
        if (isRefusal(entry)) return sendProblem(reply, entry)
        const asked = {
          ...parts,
          ...entry,
          stream: streamOf(route, request),
          signal,
          client: {
            address: request.ip,
            userAgent: request.headers['user-agent'] ?? '',
            cookie: request.headers.cookie,
          },
          origin: `${request.protocol}://${publicHost ?? request.host}`,
          header: (name: string, value: string) => void reply.header(name, value),
          log: request.log,
        }
        if (route.asks === true && entry.viewer !== null) {
          const turn = await turns.take(entry.viewer, signal)
          if (isRefusal(turn)) return sendProblem(reply, turn)
          // Not when the handler is done: an answer of rows is read while it goes out.
          reply.raw.once('close', turn.end)
          if (reply.raw.destroyed) turn.end()
          const still = turn.waited ? await admit(gate, publicHost, route, request) : entry
          if (isRefusal(still)) return sendProblem(reply, still)
        }
        // The one cast: `admit` and `checkParts` have made true what the route's type promises.
        const answer: unknown = await handler(asked as unknown as Parameters<typeof handler>[0])
        if (isRefusal(answer)) return sendProblem(reply, answer)
        return sendAnswer(reply, route, answer, checkAnswers)
      },
    })
  }
}

function saysTooMuch({ limitBytes }: Route, { headers }: FastifyRequest): boolean {
  return Number(headers['content-length'] ?? 0) > (limitBytes ?? Number.POSITIVE_INFINITY)
}

/** Of a route that takes bytes: as far as they may go. */
function streamOf({ bytes, limitBytes }: Route, { raw }: FastifyRequest): Readable {
  return bytes === true && limitBytes !== undefined ? limitedBody(raw, limitBytes) : raw
}

/**
 * Aborted when the connection closes before the answer is out. TRICKY: the request's own signal follows
 * the request's body, whose stream is over once it was read.
 */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort()
  })
  return gone.signal
}

async function admit(
  gate: Gate,
  publicHost: string | null,
  { access, method }: Pick<Route, 'access' | 'method'>,
  request: FastifyRequest,
): Promise<Admitted | Refusal> {
  const nobody = { viewer: null, workspace: null, role: null, writer: null }
  if (access === 'write-key') {
    const key = keyOfHead(request.headers, request.query)
    if (isRefusal(key)) return key
    // Browsers and phones put it into the body, which is read for them as far as a call may be long.
    if (key === null) return method === 'GET' ? noKey() : nobody
    return await opened(gate, key)
  }
  // A browser sends the cookie along with what another site makes it send, unless stopped here.
  if (method !== 'GET') {
    const foreign = foreignOrigin(request.headers, publicHost)
    if (foreign !== null) return refuse('origin-foreign', foreign)
  }
  if (access === 'public') return nobody

  const viewer = await gate.viewer(request.headers)
  if (viewer === null) {
    return refuse('not-signed-in', 'sign in, or send an API token as Bearer authorization')
  }
  if (access === 'signed-in') return { ...nobody, viewer }
  if (access === 'user') {
    return viewer.kind === 'person'
      ? { ...nobody, viewer }
      : refuse('person-needed', 'a token has no password and no sessions: sign in as a person')
  }
  if (access === 'machine') {
    return viewer.kind === 'machine'
      ? { ...nobody, viewer }
      : refuse('machine-needed', 'expected the token that stands in the data folder')
  }
  const slug = slugOf(request)
  const membership = await gate.member(viewer, slug)
  if (membership === null) {
    return refuse('workspace-not-yours', `no workspace '${slug}' that you can enter`)
  }
  if (!roleAdmits(membership.role, access)) {
    return refuse('role-too-low', `your role is ${membership.role}: expected ${access} or above`)
  }
  return { ...nobody, viewer, ...membership }
}

/** Who may send: whoever the headers have let in, unless the body names another key; else whose key the body brings. */
async function admitBody(
  gate: Gate,
  head: Admitted,
  request: FastifyRequest,
  body: unknown,
): Promise<Admitted | Refusal> {
  const inBody = keyOfBody(body)
  if (isRefusal(inBody)) return inBody
  const inHead = keyOfHead(request.headers, request.query)
  if (isRefusal(inHead)) return inHead
  const key = oneKey([inHead, inBody])
  if (isRefusal(key)) return key
  if (key === null) return noKey()
  return head.writer === null ? await opened(gate, key) : head
}

async function opened(gate: Gate, key: string): Promise<Admitted | Refusal> {
  const found = await gate.writer(key)
  return found === null
    ? refuse('write-key-unknown', 'the write key is not known here, or was revoked')
    : { viewer: null, role: null, ...found }
}

function noKey(): Refusal {
  return refuse(
    'write-key-unknown',
    'no write key was sent: expected it as the user name of Basic authorization, as header X-Write-Key, or as writeKey in the query or the body',
  )
}

async function checkParts(load: RequestLoad, route: Route, request: FastifyRequest) {
  const read =
    route.body === undefined || route.bytes === true ? null : await body(load, route, request)
  if (read !== null && !read.ok) return read.refusal
  const parts = {
    params: check('params', route.params, request.params),
    query: check('query', route.query, { ...queryOf(request) }),
    body: check('body', route.body, read?.value),
  }
  const faults = [parts.params.faults, parts.query.faults, parts.body.faults].flat()
  const [first, ...others] = faults
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`
    return refuse('value-invalid', `${faultText(first)}${more}`, { faults })
  }
  return { params: parts.params.value, query: parts.query.value, body: parts.body.value }
}

function check(part: string, schema: z.ZodType | undefined, input: unknown) {
  if (schema === undefined) return { value: undefined, faults: [] }
  const checked = schema.safeParse(input)
  return checked.success
    ? { value: checked.data, faults: [] }
    : { value: undefined, faults: faultsOf(part, checked.error.issues, input) }
}

function body(
  { pace, beginBody }: RequestLoad,
  { access, limitBytes = DEFAULT_LIMIT_BYTES }: Route,
  request: FastifyRequest,
) {
  return readJson(request.raw, {
    limitBytes,
    pace,
    begin: () => beginBody(request.ip),
    tolerant: access === 'write-key',
  })
}

function sendAnswer(reply: FastifyReply, route: Route, answer: unknown, checkAnswers: boolean) {
  if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store')
  if (route.answersBytes !== undefined) {
    return reply
      .code(route.status ?? 200)
      .type(route.answersBytes)
      .send(answer)
  }
  if (route.answer === undefined) return reply.code(route.status ?? 204).send()
  if (checkAnswers) {
    const checked = route.answer.safeParse(answer)
    if (!checked.success) {
      throw new Error(`${route.name} answers what its schema does not allow`, {
        cause: checked.error,
      })
    }
  }
  return reply
    .code(route.status ?? 200)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer))
}

function slugOf({ params }: FastifyRequest): string {
  const slug =
    typeof params === 'object' && params !== null && 'workspace' in params ? params.workspace : ''
  return typeof slug === 'string' ? slug.slice(0, 100) : ''
}

function queryOf({ query }: FastifyRequest): object {
  return typeof query === 'object' && query !== null ? query : {}
}
