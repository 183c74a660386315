import { detailMapsOf, type JourneyMap, MAP_FORMAT, readStoredMap } from '@parcurs/domain'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Database, MapsTable } from '../postgres/tables.ts'
import { lockVersion } from '../postgres/versioned-row.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Changed } from '../touchpoints/touchpoints.ts'

export type MapDraft = Omit<JourneyMap, 'id' | 'version'>

export interface ListedMap {
  readonly id: string
  readonly name: string
  readonly steps: number
  readonly windowDays: number
  readonly version: number
  readonly updatedMs: number
}

/** The oldest first: the first one is home. */
export async function mapsOf(
  database: Kysely<Database>,
  workspace: number,
): Promise<readonly ListedMap[]> {
  return await inWorkspace(database, workspace, async (tx) => {
    const rows = await tx
      .selectFrom('maps')
      .selectAll()
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(({ id, name, document, version, updated_at }) => ({
      id,
      name,
      steps: document.stages.reduce((sum, stage) => sum + stage.steps.length, 0),
      windowDays: document.windowDays,
      version,
      updatedMs: updated_at.getTime(),
    }))
  })
}

export async function findMap(tx: Transaction<Database>, id: string): Promise<JourneyMap | null> {
  const row = await tx.selectFrom('maps').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined
    ? null
    : {
        ...readStoredMap(row.format, row.document),
        id: row.id,
        name: row.name,
        version: row.version,
      }
}

/** Every map of the workspace, with the maps that its steps link to. */
export async function detailsOfMaps(
  tx: Transaction<Database>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.selectFrom('maps').select(['id', 'document', 'format']).execute()
  return new Map(rows.map((row) => [row.id, detailsOf(row)]))
}

function detailsOf(row: Pick<Selectable<MapsTable>, 'document' | 'format'>): readonly string[] {
  return detailMapsOf(readStoredMap(row.format, row.document))
}

export async function mapOf(
  database: Kysely<Database>,
  workspace: number,
  id: string,
): Promise<JourneyMap | null> {
  return await inWorkspace(database, workspace, (tx) => findMap(tx, id))
}

export async function insertMap(
  tx: Transaction<Database>,
  workspace: number,
  id: string,
  draft: MapDraft,
): Promise<JourneyMap> {
  const map: JourneyMap = { ...draft, id, version: 1 }
  await tx
    .insertInto('maps')
    .values({ id, workspace_id: workspace, name: map.name, ...columnsOfMap(map) })
    .execute()
  return map
}

function columnsOfMap(map: JourneyMap) {
  return { document: JSON.stringify(map), format: MAP_FORMAT }
}

/** @param version the one that was edited */
export async function changeMap(
  tx: Transaction<Database>,
  id: string,
  version: number,
  draft: MapDraft,
): Promise<Changed<JourneyMap>> {
  const outdated = await lockVersion(tx, 'maps', id, version)
  if (outdated !== null) return outdated
  const map: JourneyMap = { ...draft, id, version: version + 1 }
  await tx
    .updateTable('maps')
    .set({
      name: map.name,
      ...columnsOfMap(map),
      version: map.version,
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute()
  return { ok: true, value: map }
}

/** A map that another one links to stays: its step would lose what tells it without a word. */
export async function deleteMap(
  database: Kysely<Database>,
  workspace: number,
  id: string,
): Promise<Changed<null>> {
  return await inWorkspace(database, workspace, async (tx) => {
    const users = await tx.selectFrom('maps').select(['name', 'document', 'format']).execute()
    const maps = users.filter((row) => detailsOf(row).includes(id)).map(({ name }) => name)
    if (maps.length > 0) return { ok: false, code: 'in-use', maps }
    const gone = await tx.deleteFrom('maps').where('id', '=', id).executeTakeFirst()
    return gone.numDeletedRows === 0n ? { ok: false, code: 'not-found' } : { ok: true, value: null }
  })
}
