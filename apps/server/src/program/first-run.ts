import type { EventStore } from '../log/event-store.ts'
import { firstDemo } from '../demo/first-demo.ts'
import { linkPath, makeLink, OWNER_LINK_MS } from '../keys/sign-in-links.ts'
import { createWorkspace, workspaces } from '../workspaces/workspaces.ts'
import type { Progress } from '../terminal/progress.ts'
import type { Stores } from '../stores/stores.ts'

export interface FirstRunNeeds {
  readonly stores: Stores
  readonly events: EventStore
  /** False: no simulated shop. */
  readonly demo: boolean
  readonly home: string
  readonly clock: () => number
  readonly progress: Progress
}

/**
 * What an empty installation gets: an owner without a password, and something to look at.
 * @returns the path to open: a sign-in link until the owner has a password of their own
 */
export async function firstRun(needs: FirstRunNeeds): Promise<string> {
  const { stores, clock } = needs
  const { database } = stores
  const owner = await ownerOf(stores)
  // First, so that it is what the first sign-in opens.
  if (needs.demo) await firstDemo({ ...needs, ownerId: owner.id })
  if ((await workspaces(database)).every(({ simulated }) => simulated)) {
    await createWorkspace(database, { slug: 'main', name: 'My workspace' }, owner.id)
  }
  if (owner.hasPassword) return '/'
  return linkPath(await makeLink(database, owner.id, OWNER_LINK_MS, clock()))
}

/** The first user is the installation's owner. */
async function ownerOf({ database }: Stores): Promise<{ id: number; hasPassword: boolean }> {
  const found = await database
    .selectFrom('users')
    .select(['id', 'password_hash'])
    .orderBy('id')
    .executeTakeFirst()
  if (found !== undefined) return { id: found.id, hasPassword: found.password_hash !== null }
  const made = await database
    .insertInto('users')
    .values({ email: 'owner@localhost', password_hash: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id: made.id, hasPassword: false }
}
