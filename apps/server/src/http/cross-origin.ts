import type { FastifyReply, FastifyRequest } from 'fastify'

/** Where clients on other sites send to: with a write key, which is no secret there, and never with a session. */
const COLLECTING = /^\/(v1|beacon|projects|sourceConfig|analytics\.js)([/?]|$)/

const DAY_SECONDS = 86_400

/**
 * Lets pages of other sites read what is answered here, refusals and unknown addresses too: a browser would show
 * "blocked" in place of the reason. Beacons send credentials, for which browsers want the origin by name; no cookie
 * is looked at on these addresses.
 */
export function allowAnyOrigin(request: FastifyRequest, reply: FastifyReply): void {
  if (!COLLECTING.test(request.url)) return
  const { origin } = request.headers
  reply.header('access-control-allow-origin', origin ?? '*').header('vary', 'origin')
  if (origin !== undefined) reply.header('access-control-allow-credentials', 'true')
  // Scripts are loaded by pages of other sites.
  reply.header('cross-origin-resource-policy', 'cross-origin')
}

/** Answers the question a browser asks before it sends: every header that a client may bring is welcome. */
export async function answerPreflight(request: FastifyRequest, reply: FastifyReply) {
  const asked = request.headers['access-control-request-headers']
  return reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers':
        asked ?? 'authorization, content-type, content-encoding, x-write-key',
      'access-control-max-age': String(DAY_SECONDS),
    })
    .send()
}
