import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { migrateClickHouse } from '../clickhouse/schema.ts'
import { migratePostgres } from '../postgres/schema.ts'
import type { Stores } from '../stores/stores.ts'
import { backUpClickHouse, clickhouseIsEmpty, restoreClickHouse } from './clickhouse-part.ts'
import { damage, readManifest, writeManifest } from './manifest.ts'
import { backUpPostgres, postgresIsEmpty, restorePostgres } from './postgres-part.ts'

/** What stands in the way of a back-up or a restore; nothing was changed. */
export interface BackupRefusal {
  readonly ok: false
  readonly code:
    | 'folder-not-empty'
    | 'no-backup'
    | 'backup-damaged'
    | 'backup-newer'
    | 'stores-not-empty'
  readonly detail: string
}

export type BackupOutcome = { readonly ok: true; readonly folder: string } | BackupRefusal

/**
 * Writes both stores into a folder, which must be empty or not exist. The program may go on working.
 *
 * ClickHouse first: events refer to kinds and workspaces that PostgreSQL numbers before, so a PostgreSQL
 * read after them holds at least what they need. Everything acknowledged before the call is in it.
 */
export async function backUp(
  { database, clickhouse }: Stores,
  folder: string,
  nowMs: number,
): Promise<BackupOutcome> {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    return {
      ok: false,
      code: 'folder-not-empty',
      detail: `the folder '${folder}' is not empty: expected a new or an empty one`,
    }
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const clickhousePart = await backUpClickHouse(clickhouse, folder)
  const postgresPart = await backUpPostgres(database, folder)
  writeManifest(folder, {
    format: 1,
    madeAt: new Date(nowMs).toISOString(),
    postgres: postgresPart,
    clickhouse: clickhousePart,
  })
  return { ok: true, folder }
}

/**
 * Puts a back-up into stores that hold nothing yet, also one of an older schema. Workspaces come last:
 * a restore that was cut short leaves none, and the folder can be thrown away.
 *
 * @param stores opened without migrating them
 */
export async function restore(
  { database, clickhouse }: Stores,
  folder: string,
): Promise<BackupOutcome> {
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
  await restoreClickHouse(clickhouse, folder, manifest.clickhouse)
  await restorePostgres(database, folder, manifest.postgres)
  await migratePostgres(database)
  await migrateClickHouse(clickhouse)
  return { ok: true, folder }
}
