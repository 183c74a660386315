import { type Readable, Transform } from 'node:stream'
import type { Refusal } from '@parcurs/contract'
import { bodyTooLarge } from './body-pace.ts'

/** What a handler meets that reads a body beyond its route's limit; answered as its refusal. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
  readonly refusal: Refusal

  constructor(limitBytes: number) {
    super('the body is too large')
    this.refusal = bodyTooLarge(limitBytes)
  }
}

/** A body whose handler reads it piece by piece, as far as it may be long. */
export function limitedBody(body: Readable, limitBytes: number): Readable {
  let length = 0
  const limited = new Transform({
    transform(piece: Buffer, _encoding, done) {
      length += piece.length
      if (length > limitBytes) done(new BodyTooLarge(limitBytes))
      else done(null, piece)
    },
  })
  body.on('error', (error) => limited.destroy(error))
  body.once('close', () => {
    if (!body.readableEnded) limited.destroy(new Error('the body ended early'))
  })
  // Seen by whoever reads; nobody may be reading yet.
  limited.on('error', () => {})
  return body.pipe(limited)
}
