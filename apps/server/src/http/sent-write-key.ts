import type { IncomingHttpHeaders } from 'node:http'
import { type Refusal, refuse } from '@parcurs/contract'

/**
 * The write key that a request brings in its headers or address: Basic user name, `X-Write-Key` or query `writeKey`,
 * each perhaps with `:anything` behind it. null: in none of them.
 */
export function keyOfHead(headers: IncomingHttpHeaders, query: unknown): string | null | Refusal {
  return oneKey([
    basicUser(headers.authorization),
    text(headers['x-write-key']),
    text(fieldOf(query, 'writeKey')),
  ])
}

/** The write key in a body: of the whole, else of the calls of its batch. */
export function keyOfBody(body: unknown): string | null | Refusal {
  const batch = fieldOf(body, 'batch')
  const items = Array.isArray(batch) ? batch.map((call) => text(fieldOf(call, 'writeKey'))) : []
  return oneKey([text(fieldOf(body, 'writeKey')), ...items])
}

/** A key that is given twice must agree: else nobody knows whose events they are. */
export function oneKey(given: readonly (string | null)[]): string | null | Refusal {
  const [first, ...others] = new Set(given.filter((key) => key !== null))
  if (others.length > 0) {
    return refuse('write-key-unknown', 'the request brings two write keys: expected one')
  }
  return first ?? null
}

/** The user name of Basic authorization, where most clients put the key. */
function basicUser(authorization: string | undefined): string | null {
  const encoded = /^Basic\s+([A-Za-z0-9+/=_-]{1,400})$/i.exec(authorization ?? '')?.[1]
  return encoded === undefined ? null : text(Buffer.from(encoded, 'base64').toString('utf8'))
}

function text(given: unknown): string | null {
  if (typeof given !== 'string' || given.length > 400) return null
  const [key = ''] = given.split(':')
  return key === '' ? null : key
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}
