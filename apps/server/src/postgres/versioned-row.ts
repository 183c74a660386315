import type { Transaction } from 'kysely'
import type { Database } from './tables.ts'

/** Why a row that somebody edited is not changed. */
export type Outdated =
  | { readonly ok: false; readonly code: 'not-found' }
  /** `version` is the one that stands now. */
  | { readonly ok: false; readonly code: 'changed-meanwhile'; readonly version: number }

/**
 * Holds the row until the end of the transaction, so that of two who edited the same version one is told.
 *
 * @param version the one that was edited
 * @returns null: it still stands
 */
export async function lockVersion(
  tx: Transaction<Database>,
  table: 'maps' | 'segments' | 'touchpoints',
  id: string,
  version: number,
): Promise<Outdated | null> {
  const found = await tx
    .selectFrom(table)
    .select('version')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (found === undefined) return { ok: false, code: 'not-found' }
  return found.version === version
    ? null
    : { ok: false, code: 'changed-meanwhile', version: found.version }
}
