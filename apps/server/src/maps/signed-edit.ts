import type { MapChange, NumberedEdit } from '@parcurs/domain'
import { type Transaction, sql } from 'kysely'
import type { Database } from '../postgres/tables.ts'

interface Signature {
  /** null: a program. */
  readonly by: number | null
  readonly atMs: number
}

/**
 * Edits with who wrote what they put, and when: nobody says that of himself. What was cut and is put back by an undo
 * keeps the name of whoever wrote it first.
 */
export async function signed(
  tx: Transaction<Database>,
  mapId: string,
  edits: readonly NumberedEdit[],
  signature: Signature,
): Promise<readonly NumberedEdit[]> {
  const sign = async (change: MapChange, isUndo: boolean): Promise<MapChange> => {
    const { table, id, from, to } = change
    if ((table !== 'comments' && table !== 'replies') || from !== null || to === null) return change
    const first = isUndo ? await firstWritten(tx, mapId, change) : null
    const { author, writtenAtMs } = first ?? { author: signature.by, writtenAtMs: signature.atMs }
    return { table, id, from, to: { ...to, author, writtenAtMs } }
  }
  const all: NumberedEdit[] = []
  for (const edit of edits) {
    const changes: MapChange[] = []
    for (const change of edit.changes) changes.push(await sign(change, edit.careful))
    all.push({ ...edit, changes })
  }
  return all
}

/** null: no row of this id ever stood there. */
async function firstWritten(
  tx: Transaction<Database>,
  mapId: string,
  { table, id }: MapChange,
): Promise<{ readonly author: number | null; readonly writtenAtMs: number } | null> {
  const put = JSON.stringify([{ table, id, from: null }])
  const row = await tx
    .selectFrom('map_changes')
    .select(['changed_by', 'changed_at'])
    .where('map_id', '=', mapId)
    .where(sql<boolean>`done @> ${put}::jsonb`)
    .orderBy('version')
    .limit(1)
    .executeTakeFirst()
  return row === undefined
    ? null
    : { author: row.changed_by, writtenAtMs: row.changed_at.getTime() }
}
