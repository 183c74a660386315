import type { Role } from '@parcurs/contract'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { INVITE_LINK_MS, linkPath, makeLink } from '../keys/sign-in-links.ts'

export async function members(database: Kysely<Database>, workspaceId: number) {
  return await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select(['users.id as userId', 'users.email', 'users.name', 'memberships.role'])
      .where('memberships.workspace_id', '=', workspaceId)
      .orderBy('users.id')
      .execute(),
  )
}

/**
 * Lets a person in. A link that signs in *as* them is made only for somebody who cannot sign in yet and
 * belongs nowhere else: otherwise the owner of one workspace could enter another in somebody's name.
 *
 * @returns null when they are a member already and need no new link
 */
export async function invite(
  database: Kysely<Database>,
  workspaceId: number,
  { email, role }: { readonly email: string; readonly role: Role },
  nowMs: number,
): Promise<{ readonly userId: number; readonly link: string | null } | null> {
  return await asSystem(database, async (transaction) => {
    await transaction
      .insertInto('users')
      .values({ email })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .execute()
    const user = await transaction
      .selectFrom('users')
      .select(['id', 'password_hash'])
      .where('email', '=', email)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const { numInsertedOrUpdatedRows: joined = 0n } = await transaction
      .insertInto('memberships')
      .values({ workspace_id: workspaceId, user_id: user.id, role })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
      .executeTakeFirst()
    const elsewhere = await transaction
      .selectFrom('memberships')
      .select('workspace_id')
      .where('user_id', '=', user.id)
      .where('workspace_id', '!=', workspaceId)
      .executeTakeFirst()
    const needsLink = user.password_hash === null && elsewhere === undefined
    if (joined === 0n && !needsLink) return null
    if (!needsLink) return { userId: user.id, link: null }
    return {
      userId: user.id,
      link: linkPath(await makeLink(transaction, user.id, INVITE_LINK_MS, nowMs)),
    }
  })
}

export type MemberChange = 'changed' | 'nobody' | 'last owner'

/** Changes a member's role, or takes them out (null). A workspace never loses its last owner. */
export async function changeMember(
  database: Kysely<Database>,
  workspaceId: number,
  userId: number,
  role: Role | null,
): Promise<MemberChange> {
  return await inWorkspace(database, workspaceId, async (transaction) => {
    const owners = await ownersLocked(transaction, workspaceId)
    if (role !== 'owner' && owners.length === 1 && owners[0] === userId) return 'last owner'
    if (role === null) {
      const { numDeletedRows } = await transaction
        .deleteFrom('memberships')
        .where('workspace_id', '=', workspaceId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return numDeletedRows > 0n ? 'changed' : 'nobody'
    }
    const { numUpdatedRows } = await transaction
      .updateTable('memberships')
      .set({ role })
      .where('workspace_id', '=', workspaceId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return numUpdatedRows > 0n ? 'changed' : 'nobody'
  })
}

// Locked, so that two owners who leave at the same moment do not both see the other stay.
async function ownersLocked(
  transaction: Transaction<Database>,
  workspaceId: number,
): Promise<readonly number[]> {
  const held = await transaction
    .selectFrom('memberships')
    .select('user_id')
    .where('workspace_id', '=', workspaceId)
    .where('role', '=', 'owner')
    .orderBy('user_id')
    .forUpdate()
    .execute()
  return held.map(({ user_id }) => user_id)
}
