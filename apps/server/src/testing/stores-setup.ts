import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { ClickHouseAddress } from '../clickhouse/client.ts'
import { startEngine } from '../clickhouse/engine-process.ts'
import { openDatabase, type SocketAddress } from '../postgres/database.ts'
import { startPostgres } from '../postgres/postgres-process.ts'
import { migratePostgres } from '../postgres/schema.ts'
import { sql } from 'kysely'

declare module 'vitest' {
  export interface ProvidedContext {
    readonly postgres: SocketAddress
    readonly clickhouse: ClickHouseAddress
  }
}

/** Copied by every test file: faster than migrating again. */
export const TEMPLATE = 'parcurs_template'

/** vitest's globalSetup: one PostgreSQL and one engine for the whole run, in a folder of their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-test-'))
  chmodSync(home, 0o711)
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const [postgres, engine] = await Promise.all([
    // Nothing here outlives the run, so nothing waits for the disk.
    startPostgres({ folder: join(home, 'postgres'), log, settings: ['fsync=off'] }),
    startEngine({
      folder: join(home, 'clickhouse'),
      spoolFolder: join(home, 'spool'),
      threads: 2,
      memoryBytes: 3_000_000_000,
      log,
    }),
  ])
  const admin = await openDatabase({ connection: postgres.address, asGiven: true })
  await sql.raw(`create database ${TEMPLATE}`).execute(admin)
  await admin.destroy()
  const template = await openDatabase({ connection: { ...postgres.address, database: TEMPLATE } })
  await migratePostgres(template)
  await template.destroy()
  project.provide('postgres', postgres.address)
  project.provide('clickhouse', await engine.address())
  return async () => {
    await Promise.all([engine.stop(), postgres.stop()])
    rmSync(home, { recursive: true, force: true })
  }
}
