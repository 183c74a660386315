import type { IncomingMessage } from 'node:http'
import { type Refusal, refuse } from '@parcurs/contract'

/** How slow a body may be. */
export interface BodyPace {
  /** From the headers to its first byte. */
  readonly beginMs: number
  /** Then it may take this long whatever comes, and from there on must keep the rate on the whole. */
  readonly graceMs: number
  readonly bytesPerSecond: number
}

export const PACE: BodyPace = { beginMs: 10_000, graceMs: 10_000, bytesPerSecond: 1_000 }

/** Whether so many bytes in this time are too few. */
export function isTooSlow(
  { beginMs, graceMs, bytesPerSecond }: BodyPace,
  bytes: number,
  ms: number,
): boolean {
  if (bytes === 0) return ms >= beginMs
  const due = ms - beginMs - graceMs
  return due > 0 && bytes < (due / 1000) * bytesPerSecond
}

export interface BodyLimits {
  readonly limitBytes: number
  readonly pace: BodyPace
  /** Called with the first byte. @returns a call for the end; null: the sender has too many under way */
  readonly begin: () => (() => void) | null
}

/** All bytes of a body, or why it is not taken. The connection stays, to carry the refusal. */
export async function pacedBody(
  request: IncomingMessage,
  { limitBytes, pace, begin }: BodyLimits,
): Promise<Buffer | Refusal> {
  const tooLarge = bodyTooLarge(limitBytes)
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) return tooLarge
  return await new Promise((resolve) => {
    const startedMs = performance.now()
    const chunks: Buffer[] = []
    let length = 0
    let end: (() => void) | null = null
    const timer = setInterval(
      () => {
        if (isTooSlow(pace, length, performance.now() - startedMs)) {
          done(
            refuse(
              'body-too-slow',
              `${length} bytes of the body came in ${Math.round((performance.now() - startedMs) / 1000)} s: send it again, faster`,
            ),
          )
        }
      },
      Math.min(1_000, pace.beginMs),
    )
    const done = (read: Buffer | Refusal) => {
      clearInterval(timer)
      end?.()
      request.off('data', take).off('end', whole).off('error', early).off('close', early)
      if (!Buffer.isBuffer(read)) request.pause()
      resolve(read)
    }
    const take = (chunk: unknown) => {
      if (!Buffer.isBuffer(chunk)) return
      if (length === 0) {
        end = begin()
        if (end === null) {
          return done(
            refuse('too-busy', 'too many bodies come from this address at once: send this again', {
              retryAfterSeconds: 1,
            }),
          )
        }
      }
      length += chunk.length
      if (length > limitBytes) done(tooLarge)
      else chunks.push(chunk)
    }
    const whole = () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
    const early = () =>
      done(refuse('request-malformed', 'the body ended early: expected all of it'))
    request.on('data', take).once('end', whole).once('error', early).once('close', early)
    // It was read already, or broke off, before anybody asked.
    if (request.readableEnded) whole()
    else if (request.destroyed) early()
  })
}

export function bodyTooLarge(limitBytes: number): Refusal {
  return refuse(
    'body-too-large',
    `the body is larger than ${limitBytes} bytes: expected at most that`,
  )
}

const IDLE_MS = 60_000

/** Ends an upload of which nothing comes for a minute although somebody waits for it. */
export function endWhenIdle(request: IncomingMessage): void {
  let seen = -1
  const timer = setInterval(() => {
    const bytes = request.socket.bytesRead
    const waiting = request.readableLength === 0 && !request.readableEnded
    if (waiting && bytes === seen)
      request.destroy(new Error('nothing of the body came for a minute'))
    seen = bytes
  }, IDLE_MS)
  timer.unref()
  request.once('close', () => clearInterval(timer))
}
