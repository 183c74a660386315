import type { Kysely } from 'kysely'
import type { Workspace, Writer } from '../http/gate.ts'
import type { Database } from '../postgres/tables.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { newSecret, secretHash } from './secret.ts'
import { WORKSPACE_COLUMNS } from '../postgres/workspace-columns.ts'

/**
 * How long a key that was looked up is believed: the hot path asks for the same few keys thousands of times
 * a second. A key revoked here is forgotten at once; one revoked by another process within this time.
 */
const BELIEVED_MS = 2_000
const REMEMBERED = 5_000

export interface WriteKeys {
  /** A key and the workspace that it writes to; null when it is unknown or revoked. */
  readonly opened: (
    key: string,
    nowMs: number,
  ) => Promise<{ readonly workspace: Workspace; readonly writer: Writer } | null>
  readonly list: (workspaceId: number) => Promise<
    readonly {
      readonly id: number
      readonly name: string
      readonly hint: string
      readonly createdMs: number
    }[]
  >
  readonly create: (
    workspaceId: number,
    name: string,
  ) => Promise<{
    readonly id: number
    readonly name: string
    readonly hint: string
    readonly key: string
  }>
  /** @returns whether there was such a key, not yet revoked */
  readonly revoke: (workspaceId: number, id: number, nowMs: number) => Promise<boolean>
}

export function writeKeys(database: Kysely<Database>): WriteKeys {
  const believed = new Map<
    string,
    {
      readonly opened: { readonly workspace: Workspace; readonly writer: Writer } | null
      readonly untilMs: number
    }
  >()
  return {
    async opened(key, nowMs) {
      const hash = secretHash(key)
      const name = hash.toString('base64')
      const held = believed.get(name)
      if (held !== undefined && held.untilMs > nowMs) return held.opened
      const found = await asSystem(database, (transaction) =>
        transaction
          .selectFrom('write_keys')
          .innerJoin('workspaces', 'workspaces.id', 'write_keys.workspace_id')
          .select([...WORKSPACE_COLUMNS, 'write_keys.source', 'write_keys.kind'])
          .where('write_keys.key_hash', '=', hash)
          .where('write_keys.revoked_at', 'is', null)
          .executeTakeFirst(),
      )
      // Bounded whatever keys strangers try.
      if (believed.size >= REMEMBERED) believed.clear()
      let opened = null
      if (found !== undefined) {
        const { source, kind, ...workspace } = found
        opened = { workspace, writer: { source, kind } }
      }
      believed.set(name, { opened, untilMs: nowMs + BELIEVED_MS })
      return opened
    },
    async list(workspaceId) {
      const held = await inWorkspace(database, workspaceId, (transaction) =>
        transaction
          .selectFrom('write_keys')
          .select(['id', 'name', 'hint', 'created_at'])
          .where('workspace_id', '=', workspaceId)
          .where('revoked_at', 'is', null)
          .orderBy('id')
          .execute(),
      )
      return held.map(({ created_at, ...key }) => ({ ...key, createdMs: created_at.getTime() }))
    },
    async create(workspaceId, name) {
      const secret = newSecret('write-key')
      const { id } = await inWorkspace(database, workspaceId, (transaction) =>
        transaction
          .insertInto('write_keys')
          .values({
            workspace_id: workspaceId,
            key_hash: secret.hash,
            hint: secret.hint,
            name,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      return { id, name, hint: secret.hint, key: secret.text }
    },
    async revoke(workspaceId, id, nowMs) {
      const { numUpdatedRows } = await inWorkspace(database, workspaceId, (transaction) =>
        transaction
          .updateTable('write_keys')
          .set({ revoked_at: new Date(nowMs) })
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .executeTakeFirst(),
      )
      believed.clear()
      return numUpdatedRows > 0n
    },
  }
}
