import type { Kysely } from 'kysely'
import type { Gate, Viewer } from '../http/gate.ts'
import type { Database } from '../postgres/tables.ts'
import { tokenOf } from '../keys/tokens.ts'
import { memberOf, workspaceOf } from '../workspaces/workspaces.ts'
import type { WriteKeys } from '../keys/write-keys.ts'
import { secretIs } from '../keys/secret.ts'
import type { SessionCookie } from './session-cookie.ts'
import { sessionOf } from './sessions.ts'

export interface GateNeeds {
  readonly database: Kysely<Database>
  readonly writeKeys: WriteKeys
  readonly clock: () => number
  readonly cookie: SessionCookie
  /** The hash of the token in the data folder; null where there is none. */
  readonly machineHash: Buffer | null
}

/** Who is who, out of the stores. */
export function accessGate({ database, writeKeys, clock, cookie, machineHash }: GateNeeds): Gate {
  return {
    async viewer(headers): Promise<Viewer | null> {
      const { authorization } = headers
      if (authorization !== undefined) {
        const bearer = /^Bearer\s+([A-Za-z0-9_-]{1,200})$/i.exec(authorization)?.[1]
        if (bearer === undefined) return null
        if (machineHash !== null && secretIs(bearer, machineHash)) return { kind: 'machine' }
        return await tokenOf(database, bearer, clock())
      }
      // Something else on the host may have planted one before ours.
      for (const token of cookie.tokens(headers.cookie)) {
        const session = await sessionOf(database, token, clock())
        if (session !== null) return { kind: 'person', ...session }
      }
      return null
    },
    async member(viewer, slug) {
      if (viewer.kind === 'person') return await memberOf(database, viewer.userId, slug)
      const workspace = await workspaceOf(database, slug)
      if (workspace === null) return null
      if (viewer.kind === 'machine') return { workspace, role: 'owner' }
      return viewer.workspaceId === workspace.id ? { workspace, role: viewer.role } : null
    },
    writer: (key) => writeKeys.opened(key, clock()),
  }
}
