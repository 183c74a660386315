import { accessRoutes, type Refusal, refuse } from '@parcurs/contract'
import type { Kysely } from 'kysely'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { changeMember, invite, type MemberChange, members } from './members.ts'
import { createToken, revokeToken, tokens } from '../keys/tokens.ts'
import {
  changeWorkspace,
  createWorkspace,
  deleteWorkspace,
  importRuns,
  isTimeZone,
  workspacesOf,
} from './workspaces.ts'
import { serverNames, type WriteKeys } from '../keys/write-keys.ts'

export interface WorkspaceNeeds {
  readonly database: Kysely<Database>
  readonly writeKeys: WriteKeys
  readonly clock: () => number
  /** Takes a workspace's rows out of the event store; they are out of reach by then. */
  readonly dropRows: (workspaceId: number) => Promise<void>
}

const TOKEN_DAYS = 90

/** Workspaces, their members, write keys and API tokens. */
export function serveWorkspaces(
  handle: Handle,
  { database, writeKeys, clock, dropRows }: WorkspaceNeeds,
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

  handle(accessRoutes.deleteWorkspace, async ({ workspace, viewer, query }) => {
    if (viewer.kind !== 'person') {
      return refuse('person-needed', 'only a person deletes a workspace: sign in')
    }
    if (query.name !== workspace.name) return nameFault(query.name, workspace.name)
    const owned = await workspacesOf(database, viewer.userId)
    if (!owned.some(({ id, role }) => role === 'owner' && id !== workspace.id)) {
      return refuse('last-workspace', 'you own no other workspace: make another one first')
    }
    if (await importRuns(database, workspace.id)) {
      return refuse('in-use', 'an import is running in the workspace: stop it or let it end first')
    }
    // Its keys first: this process knows them by heart.
    for (const { id } of await writeKeys.list(workspace.id)) {
      await writeKeys.revoke(workspace.id, id, clock())
    }
    await deleteWorkspace(database, workspace.id)
    await dropRows(workspace.id)
    return undefined
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

function nameFault(given: string, name: string): Refusal {
  const expected = `the name of the workspace, ${JSON.stringify(name)}`
  const fault = { place: 'query.name', value: JSON.stringify(given), expected }
  return refuse('value-invalid', `query.name is ${fault.value}: expected ${expected}`, {
    faults: [{ ...fault, code: 'not-one-of', data: { choices: name } }],
  })
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
