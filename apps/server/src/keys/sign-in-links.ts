import type { Kysely } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { newSecret, type Secret, secretHash } from './secret.ts'

/** For whoever stands at the machine (`parcurs start`, `parcurs link`). */
export const OWNER_LINK_MS = 24 * 3_600_000
/** For somebody invited, who must first be handed it. */
export const INVITE_LINK_MS = 7 * 86_400_000

/**
 * Where a link leads. The token stands behind the `#`: a browser keeps that part to itself, so it comes
 * into no log and no Referer on the way.
 */
export function linkPath(secret: Secret): string {
  return `/sign-in/link#${secret.text}`
}

export async function makeLink(
  database: Kysely<Database>,
  userId: number,
  lastsMs: number,
  nowMs: number,
): Promise<Secret> {
  const secret = newSecret('link')
  await database.deleteFrom('sign_in_links').where('expires_at', '<=', new Date(nowMs)).execute()
  await database
    .insertInto('sign_in_links')
    .values({ token_hash: secret.hash, user_id: userId, expires_at: new Date(nowMs + lastsMs) })
    .execute()
  return secret
}

/** Whom the link signs in; null when it is unknown, used or too old. One statement: two at once cannot both win. */
export async function spendLink(
  database: Kysely<Database>,
  token: string,
  nowMs: number,
): Promise<number | null> {
  const spent = await database
    .updateTable('sign_in_links')
    .set({ used_at: new Date(nowMs) })
    .where('token_hash', '=', secretHash(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date(nowMs))
    .returning('user_id')
    .executeTakeFirst()
  return spent?.user_id ?? null
}

export async function dropLinks(database: Kysely<Database>, userId: number): Promise<void> {
  await database.deleteFrom('sign_in_links').where('user_id', '=', userId).execute()
}
