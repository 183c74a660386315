import { type Role, roleAdmits } from '@parcurs/contract'
import type { Kysely } from 'kysely'
import type { Viewer } from '../http/gate.ts'
import type { Database } from '../postgres/tables.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { newSecret, secretHash } from './secret.ts'

/** The viewer that an API token stands for; null when it is unknown, revoked or too old. */
export async function tokenOf(
  database: Kysely<Database>,
  token: string,
  nowMs: number,
): Promise<Viewer | null> {
  const found = await asSystem(database, (transaction) =>
    transaction
      .selectFrom('api_tokens')
      .leftJoin('memberships', (join) =>
        join
          .onRef('memberships.workspace_id', '=', 'api_tokens.workspace_id')
          .onRef('memberships.user_id', '=', 'api_tokens.made_by'),
      )
      .select(['api_tokens.id', 'api_tokens.workspace_id', 'api_tokens.role', 'made_by'])
      .select('memberships.role as makers_role')
      .where('token_hash', '=', secretHash(token))
      .where('revoked_at', 'is', null)
      .where((where) =>
        where.or([where('expires_at', 'is', null), where('expires_at', '>', new Date(nowMs))]),
      )
      .executeTakeFirst(),
  )
  if (found === undefined) return null
  const { id, workspace_id: workspaceId, makers_role: makers } = found
  // A token can do no more than whoever made it, and nothing once they are gone.
  if (found.made_by !== null && makers === null) return null
  const role = makers === null || roleAdmits(makers, found.role) ? found.role : makers
  return { kind: 'token', tokenId: id, workspaceId, role }
}

export async function tokens(database: Kysely<Database>, workspaceId: number) {
  const held = await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .selectFrom('api_tokens')
      .leftJoin('users', 'users.id', 'api_tokens.made_by')
      .select(['api_tokens.id', 'api_tokens.name', 'hint', 'role', 'expires_at'])
      .select(['api_tokens.created_at', 'users.email as madeBy'])
      .where('workspace_id', '=', workspaceId)
      .where('revoked_at', 'is', null)
      .orderBy('api_tokens.id')
      .execute(),
  )
  return held.map(({ created_at, expires_at, ...token }) => ({
    ...token,
    createdMs: created_at.getTime(),
    expiresMs: expires_at?.getTime() ?? null,
  }))
}

export async function createToken(
  database: Kysely<Database>,
  workspaceId: number,
  {
    name,
    role,
    expiresMs,
    madeBy = null,
  }: {
    readonly name: string
    readonly role: Role
    readonly expiresMs: number
    /** null: the machine. */
    readonly madeBy?: number | null
  },
) {
  const secret = newSecret('token')
  const { id } = await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .insertInto('api_tokens')
      .values({
        workspace_id: workspaceId,
        token_hash: secret.hash,
        hint: secret.hint,
        name,
        role,
        made_by: madeBy,
        expires_at: new Date(expiresMs),
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  return { id, name, hint: secret.hint, role, expiresMs, token: secret.text }
}

/** @returns whether there was such a token, not yet revoked */
export async function revokeToken(
  database: Kysely<Database>,
  workspaceId: number,
  tokenId: number,
  nowMs: number,
): Promise<boolean> {
  const { numUpdatedRows } = await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .updateTable('api_tokens')
      .set({ revoked_at: new Date(nowMs) })
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', tokenId)
      .where('revoked_at', 'is', null)
      .executeTakeFirst(),
  )
  return numUpdatedRows > 0n
}
