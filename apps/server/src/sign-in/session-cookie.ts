import { createHash } from 'node:crypto'

export const SESSION_DAYS = 30
/** Behind TLS. The prefix keeps every other port and sibling domain from planting one. */
const HOST_NAME = '__Host-parcurs_session'
/** Without TLS, before each installation had a name of its own. */
const FORMER_NAME = 'parcurs_session'
/** So many are tried: whoever plants more only signs their own browser out. */
const MOST_TOKENS = 4

/** How the sessions of an installation stand in browsers. */
export interface SessionCookie {
  /** Stands before what a page asks of the API, so that the cookie goes nowhere else; empty: nothing. */
  readonly place: string
  /** The tokens in a `Cookie` header, the one to try first in front. */
  readonly tokens: (header: string | undefined) => readonly string[]
  /** The `Set-Cookie` that begins a session. */
  readonly begun: (token: string) => string
  /** The `Set-Cookie`s by which the session of a token that came goes on for its whole time, under today's name. */
  readonly renewed: (header: string | undefined, token: string) => readonly string[]
  /** The `Set-Cookie`s that end it. */
  readonly ended: (header: string | undefined, token: string) => readonly string[]
}

/**
 * Browsers do not tell the ports of a host apart: what one sets, all get, and may set anew. Behind TLS `__Host-` binds
 * the cookie; without, a name and a path of the installation keep it from whatever else listens on the host. Strict is
 * enough for a single-page app: its shell needs no cookie, and everything it then asks for is same-site.
 *
 * @param installation what tells it from others without TLS; null: behind TLS
 */
export function sessionCookie(installation: string | null): SessionCookie {
  const secure = installation === null
  const name = secure ? HOST_NAME : `parcurs_${installation}`
  const place = secure ? '' : `/~${installation}`
  const cookie = (named: string, path: string, token: string) =>
    `${named}=${token}; Path=${path}; Max-Age=${token === '' ? 0 : SESSION_DAYS * 86_400}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  const own = (token: string) => cookie(name, `${place}/`, token)
  const former = (header: string | undefined) => (secure ? [] : valuesOf(header, FORMER_NAME))
  // Only where it was ours: another program on the host may go on under that name.
  const withoutFormer = (header: string | undefined, token: string) =>
    former(header).includes(token) ? [cookie(FORMER_NAME, '/', '')] : []
  return {
    place,
    tokens: (header) => [...valuesOf(header, name), ...former(header)].slice(0, MOST_TOKENS),
    begun: own,
    renewed: (header, token) => [own(token), ...withoutFormer(header, token)],
    ended: (header, token) => [own(''), ...withoutFormer(header, token)],
  }
}

/** @param secret of the installation */
export function installationMark(secret: Buffer): string {
  return createHash('sha256').update('parcurs cookie').update(secret).digest('hex').slice(0, 12)
}

function valuesOf(header: string | undefined, name: string): readonly string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=')
    const value = pair.slice(at + 1).trim()
    return at > 0 && pair.slice(0, at).trim() === name && value !== '' ? [value] : []
  })
}
