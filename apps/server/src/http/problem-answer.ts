import { PROBLEMS, problemOf, type Refusal, refuse } from '@parcurs/contract'
import type { FastifyReply } from 'fastify'
import { BodyTooLarge } from './body-limit.ts'
import { hasBody } from './request-load.ts'
import { StoreFailure } from '../clickhouse/clickhouse.ts'

/** Answers RFC 9457 problem details. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status } = PROBLEMS[refusal.code]
  if (refusal.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(Math.max(1, Math.ceil(refusal.retryAfterSeconds))))
  }
  if (status === 401 && refusal.code === 'write-key-unknown') {
    reply.header('www-authenticate', 'Basic realm="write key"')
  }
  endUnread(reply, status)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(refusal, reply.request.id)))
}

/** Bodies of known length up to here are thrown away after a refusal, so that it arrives; longer ones end the connection. */
const THROWN_AWAY_BYTES = 1_000_000
const THROWN_AWAY_MS = 5_000

/** What is left of a body that was refused is not read on, nor taken for the next request. */
function endUnread(reply: FastifyReply, status: number): void {
  const { raw } = reply.request
  if (status === 413 || status === 408) return void reply.header('connection', 'close')
  if (raw.complete || !hasBody(raw)) return
  const left = Number(raw.headers['content-length'] ?? Number.POSITIVE_INFINITY)
  if (left > THROWN_AWAY_BYTES) return void reply.header('connection', 'close')
  const timer = setTimeout(() => {
    raw.destroy()
  }, THROWN_AWAY_MS)
  timer.unref()
  raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
}

/** What the frame itself refuses (Fastify's own errors), in our words; null for what is nobody's fault but ours. */
export function frameRefusal(error: unknown): Refusal | null {
  if (error instanceof BodyTooLarge) return error.refusal
  if (!(error instanceof Error) || !('code' in error)) return null
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse(
        'content-type-unsupported',
        'content-type cannot be read: expected application/json',
      )
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('body-too-large', 'the body is larger than this address takes')
    default:
      return isFault(error) ? refuse('request-malformed', error.message) : null
  }
}

// Fastify and its plugins say of each of their errors whose fault it is.
function isFault(error: Error): boolean {
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  return 'code' in error && String(error.code).startsWith('FST_') && status >= 400 && status < 500
}

/** What the stores could not do; null for a bug. */
export function storeRefusal(error: unknown): Refusal | null {
  if (error instanceof StoreFailure) {
    switch (error.code) {
      case 'interrupted':
        return away('the event store went away for a moment: ask again')
      case 'too-slow':
        return refuse('question-too-slow', 'ask about a shorter period, or with fewer steps')
      case 'too-much-memory':
        return refuse('question-too-large', 'ask about a shorter period, or with fewer steps')
      case 'disk-full':
        return refuse('disk-full', 'nothing was stored: make room and send it again')
      case 'cancelled':
      case 'statement':
        return null
    }
  }
  if (!(error instanceof Error)) return null
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === '53100') {
    return refuse('disk-full', 'nothing was stored: make room and send it again')
  }
  // PostgreSQL's classes 08 (connection) and 57P (shut down), what the socket says, and what `pg` says without a code.
  return /^(08|57P)|^E(CONN|PIPE|NOENT)/.test(code) ||
    /connection (terminated|timeout|error)|timeout exceeded when trying to connect/i.test(
      error.message,
    )
    ? away('the store of what is agreed does not answer: ask again')
    : null
}

function away(detail: string): Refusal {
  return refuse('store-away', detail, { retryAfterSeconds: 1 })
}
