import { DESIGNED_MAP, TOUCHPOINTS } from '@parcurs/demo-shop'
import { zoneNamed } from '@parcurs/domain'
import type { Kysely, Transaction } from 'kysely'
import { insertMap } from '../maps/maps.ts'
import type { Database } from '../postgres/tables.ts'
import { asSystem } from '../postgres/workspace-scope.ts'
import { columnsOf } from '../touchpoints/touchpoints.ts'

export const DEMO_SLUG = 'demo'
const DEMO_ZONE = 'Europe/Bucharest'

export interface DemoWorkspace {
  readonly id: number
  /** Midnight in the shop's zone of the day on which the load began: a resumed load makes the same events. */
  readonly endMs: number
  readonly loaded: boolean
}

/** @returns null when there is no demo workspace */
export async function demoWorkspace(database: Kysely<Database>): Promise<DemoWorkspace | null> {
  return await asSystem(database, findDemo)
}

/**
 * Makes the simulated workspace with its touchpoints and map. Safe when two processes do it at once.
 */
export async function makeDemoWorkspace(
  database: Kysely<Database>,
  nowMs: number,
  ownerId: number | null,
): Promise<DemoWorkspace> {
  return await asSystem(database, async (transaction) => {
    const made = await transaction
      .insertInto('workspaces')
      .values({
        slug: DEMO_SLUG,
        name: 'Demo shop',
        time_zone: DEMO_ZONE,
        currency: 'EUR',
        simulated: true,
      })
      .onConflict((conflict) => conflict.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (made !== undefined) await furnish(transaction, made.id, midnightBefore(nowMs), ownerId)
    const found = await findDemo(transaction)
    if (found === null)
      throw new Error(`workspace '${DEMO_SLUG}' exists, but is not the simulated one`)
    return found
  })
}

export async function markLoaded(
  database: Kysely<Database>,
  workspaceId: number,
  nowMs: number,
): Promise<void> {
  await asSystem(database, (transaction) =>
    transaction
      .updateTable('simulations')
      .set({ loaded_at: new Date(nowMs) })
      .where('workspace_id', '=', workspaceId)
      .execute(),
  )
}

async function findDemo(transaction: Transaction<Database>): Promise<DemoWorkspace | null> {
  const found = await transaction
    .selectFrom('workspaces')
    .innerJoin('simulations', 'simulations.workspace_id', 'workspaces.id')
    .select(['workspaces.id', 'simulations.end_ms', 'simulations.loaded_at'])
    .where('workspaces.slug', '=', DEMO_SLUG)
    .executeTakeFirst()
  if (found === undefined) return null
  return { id: found.id, endMs: found.end_ms, loaded: found.loaded_at !== null }
}

async function furnish(
  transaction: Transaction<Database>,
  workspaceId: number,
  endMs: number,
  ownerId: number | null,
): Promise<void> {
  await transaction
    .insertInto('touchpoints')
    .values(
      TOUCHPOINTS.map(({ id, version, ...draft }) => ({
        id,
        workspace_id: workspaceId,
        ...columnsOf(draft),
        version,
      })),
    )
    .execute()
  const { id, version: _version, ...journey } = DESIGNED_MAP
  await insertMap(transaction, workspaceId, id, journey)
  await transaction
    .insertInto('simulations')
    .values({ workspace_id: workspaceId, end_ms: endMs, loaded_at: null })
    .execute()
  if (ownerId === null) return
  await transaction
    .insertInto('memberships')
    .values({ workspace_id: workspaceId, user_id: ownerId, role: 'owner' })
    .execute()
}

/** The midnight with which the shop's yesterday ended. */
export function midnightBefore(nowMs: number): number {
  const zone = zoneNamed(DEMO_ZONE)
  if (zone === null) throw new Error(`no time zone ${DEMO_ZONE}`)
  // Swedish dates are ISO dates.
  const day = new Date(nowMs).toLocaleDateString('sv-SE', { timeZone: DEMO_ZONE })
  return zone.toUtc(Date.parse(`${day}T00:00:00Z`))
}
