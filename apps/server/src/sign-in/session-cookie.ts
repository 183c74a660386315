export const SESSION_DAYS = 30
const NAME = 'parcurs_session'

/**
 * The `Set-Cookie` that begins (token) or ends (null) a session. Strict is enough for a single-page
 * app: its shell needs no cookie, and everything it then asks for is same-site.
 *
 * @param secure behind TLS; the `__Host-` prefix then also keeps sibling domains from planting one
 */
export function sessionCookie(token: string | null, secure: boolean): string {
  const age = token === null ? 0 : SESSION_DAYS * 86_400
  const name = secure ? `__Host-${NAME}` : NAME
  return `${name}=${token ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

/** The session's token in a `Cookie` header; null when there is none. */
export function sessionToken(cookie: string | undefined, secure: boolean): string | null {
  const name = secure ? `__Host-${NAME}` : NAME
  for (const pair of (cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null
  }
  return null
}
