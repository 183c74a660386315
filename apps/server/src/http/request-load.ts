import type { IncomingMessage, ServerResponse } from 'node:http'
import type { BodyPace } from './body-pace.ts'

/**
 * How much is under way. A request takes a place when there is something to work on: at once where it has no
 * body, else when all of it is there. Whoever only opens connections keeps nobody out.
 */
export interface RequestLoad {
  /** Takes a place until the answer is out, or its client gone; false: all are taken. */
  readonly enter: (response: ServerResponse) => boolean
  /** Takes one of the places that an address has for bodies on their way; null: they are taken. */
  readonly beginBody: (address: string) => (() => void) | null
  readonly pace: BodyPace
  readonly most: number
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly load: RequestLoad
  }
}

export function requestLoad(most: number, bodiesOfOne: number, pace: BodyPace): RequestLoad {
  let inFlight = 0
  const bodies = new Map<string, number>()
  return {
    most,
    pace,
    enter(response) {
      if (inFlight >= most) return false
      inFlight++
      // TRICKY: not when the answer is out alone, which never is for a client that leaves before.
      response.once('close', () => inFlight--)
      return true
    },
    beginBody(address) {
      const whose = shareOf(address)
      const held = bodies.get(whose) ?? 0
      if (held >= bodiesOfOne) return null
      bodies.set(whose, held + 1)
      let over = false
      return () => {
        if (over) return
        over = true
        const left = (bodies.get(whose) ?? 1) - 1
        if (left === 0) bodies.delete(whose)
        else bodies.set(whose, left)
      }
    },
  }
}

/** Whoever has an IPv6 address has a /64 of them. */
function shareOf(address: string): string {
  return address.includes(':') && !address.startsWith('::ffff:')
    ? address.split(':').slice(0, 4).join(':')
    : address
}

export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
