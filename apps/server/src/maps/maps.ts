import {
  detailMapsOf,
  documentOf,
  type JourneyMap,
  MAP_FORMAT,
  mapDifference,
  measurable,
} from '@parcurs/domain'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { lockVersion } from '../postgres/versioned-row.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Changed } from '../touchpoints/touchpoints.ts'
import { commitEdits, readDocument } from './map-log.ts'

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
      .select(['id', 'name', 'journey', 'version', 'updated_at'])
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(({ id, name, journey, version, updated_at }) => ({
      id,
      name,
      steps: journey.stages.reduce((sum, stage) => sum + stage.steps.length, 0),
      windowDays: journey.windowDays,
      version,
      updatedMs: updated_at.getTime(),
    }))
  })
}

/** What is measured of a map: its steps that have a touchpoint. */
export async function findMap(tx: Transaction<Database>, id: string): Promise<JourneyMap | null> {
  const map = await drawnMap(tx, id)
  return map === null ? null : measurable(map)
}

/** The journey that a map draws; its version rises with what is in it. */
export async function drawnMap(tx: Transaction<Database>, id: string): Promise<JourneyMap | null> {
  const row = await tx
    .selectFrom('maps')
    .select(['id', 'journey', 'version'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row === undefined ? null : { ...row.journey, id: row.id, version: row.version }
}

/** Every map of the workspace, with the maps that its steps link to. */
export async function detailsOfMaps(
  tx: Transaction<Database>,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await tx.selectFrom('maps').select(['id', 'journey']).execute()
  return new Map(rows.map(({ id, journey }) => [id, detailMapsOf(journey)]))
}

/** As `findMap`, in a transaction of its own. */
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
  await tx
    .insertInto('maps')
    .values({
      id,
      workspace_id: workspace,
      name: draft.name,
      document: JSON.stringify(documentOf(draft)),
      format: MAP_FORMAT,
      journey: JSON.stringify(draft),
    })
    .execute()
  return { ...draft, id, version: 1 }
}

/**
 * Puts a whole journey in the place of the one that was edited: an edit like any other. Lanes, cards and comments stay,
 * but for those of steps that are gone.
 *
 * @param version the one that was edited
 * @param by null: a program
 */
export async function changeMap(
  tx: Transaction<Database>,
  id: string,
  version: number,
  draft: MapDraft,
  by: number | null,
): Promise<Changed<JourneyMap>> {
  const outdated = await lockVersion(tx, 'maps', id, version)
  if (outdated !== null) return outdated
  const now = await readDocument(tx, id)
  if (now === null) return { ok: false, code: 'not-found' }
  const changes = mapDifference(now.document, documentOf(draft, now.document))
  const edit = { seq: 1, changes, careful: false }
  const sent = { client: crypto.randomUUID(), by, edits: [edit] }
  const committed = await commitEdits(tx, id, sent, async () => null)
  if (committed === null) return { ok: false, code: 'not-found' }
  const refused = committed.answers.find((answer) => 'refused' in answer)
  if (refused !== undefined) throw new Error(`a whole map was refused: ${JSON.stringify(refused)}`)
  return { ok: true, value: committed.journey }
}

/** A map that another one links to stays: its step would lose what tells it without a word. */
export async function deleteMap(
  database: Kysely<Database>,
  workspace: number,
  id: string,
): Promise<Changed<null>> {
  return await inWorkspace(database, workspace, async (tx) => {
    const users = await tx.selectFrom('maps').select(['name', 'journey']).execute()
    const maps = users
      .filter(({ journey }) => detailMapsOf(journey).includes(id))
      .map(({ name }) => name)
    if (maps.length > 0) return { ok: false, code: 'in-use', maps }
    const gone = await tx.deleteFrom('maps').where('id', '=', id).executeTakeFirst()
    return gone.numDeletedRows === 0n ? { ok: false, code: 'not-found' } : { ok: true, value: null }
  })
}
