import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/**
 * What is wrong with where a state-changing request comes from; null when nothing is.
 * Browsers always say it (`Origin`, or at least `Sec-Fetch-Site`); programs never do and carry no cookie
 * of ours by accident.
 *
 * @param publicHost name and port that people type, where a proxy changes the Host header; null: none given
 */
export function foreignOrigin(
  headers: IncomingHttpHeaders,
  publicHost: string | null,
): string | null {
  const { origin, host } = headers
  if (origin !== undefined) {
    // TLS may end before us, so the scheme cannot be compared; the name and port can.
    const from = URL.canParse(origin) ? new URL(origin).host : null
    return from !== null && (from === host?.toLowerCase() || from === publicHost)
      ? null
      : `Origin is '${origin.slice(0, 100)}': expected this server's own`
  }
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin' || site === 'none'
    ? null
    : `Sec-Fetch-Site is '${String(site).slice(0, 20)}': expected same-origin`
}

/**
 * Whether the Host header names this server. Addresses and `localhost` always do: an attacker can point a
 * name of theirs at 127.0.0.1 (DNS rebinding), but cannot make the browser send an address as Host for it.
 */
export function hostIsOurs(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined) return false
  const name = /^(\[[^\]]+\]|[^:]+)(:\d{1,5})?$/.exec(host)?.[1]?.toLowerCase()
  if (name === undefined) return false
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    isIP(name.replace(/^\[|\]$/g, '')) !== 0 ||
    names.includes(name)
  )
}
