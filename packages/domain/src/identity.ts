/** The kinds of values that tell customers apart. An email or phone is a trait until a later issue makes it an identity. */
export type IdentityKind = 'user' | 'anonymous'

/**
 * A 64-bit hash of (workspace, kind, value), its lowest bit the kind: 1 for users, 0 for anonymous ids.
 * So a key tells by itself whether it may be linked (anonymous) or only merged (user).
 */
export type IdentityKey = bigint

export function isUserKey(key: IdentityKey): boolean {
  return (key & 1n) === 1n
}

// What programs write where a person should stand. Compared without case and surrounding space.
const NOBODY: ReadonlySet<string> = new Set([
  '',
  '0',
  '-1',
  '-',
  'null',
  '(null)',
  '<null>',
  'none',
  'undefined',
  'anonymous',
  'anon',
  'guest',
  'unknown',
  'not set',
  '(not set)',
  'n/a',
  'true',
  'false',
  '[object object]',
  '{}',
  '[]',
  '00000000-0000-0000-0000-000000000000',
])

// Written so by programs only; in capitals they are codes like any other.
const NOBODY_AS_WRITTEN: ReadonlySet<string> = new Set(['nil', 'nan', 'NaN'])

/** Whether a value can tell a customer from another: placeholders never do, whoever sends them. */
export function isIdentity(value: string): boolean {
  const text = value.trim()
  return !NOBODY_AS_WRITTEN.has(text) && !NOBODY.has(text.toLowerCase())
}

/**
 * What an id, of a user or a device, is keyed by: one that is shaped like an e-mail address is the same in any case and with any space
 * around it. Dots and plus signs stay: whether they tell people apart is for the address's own house to say.
 */
export function keyedAs(id: string): string {
  if (!id.includes('@')) return id
  const address = id.trim()
  return ADDRESS.test(address) ? address.toLowerCase() : id
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u
