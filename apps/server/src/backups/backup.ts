import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { migrateClickHouse } from '../clickhouse/schema.ts'
import { migratePostgres } from '../postgres/schema.ts'
import type { Stores } from '../stores/stores.ts'
import { backUpClickHouse, clickhouseIsEmpty, restoreClickHouse } from './clickhouse-part.ts'
import { type Erasure, type ErasureList, ERASURES_FILE, readErasures } from './erasure-list.ts'
import { type FolderRefusal, inNewFolder } from './backup-folder.ts'
import { damage, readManifest, writeManifest } from './manifest.ts'
import {
  backedUpSecret,
  backUpPostgres,
  moveNumbersOn,
  postgresIsEmpty,
  restorePostgres,
} from './postgres-part.ts'
import { markRestore } from '../postgres/half-restore.ts'

/** What stands in the way of a restore; nothing was changed. */
export interface RestoreRefusal {
  readonly ok: false
  readonly code:
    | 'no-backup'
    | 'backup-damaged'
    | 'backup-newer'
    | 'stores-not-empty'
    | 'no-erasures'
  readonly detail: string
}

export type BackupOutcome = { readonly ok: true; readonly folder: string } | FolderRefusal

/**
 * Writes both stores into a folder, which must be empty or not exist. The program may go on working. A back-up that
 * does not come to its end leaves nothing behind.
 *
 * ClickHouse first: events refer to kinds and workspaces that PostgreSQL numbers before, so a PostgreSQL
 * read after them holds at least what they need. Everything acknowledged before the call is in it.
 */
export async function backUp(
  { database, clickhouse }: Stores,
  list: ErasureList,
  folder: string,
  nowMs: number,
): Promise<BackupOutcome> {
  return await inNewFolder(folder, async () => {
    // Before anything is read: who is erased meanwhile is told to this back-up, too.
    await list.accompany(folder, nowMs)
    try {
      const clickhousePart = await backUpClickHouse(clickhouse, folder)
      const postgresPart = await backUpPostgres(database, folder)
      writeManifest(folder, {
        format: 1,
        madeAt: new Date(nowMs).toISOString(),
        postgres: postgresPart,
        clickhouse: clickhousePart,
      })
      return { ok: true, folder }
    } catch (error) {
      // Why it came to nothing is what is told; a back-up that is not there is passed over by its list.
      await list.forsake(folder).catch(() => {})
      throw error
    }
  })
}

/** How a restore is told who was erased since the back-up was made. */
export interface RestoreOptions {
  /** Further lists than the one in the back-up: of the data folder, or given by hand. */
  readonly erasures: readonly string[]
  /** Nobody was erased, or it does not matter: restore also where no list is found. */
  readonly withoutErasures: boolean
}

export type RestoreOutcome =
  | { readonly ok: true; readonly folder: string; readonly erasures: readonly Erasure[] }
  | RestoreRefusal

/**
 * Puts a back-up into stores that hold nothing yet, also one of an older schema. The stores carry a marker from
 * before the first row until `wholeAgain`: a restore that was cut short is told by it, and no program starts on it.
 *
 * @param stores opened without migrating them
 * @returns who was erased since the back-up was made, by all lists that were found
 */
export async function restore(
  { database, clickhouse }: Stores,
  folder: string,
  { erasures, withoutErasures }: RestoreOptions,
): Promise<RestoreOutcome> {
  const manifest = readManifest(folder)
  if (manifest === null) {
    return {
      ok: false,
      code: 'no-backup',
      detail: `the folder '${folder}' holds no whole back-up: expected one that \`parcurs backup\` wrote to its end`,
    }
  }
  const damaged = await damage(folder, manifest)
  if (damaged !== null) {
    return {
      ok: false,
      code: 'backup-damaged',
      detail: `the back-up in '${folder}' is damaged (${damaged}): nothing was restored`,
    }
  }
  const lists = [join(folder, ERASURES_FILE), ...erasures].filter((file) => existsSync(file))
  const secret = await backedUpSecret(folder, manifest.postgres)
  const read = lists.map((file) => ({ file, list: readErasures(file, secret) }))
  const unread = read.find(({ list }) => !list.ok)
  if (!withoutErasures && (read.length === 0 || unread !== undefined)) {
    const why =
      unread === undefined
        ? `no list of erasures beside the back-up in '${folder}'`
        : `the list of erasures '${unread.file}' is broken, or not of the installation that made the back-up`
    return {
      ok: false,
      code: 'no-erasures',
      detail: `${why}: customers erased since it was made would come back. Give the list of the data folder it came from (--erasures FILE), or say --without-erasures if nobody was erased since`,
    }
  }
  await migratePostgres(database, manifest.postgres.schema)
  await migrateClickHouse(clickhouse, manifest.clickhouse.schema)
  if (!(await postgresIsEmpty(database)) || !(await clickhouseIsEmpty(clickhouse))) {
    return {
      ok: false,
      code: 'stores-not-empty',
      detail:
        'the stores hold data already: restore into a new data folder (PARCURS_HOME), or into empty databases',
    }
  }
  await markRestore(database, folder)
  await restoreClickHouse(clickhouse, folder, manifest.clickhouse)
  await restorePostgres(database, folder, manifest.postgres)
  await migratePostgres(database)
  await migrateClickHouse(clickhouse)
  await moveNumbersOn(database)
  const known = read.flatMap(({ list }) => (list.ok ? list.erasures : []))
  return { ok: true, folder, erasures: known }
}
