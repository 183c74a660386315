import type { Role } from '@parcurs/contract'
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
      .select(['id', 'workspace_id', 'role'])
      .where('token_hash', '=', secretHash(token))
      .where('revoked_at', 'is', null)
      .where((where) =>
        where.or([where('expires_at', 'is', null), where('expires_at', '>', new Date(nowMs))]),
      )
      .executeTakeFirst(),
  )
  return found === undefined
    ? null
    : { kind: 'token', tokenId: found.id, workspaceId: found.workspace_id, role: found.role }
}

export async function tokens(database: Kysely<Database>, workspaceId: number) {
  const held = await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .selectFrom('api_tokens')
      .select(['id', 'name', 'hint', 'role', 'created_at', 'expires_at'])
      .where('workspace_id', '=', workspaceId)
      .where('revoked_at', 'is', null)
      .orderBy('id')
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
  }: { readonly name: string; readonly role: Role; readonly expiresMs: number },
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
