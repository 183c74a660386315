import { accessRoutes, type Refusal, refuse } from '@parcurs/contract'
import type { Kysely } from 'kysely'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { changeMember, invite, type MemberChange, members } from './members.ts'
import { createToken, revokeToken, tokens } from '../keys/tokens.ts'
import { changeWorkspace, createWorkspace, isTimeZone, workspacesOf } from './workspaces.ts'
import { serverNames, type WriteKeys } from '../keys/write-keys.ts'

export interface WorkspaceNeeds {
  readonly database: Kysely<Database>
  readonly writeKeys: WriteKeys
  readonly clock: () => number
}

const TOKEN_DAYS = 90

/** Workspaces, their members, write keys and API tokens. */
export function serveWorkspaces(
  handle: Handle,
  { database, writeKeys, clock }: WorkspaceNeeds,
): void {
  handle(accessRoutes.createWorkspace, async ({ body, viewer }) => {
    const held = await workspacesOf(database, viewer.userId)
    if (!held.some(({ role }) => role === 'owner')) {
      return refuse('role-too-low', 'you own no workspace here: ask an owner to make one')
    }
    const wrong = zoneFault(body.timeZone)
    if (wrong !== null) return wrong
    const made = await createWorkspace(database, body, viewer.userId)
    return made === null
      ? refuse('already-there', `a workspace '${body.slug}' is there already: expected a new slug`)
      : { ...made, role: 'owner' as const }
  })
  handle(accessRoutes.changeWorkspace, async ({ body, workspace, role }) => {
    const wrong = zoneFault(body.timeZone)
    if (wrong !== null) return wrong
    return { ...(await changeWorkspace(database, workspace.id, body)), role }
  })

  handle(accessRoutes.members, ({ workspace }) => members(database, workspace.id))
  handle(accessRoutes.invite, async ({ workspace, viewer, body }) => {
    if (viewer.kind === 'token') return NO_TOKENS
    const invited = await invite(database, workspace.id, body, clock())
    return invited ?? refuse('already-there', `${body.email} is a member already`)
  })
  handle(accessRoutes.changeMember, async ({ workspace, viewer, params, body }) =>
    viewer.kind === 'token'
      ? NO_TOKENS
      : memberAnswer(await changeMember(database, workspace.id, params.userId, body.role)),
  )
  handle(accessRoutes.removeMember, async ({ workspace, viewer, params }) =>
    viewer.kind === 'token'
      ? NO_TOKENS
      : memberAnswer(await changeMember(database, workspace.id, params.userId, null)),
  )
  handle(accessRoutes.leaveWorkspace, async ({ workspace, viewer }) =>
    viewer.kind === 'person'
      ? memberAnswer(await changeMember(database, workspace.id, viewer.userId, null))
      : refuse('person-needed', 'a token cannot leave: revoke it instead'),
  )

  handle(accessRoutes.writeKeys, ({ workspace }) => writeKeys.list(workspace.id))
  handle(accessRoutes.createWriteKey, ({ workspace, body }) =>
    writeKeys.create(workspace.id, body.name, body.kind),
  )
  handle(accessRoutes.changeWriteKey, async ({ workspace, params, body }) =>
    (await writeKeys.setKind(workspace.id, params.writeKeyId, body.kind))
      ? undefined
      : refuse('not-found', `no write key ${params.writeKeyId} in this workspace`),
  )
  handle(accessRoutes.revokeWriteKey, async ({ workspace, params }) =>
    (await writeKeys.revoke(workspace.id, params.writeKeyId, clock()))
      ? undefined
      : refuse('not-found', `no write key ${params.writeKeyId} in this workspace`),
  )

  handle(accessRoutes.serverNames, async ({ workspace }) => ({
    names: await serverNames(database, workspace.id),
  }))
  handle(accessRoutes.changeServerNames, async ({ workspace, body }) => {
    await writeKeys.setServerNames(workspace.id, body.names)
    return { names: await serverNames(database, workspace.id) }
  })

  handle(accessRoutes.tokens, ({ workspace }) => tokens(database, workspace.id))
  handle(accessRoutes.createToken, async ({ workspace, viewer, body }) =>
    viewer.kind === 'token'
      ? NO_TOKENS
      : await createToken(database, workspace.id, {
          name: body.name,
          role: body.role,
          expiresMs: clock() + (body.days ?? TOKEN_DAYS) * 86_400_000,
          madeBy: viewer.kind === 'person' ? viewer.userId : null,
        }),
  )
  handle(accessRoutes.revokeToken, async ({ workspace, params }) =>
    (await revokeToken(database, workspace.id, params.tokenId, clock()))
      ? undefined
      : refuse('not-found', `no API token ${params.tokenId} in this workspace`),
  )
}

/** A token of a day must not outlive itself in another token or a person. */
const NO_TOKENS = refuse('person-needed', 'a token makes neither tokens nor members: sign in')

function memberAnswer(change: MemberChange): Refusal | undefined {
  if (change === 'last owner') {
    return refuse('last-owner', 'this is the last owner: make somebody else an owner first')
  }
  return change === 'nobody' ? refuse('not-found', 'no such member of this workspace') : undefined
}

function zoneFault(timeZone: string | undefined): Refusal | null {
  if (timeZone === undefined || isTimeZone(timeZone)) return null
  const fault = {
    place: 'body.timeZone',
    value: JSON.stringify(timeZone),
    expected: 'an IANA time zone such as Europe/Athens',
    code: 'zone-unknown',
  }
  return refuse('value-invalid', `${fault.place} is ${fault.value}: expected ${fault.expected}`, {
    faults: [fault],
  })
}
