import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * What somebody must hold to enter: shown once, kept here only as its hash. 256 random bits cannot be
 * guessed, so one round of SHA-256 is enough (passwords are another matter: `password.ts`).
 */
export interface Secret {
  readonly text: string
  readonly hash: Buffer
  /** Enough to tell one from another in a list. */
  readonly hint: string
}

/** What each kind begins with, so that a leaked one can be recognised. */
export type SecretKind = 'session' | 'link' | 'write-key' | 'token' | 'machine'

const PREFIX: Readonly<Record<SecretKind, string>> = {
  session: 'ps_',
  link: 'pl_',
  'write-key': 'pw_',
  token: 'pt_',
  machine: 'pm_',
}

export function newSecret(kind: SecretKind): Secret {
  const text = PREFIX[kind] + randomBytes(32).toString('base64url')
  return { text, hash: secretHash(text), hint: `${PREFIX[kind]}…${text.slice(-4)}` }
}

export function secretHash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** In a time that does not tell how much of it was right. */
export function secretIs(text: string, hash: Buffer): boolean {
  return timingSafeEqual(secretHash(text), hash)
}
