import type { Role } from '@parcurs/contract'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { newSecret, secretHash } from '../keys/secret.ts'
import { dropLinks, INVITE_LINK_MS, linkPath, makeLink } from '../keys/sign-in-links.ts'

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
 * Makes a link that lets one person into this workspace, whoever holds it: the address only says whom it is meant
 * for. A later link for the same address takes the place of the earlier one.
 *
 * @returns null when they are a member already and can sign in
 */
export async function invite(
  database: Kysely<Database>,
  workspaceId: number,
  { email, role }: { readonly email: string; readonly role: Role },
  nowMs: number,
): Promise<{ readonly link: string } | null> {
  return await asSystem(database, async (transaction) => {
    const member = await transaction
      .selectFrom('memberships')
      .innerJoin('users', 'users.id', 'memberships.user_id')
      .select(['users.id', 'users.password_hash'])
      .where('users.email', '=', email)
      .where('memberships.workspace_id', '=', workspaceId)
      .executeTakeFirst()
    if (member !== undefined) {
      // Only who belongs nowhere else and has no password is let in *as* themselves by an owner's hand.
      return member.password_hash === null && (await workspacesOf(transaction, member.id)) === 1
        ? { link: linkPath(await makeLink(transaction, member.id, INVITE_LINK_MS, nowMs)) }
        : null
    }
    const secret = newSecret('link')
    const made = {
      token_hash: secret.hash,
      role,
      expires_at: new Date(nowMs + INVITE_LINK_MS),
    }
    await transaction
      .insertInto('invitations')
      .values({ workspace_id: workspaceId, email, ...made })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'email']).doUpdateSet(made))
      .execute()
    return { link: linkPath(secret) }
  })
}

export type Joined =
  | { readonly state: 'joined'; readonly userId: number }
  /** There is no such invitation (any more). */
  | { readonly state: 'spent' }
  /** Somebody here has that address: they must sign in as themselves first. */
  | { readonly state: 'sign in' }

/**
 * Joins the workspace that the link invites to, and no other.
 *
 * @param session who holds the link and is signed in; null: nobody, then the person of the address is made
 */
export async function join(
  database: Kysely<Database>,
  token: string,
  session: { readonly userId: number; readonly sessionId: string } | null,
  nowMs: number,
): Promise<Joined> {
  return await asSystem(database, async (transaction) => {
    const invitation = await transaction
      .selectFrom('invitations')
      .select(['workspace_id', 'email', 'role'])
      .where('token_hash', '=', secretHash(token))
      .where('expires_at', '>', new Date(nowMs))
      .forUpdate()
      .executeTakeFirst()
    if (invitation === undefined) return { state: 'spent' }
    const userId = session?.userId ?? (await newcomer(transaction, invitation.email))
    if (userId === null) return { state: 'sign in' }
    await transaction
      .deleteFrom('invitations')
      .where('token_hash', '=', secretHash(token))
      .execute()
    await transaction
      .insertInto('memberships')
      .values({ workspace_id: invitation.workspace_id, user_id: userId, role: invitation.role })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'user_id']).doNothing())
      .execute()
    const { password_hash: password } = await transaction
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow()
    // Whoever else holds a link or session in their name must not come along into this workspace.
    if (password === null) {
      await dropLinks(transaction, userId)
      await transaction
        .deleteFrom('sessions')
        .where('user_id', '=', userId)
        .$if(session !== null, (query) =>
          query.where('token_hash', '!=', Buffer.from(session?.sessionId ?? '', 'hex')),
        )
        .execute()
    }
    return { state: 'joined', userId }
  })
}

/** Somebody of this address who can enter nothing yet; null: whoever has it can. */
async function newcomer(transaction: Transaction<Database>, email: string): Promise<number | null> {
  await transaction
    .insertInto('users')
    .values({ email })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute()
  const { id, password_hash: password } = await transaction
    .selectFrom('users')
    .select(['id', 'password_hash'])
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return password === null && (await workspacesOf(transaction, id)) === 0 ? id : null
}

async function workspacesOf(transaction: Transaction<Database>, userId: number): Promise<number> {
  const held = await transaction
    .selectFrom('memberships')
    .select('workspace_id')
    .where('user_id', '=', userId)
    .execute()
  return held.length
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
