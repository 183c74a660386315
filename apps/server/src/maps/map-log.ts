import { isDeepStrictEqual } from 'node:util'
import {
  applyEdit,
  type EditRefusal,
  type JourneyMap,
  journeyOf,
  type LoggedEdit,
  MAP_FORMAT,
  type MapChange,
  type MapDocument,
  type NumberedEdit,
  readStoredMap,
  replayed,
  reversed,
} from '@parcurs/domain'
import type { Selectable, Transaction } from 'kysely'
import type { Database, MapsTable } from '../postgres/tables.ts'

/** A map's document, and how many edits made it. */
export interface DocumentAt {
  readonly document: MapDocument
  readonly version: number
}

/** What was done by whom; `by` null: a program, or somebody who is gone. */
export interface LoggedBy extends LoggedEdit {
  readonly by: number | null
  readonly atMs: number
}

export interface SentEdits {
  readonly client: string
  /** null: a program. */
  readonly by: number | null
  readonly edits: readonly NumberedEdit[]
}

export type EditAnswer<Code extends string> =
  /** The version that it made, or that stands where it changed nothing; an edit sent again is answered as at first. */
  | { readonly seq: number; readonly version: number }
  | { readonly seq: number; readonly refused: EditRefusal | Code }

export interface Committed<Code extends string> {
  readonly version: number
  readonly journey: JourneyMap
  readonly answers: readonly EditAnswer<Code>[]
}

/** What the document alone does not say. null: it may be done. */
export type EditCheck<Code extends string> = (
  before: JourneyMap,
  after: JourneyMap,
) => Promise<Code | null>

/**
 * The document is written out after so many edits: what a reading replays at most. Writing 1,800 cards out each time
 * was measured at 20–40 ms an edit.
 */
const WRITE_OUT_EVERY = 64

/** The document of now; null: there is no such map. */
export async function readDocument(
  tx: Transaction<Database>,
  mapId: string,
): Promise<DocumentAt | null> {
  const row = await tx.selectFrom('maps').selectAll().where('id', '=', mapId).executeTakeFirst()
  return row === undefined ? null : await documentIn(tx, row)
}

/**
 * The document as it was when so many edits had been made: changes say what they replaced, so the later ones are taken
 * back. null: there is no such map, or it never came so far.
 */
export async function readDocumentAt(
  tx: Transaction<Database>,
  mapId: string,
  version: number,
): Promise<MapDocument | null> {
  const now = await readDocument(tx, mapId)
  if (now === null || version > now.version) return null
  const later = await doneBetween(tx, mapId, version, now.version)
  return replayed(now.document, reversed(later))
}

/** The edits behind a version, at most so many; the next ones are asked for by the last one's version. */
export async function editsAfter(
  tx: Transaction<Database>,
  mapId: string,
  version: number,
  most: number,
): Promise<readonly LoggedBy[]> {
  const rows = await tx
    .selectFrom('map_changes')
    .selectAll()
    .where('map_id', '=', mapId)
    .where('version', '>', version)
    .orderBy('version')
    .limit(most)
    .execute()
  return rows.map(({ version: made, client, seq, done, changed_by, changed_at }) => ({
    version: made,
    client,
    seq,
    done,
    by: changed_by,
    atMs: changed_at.getTime(),
  }))
}

/**
 * Does edits, in their order, each once: one that is known already is answered as it was. The row of the map is held
 * until the transaction ends, which is the order of all edits, whichever process makes them.
 *
 * @param check what must hold of the journey beside the document's own laws
 * @returns null: there is no such map
 */
export async function commitEdits<Code extends string>(
  tx: Transaction<Database>,
  mapId: string,
  { client, by, edits }: SentEdits,
  check: EditCheck<Code>,
): Promise<Committed<Code> | null> {
  const row = await tx
    .selectFrom('maps')
    .selectAll()
    .where('id', '=', mapId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return null
  let { document, version } = await documentIn(tx, row)
  const known = await knownEdits(tx, mapId, client, edits)
  let journey = journeyOf(document, row.id, row.version)
  const answers: EditAnswer<Code>[] = []
  const logged: LoggedEdit[] = []
  for (const edit of edits) {
    const { seq } = edit
    const before = known.get(seq)
    if (before !== undefined) {
      answers.push({ seq, version: before })
      continue
    }
    const applied = applyEdit(document, edit)
    if (!applied.ok) {
      answers.push({ seq, refused: applied.code })
      continue
    }
    const next = journeyOf(applied.document, row.id, row.version)
    const wrong = isDeepStrictEqual(journey, next) ? null : await check(journey, next)
    if (wrong !== null) {
      answers.push({ seq, refused: wrong })
      continue
    }
    document = applied.document
    journey = next
    version++
    // Also one that changed nothing: it is known when it comes again.
    logged.push({ version, client, seq, done: applied.done })
    known.set(seq, version)
    answers.push({ seq, version })
  }
  const { id: _id, version: _version, ...drawn } = journey
  const journeyVersion = isDeepStrictEqual(drawn, row.journey) ? row.version : row.version + 1
  if (logged.length > 0) {
    await appendToLog(tx, row, logged, by)
    const outdated = version - row.written_version >= WRITE_OUT_EVERY || row.format !== MAP_FORMAT
    await tx
      .updateTable('maps')
      .set({
        document_version: version,
        updated_at: new Date(),
        ...(journeyVersion === row.version
          ? {}
          : { name: journey.name, journey: JSON.stringify(drawn), version: journeyVersion }),
        ...(outdated
          ? {
              document: JSON.stringify(document),
              format: MAP_FORMAT,
              written_version: version,
            }
          : {}),
      })
      .where('id', '=', mapId)
      .execute()
  }
  return { version, journey: { ...journey, version: journeyVersion }, answers }
}

async function appendToLog(
  tx: Transaction<Database>,
  row: Selectable<MapsTable>,
  logged: readonly LoggedEdit[],
  by: number | null,
): Promise<void> {
  await tx
    .insertInto('map_changes')
    .values(
      logged.map(({ version, client, seq, done }) => ({
        map_id: row.id,
        workspace_id: row.workspace_id,
        version,
        client,
        seq,
        changed_by: by,
        done: JSON.stringify(done),
      })),
    )
    .execute()
}

async function knownEdits(
  tx: Transaction<Database>,
  mapId: string,
  client: string,
  edits: readonly NumberedEdit[],
): Promise<Map<number, number>> {
  if (edits.length === 0) return new Map()
  const rows = await tx
    .selectFrom('map_changes')
    .select(['seq', 'version'])
    .where('map_id', '=', mapId)
    .where('client', '=', client)
    .where(
      'seq',
      'in',
      edits.map(({ seq }) => seq),
    )
    .execute()
  return new Map(rows.map(({ seq, version }) => [seq, version]))
}

async function documentIn(
  tx: Transaction<Database>,
  row: Selectable<MapsTable>,
): Promise<DocumentAt> {
  const written = readStoredMap(row.format, row.document)
  const since = await doneBetween(tx, row.id, row.written_version, row.document_version)
  return { document: replayed(written, since), version: row.document_version }
}

async function doneBetween(
  tx: Transaction<Database>,
  mapId: string,
  after: number,
  upTo: number,
): Promise<readonly MapChange[]> {
  if (after >= upTo) return []
  const rows = await tx
    .selectFrom('map_changes')
    .select('done')
    .where('map_id', '=', mapId)
    .where('version', '>', after)
    .where('version', '<=', upTo)
    .orderBy('version')
    .execute()
  return rows.flatMap(({ done }) => done)
}
