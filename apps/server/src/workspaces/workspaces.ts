import type { Role } from '@parcurs/contract'
import type { Kysely } from 'kysely'
import type { Workspace } from '../http/gate.ts'
import type { Database } from '../postgres/tables.ts'
import { WORKSPACE_COLUMNS } from '../postgres/workspace-columns.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'

/** A workspace by its slug or its number. */
export async function workspaceOf(
  database: Kysely<Database>,
  which: string | number,
): Promise<Workspace | null> {
  const found = await database
    .selectFrom('workspaces')
    .select(WORKSPACE_COLUMNS)
    .where(typeof which === 'number' ? 'id' : 'slug', '=', which)
    .executeTakeFirst()
  return found ?? null
}

export async function workspaces(database: Kysely<Database>): Promise<readonly Workspace[]> {
  return await database.selectFrom('workspaces').select(WORKSPACE_COLUMNS).orderBy('id').execute()
}

/** Null both for a workspace that does not exist and for one that the user is no member of. */
export async function memberOf(
  database: Kysely<Database>,
  userId: number,
  slug: string,
): Promise<{ readonly workspace: Workspace; readonly role: Role } | null> {
  const found = await asSystem(database, (transaction) =>
    transaction
      .selectFrom('memberships')
      .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
      .select([...WORKSPACE_COLUMNS, 'memberships.role'])
      .where('memberships.user_id', '=', userId)
      .where('workspaces.slug', '=', slug)
      .executeTakeFirst(),
  )
  if (found === undefined) return null
  const { role, ...workspace } = found
  return { workspace, role }
}

/** Every workspace that a user may enter, with their role in it. */
export async function workspacesOf(
  database: Kysely<Database>,
  userId: number,
): Promise<readonly (Workspace & { readonly role: Role })[]> {
  return await asSystem(database, (transaction) =>
    transaction
      .selectFrom('memberships')
      .innerJoin('workspaces', 'workspaces.id', 'memberships.workspace_id')
      .select([...WORKSPACE_COLUMNS, 'memberships.role'])
      .where('memberships.user_id', '=', userId)
      .orderBy('workspaces.id')
      .execute(),
  )
}

export interface NewWorkspace {
  readonly slug: string
  readonly name: string
  readonly timeZone?: string
  readonly weekStart?: 'monday' | 'sunday'
  readonly currency?: string
  readonly simulated?: boolean
}

/** @returns null when the slug is taken */
export async function createWorkspace(
  database: Kysely<Database>,
  workspace: NewWorkspace,
  ownerId: number | null,
): Promise<Workspace | null> {
  return await asSystem(database, async (transaction) => {
    const made = await transaction
      .insertInto('workspaces')
      .values({ slug: workspace.slug, name: workspace.name, ...settings(workspace) })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning(WORKSPACE_COLUMNS)
      .executeTakeFirst()
    if (made === undefined) return null
    if (ownerId !== null) {
      await transaction
        .insertInto('memberships')
        .values({ workspace_id: made.id, user_id: ownerId, role: 'owner' })
        .execute()
    }
    return made
  })
}

export async function changeWorkspace(
  database: Kysely<Database>,
  workspaceId: number,
  change: Partial<Omit<NewWorkspace, 'slug' | 'simulated'>>,
): Promise<Workspace> {
  const columns = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...settings(change),
  }
  if (Object.keys(columns).length > 0) {
    await database.updateTable('workspaces').set(columns).where('id', '=', workspaceId).execute()
  }
  const changed = await workspaceOf(database, workspaceId)
  if (changed === null) throw new Error(`workspace ${workspaceId} is gone`)
  return changed
}

/**
 * Everything of a workspace that PostgreSQL holds, people's accounts excepted. What was sent with its keys is refused from
 * now on, and its number is never given again, so rows of other stores are nobody's.
 */
export async function deleteWorkspace(
  database: Kysely<Database>,
  workspaceId: number,
): Promise<void> {
  await asSystem(database, (transaction) =>
    transaction.deleteFrom('workspaces').where('id', '=', workspaceId).execute(),
  )
}

function settings({ timeZone, weekStart, currency, simulated }: Partial<NewWorkspace>) {
  return {
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(weekStart === undefined ? {} : { week_start: weekStart }),
    ...(currency === undefined ? {} : { currency }),
    ...(simulated === undefined ? {} : { simulated }),
  }
}

/** Whether a file is being stored in it just now. */
export async function importRuns(
  database: Kysely<Database>,
  workspaceId: number,
): Promise<boolean> {
  const running = await inWorkspace(database, workspaceId, (transaction) =>
    transaction
      .selectFrom('imports')
      .select('id')
      .where('state', '=', 'running')
      .executeTakeFirst(),
  )
  return running !== undefined
}

/** Whether dates can be cut in this zone here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // An offset such as +02:00 is accepted too, but knows no daylight saving.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}
