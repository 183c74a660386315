import type { Kysely } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { newSecret, type Secret, secretHash } from '../keys/secret.ts'
import { SESSION_DAYS } from './session-cookie.ts'

const SESSION_MS = SESSION_DAYS * 86_400_000
/** How exactly "last seen" is kept: a write for every request would be waste. */
const SEEN_MS = 60_000

export async function beginSession(
  database: Kysely<Database>,
  userId: number,
  userAgent: string,
  nowMs: number,
): Promise<Secret> {
  const secret = newSecret('session')
  await database.deleteFrom('sessions').where('expires_at', '<=', new Date(nowMs)).execute()
  await database
    .insertInto('sessions')
    .values({
      token_hash: secret.hash,
      user_id: userId,
      created_at: new Date(nowMs),
      seen_at: new Date(nowMs),
      expires_at: new Date(nowMs + SESSION_MS),
      user_agent: storable(userAgent),
    })
    .execute()
  return secret
}

/** Whose session the token is, and its id; null when it is nobody's or over. */
export async function sessionOf(
  database: Kysely<Database>,
  token: string,
  nowMs: number,
): Promise<{ readonly userId: number; readonly sessionId: string } | null> {
  const hash = secretHash(token)
  const held = await database
    .selectFrom('sessions')
    .select(['user_id', 'seen_at'])
    .where('token_hash', '=', hash)
    .where('expires_at', '>', new Date(nowMs))
    .executeTakeFirst()
  if (held === undefined) return null
  if (held.seen_at.getTime() < nowMs - SEEN_MS) {
    await database
      .updateTable('sessions')
      .set({ seen_at: new Date(nowMs), expires_at: new Date(nowMs + SESSION_MS) })
      .where('token_hash', '=', hash)
      .execute()
  }
  return { userId: held.user_id, sessionId: hash.toString('hex') }
}

export async function sessionsOf(database: Kysely<Database>, userId: number, nowMs: number) {
  const held = await database
    .selectFrom('sessions')
    .select(['token_hash', 'user_agent', 'created_at', 'seen_at'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', new Date(nowMs))
    .orderBy('seen_at', 'desc')
    .execute()
  return held.map((session) => ({
    // The hash names the session; only what it was made from opens it.
    id: session.token_hash.toString('hex'),
    userAgent: session.user_agent,
    createdMs: session.created_at.getTime(),
    seenMs: session.seen_at.getTime(),
  }))
}

/** @returns whether there was such a session of this user */
export async function endSession(
  database: Kysely<Database>,
  userId: number,
  sessionId: string,
): Promise<boolean> {
  const { numDeletedRows } = await database
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('token_hash', '=', Buffer.from(sessionId, 'hex'))
    .executeTakeFirst()
  return numDeletedRows > 0n
}

/** Ends all sessions of a user but one; `but` null: all. */
export async function endSessions(
  database: Kysely<Database>,
  userId: number,
  but: string | null,
): Promise<void> {
  await database
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .$if(but !== null, (query) => query.where('token_hash', '!=', Buffer.from(but ?? '', 'hex')))
    .execute()
}

// A header may hold any byte; PostgreSQL takes all characters but one.
function storable(text: string): string {
  return text.replaceAll('\0', '').slice(0, 300)
}
