import type { Kysely } from 'kysely'
import type { Workspace, Writer } from '../http/gate.ts'
import type { Database, KeyKind } from '../postgres/tables.ts'
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
      readonly kind: KeyKind | null
      readonly createdMs: number
      readonly revokedMs: number | null
    }[]
  >
  readonly create: (
    workspaceId: number,
    name: string,
    kind?: KeyKind,
  ) => Promise<{
    readonly id: number
    readonly kind: KeyKind | null
    readonly name: string
    readonly hint: string
    readonly key: string
  }>
  /** Which events only a server's key may send, from the next request on. */
  readonly setServerNames: (workspaceId: number, names: readonly string[]) => Promise<void>
  /** Says what kind a key is. @returns whether there is such a key, not yet revoked */
  readonly setKind: (workspaceId: number, id: number, kind: KeyKind) => Promise<boolean>
  /** @returns whether there was such a key, not yet revoked */
  readonly revoke: (workspaceId: number, id: number, nowMs: number) => Promise<boolean>
}

export async function serverNames(
  database: Kysely<Database>,
  workspaceId: number,
): Promise<readonly string[]> {
  const { server_names: names } = await database
    .selectFrom('workspaces')
    .select('server_names')
    .where('id', '=', workspaceId)
    .executeTakeFirstOrThrow()
  return names
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
          .select('workspaces.server_names as serverNames')
          .where('write_keys.key_hash', '=', hash)
          .where('write_keys.revoked_at', 'is', null)
          .executeTakeFirst(),
      )
      // Bounded whatever keys strangers try.
      if (believed.size >= REMEMBERED) believed.clear()
      let opened = null
      if (found !== undefined) {
        const { source, kind, serverNames, ...workspace } = found
        opened = { workspace, writer: { source, kind, serverNames } }
      }
      believed.set(name, { opened, untilMs: nowMs + BELIEVED_MS })
      return opened
    },
    async list(workspaceId) {
      const held = await inWorkspace(database, workspaceId, (transaction) =>
        transaction
          .selectFrom('write_keys')
          .select(['id', 'name', 'hint', 'kind', 'created_at', 'revoked_at'])
          .where('workspace_id', '=', workspaceId)
          .orderBy('id')
          .execute(),
      )
      return held.map(({ created_at, revoked_at, ...key }) => ({
        ...key,
        createdMs: created_at.getTime(),
        revokedMs: revoked_at?.getTime() ?? null,
      }))
    },
    async create(workspaceId, name, kind) {
      const secret = newSecret('write-key')
      const { id } = await inWorkspace(database, workspaceId, (transaction) =>
        transaction
          .insertInto('write_keys')
          .values({
            workspace_id: workspaceId,
            key_hash: secret.hash,
            hint: secret.hint,
            name,
            kind: kind ?? null,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      return { id, name, kind: kind ?? null, hint: secret.hint, key: secret.text }
    },
    async setServerNames(workspaceId, names) {
      await database
        .updateTable('workspaces')
        .set({ server_names: [...new Set(names)] })
        .where('id', '=', workspaceId)
        .execute()
      believed.clear()
    },
    async setKind(workspaceId, id, kind) {
      const known = await inWorkspace(database, workspaceId, async (transaction) => {
        const key = await transaction
          .selectFrom('write_keys')
          .select('kind')
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .forUpdate()
          .executeTakeFirst()
        if (key === undefined) return false
        if (key.kind === kind) return true
        await transaction
          .updateTable('write_keys')
          .set({ kind })
          .where('workspace_id', '=', workspaceId)
          .where('id', '=', id)
          .execute()
        // Who holds an order depends on it: generations from before are not read.
        await transaction
          .updateTable('workspaces')
          .set((row) => ({ key_kinds: row('key_kinds', '+', 1) }))
          .where('id', '=', workspaceId)
          .execute()
        return true
      })
      believed.clear()
      return known
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
