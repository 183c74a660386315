import { readStoredRule, RULE_FORMAT, type Touchpoint } from '@parcurs/domain'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database, TouchpointsTable } from '../postgres/tables.ts'
import { type Outdated, lockVersion } from '../postgres/versioned-row.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'

export type TouchpointDraft = Omit<Touchpoint, 'id' | 'version'>

/** What came of a change: the new one, or why not. */
export type Changed<T> =
  | { readonly ok: true; readonly value: T }
  | Outdated
  | { readonly ok: false; readonly code: 'name-taken' }
  /** By these maps. */
  | { readonly ok: false; readonly code: 'in-use'; readonly maps: readonly string[] }

/** The library, by name. */
export async function touchpointsOf(
  database: Kysely<Database>,
  workspace: number,
): Promise<readonly Touchpoint[]> {
  return await inWorkspace(database, workspace, listTouchpoints)
}

export async function listTouchpoints(tx: Transaction<Database>): Promise<readonly Touchpoint[]> {
  const rows = await tx.selectFrom('touchpoints').selectAll().orderBy('name').execute()
  return rows.map(touchpointOf)
}

export async function createTouchpoint(
  database: Kysely<Database>,
  workspace: number,
  id: string,
  draft: TouchpointDraft,
): Promise<Changed<Touchpoint>> {
  return await inWorkspace(database, workspace, async (tx) => {
    const row = await tx
      .insertInto('touchpoints')
      .values({ id, workspace_id: workspace, ...columnsOf(draft) })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'name']).doNothing())
      .returningAll()
      .executeTakeFirst()
    return row === undefined
      ? { ok: false, code: 'name-taken' }
      : { ok: true, value: touchpointOf(row) }
  })
}

/** @param version the one that was edited */
export async function changeTouchpoint(
  database: Kysely<Database>,
  workspace: number,
  id: string,
  version: number,
  draft: TouchpointDraft,
): Promise<Changed<Touchpoint>> {
  return await inWorkspace(database, workspace, async (tx) => {
    const outdated = await lockVersion(tx, 'touchpoints', id, version)
    if (outdated !== null) return outdated
    const namesake = await tx
      .selectFrom('touchpoints')
      .select('id')
      .where('name', '=', draft.name)
      .where('id', '!=', id)
      .executeTakeFirst()
    if (namesake !== undefined) return { ok: false, code: 'name-taken' }
    const row = await tx
      .updateTable('touchpoints')
      .set({ ...columnsOf(draft), version: version + 1, updated_at: new Date() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return { ok: true, value: touchpointOf(row) }
  })
}

/** A touchpoint that a map stands on stays: the map would lose a step without a word. */
export async function deleteTouchpoint(
  database: Kysely<Database>,
  workspace: number,
  id: string,
): Promise<Changed<null>> {
  return await inWorkspace(database, workspace, async (tx) => {
    const maps = await tx.selectFrom('maps').select(['name', 'journey']).execute()
    const users = maps.filter(
      ({ journey }) =>
        journey.stages.some((stage) =>
          stage.steps.some((step) => step.touchpointIds.includes(id)),
        ) || journey.goal?.touchpointId === id,
    )
    if (users.length > 0) return { ok: false, code: 'in-use', maps: users.map(({ name }) => name) }
    const gone = await tx.deleteFrom('touchpoints').where('id', '=', id).executeTakeFirst()
    return gone.numDeletedRows === 0n ? { ok: false, code: 'not-found' } : { ok: true, value: null }
  })
}

export function columnsOf({ name, channel, ownerTeam, presence, rule }: TouchpointDraft) {
  return {
    name,
    channel,
    owner_team: ownerTeam,
    presence,
    rule: JSON.stringify(rule),
    rule_format: RULE_FORMAT,
  }
}

export function touchpointOf(row: Selectable<TouchpointsTable>): Touchpoint {
  const { id, name, channel, presence, version } = row
  const rule = readStoredRule(row.rule_format, row.rule)
  return { id, name, channel, ownerTeam: row.owner_team, presence, rule, version }
}
