import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, inject } from 'vitest'
import { connectClickHouse } from '../clickhouse/client.ts'
import { migrateClickHouse } from '../clickhouse/schema.ts'
import { openDatabase } from '../postgres/database.ts'
import type { Stores } from '../stores/stores.ts'
import { TEMPLATE } from './stores-setup.ts'

/**
 * Both stores, migrated and empty, for one test file alone. Call it at the top of the file:
 * `const stores = await freshStores()`. Not migrated: without any table. They are dropped when the file is done.
 */
export async function freshStores({ migrated = true } = {}): Promise<Stores> {
  const name = `t_${randomBytes(8).toString('hex')}`
  const postgres = inject('postgres')
  const address = inject('clickhouse')
  const admin = await openDatabase({ connection: postgres, asGiven: true }, 1)
  await sql
    .raw(`create database ${name} template ${migrated ? TEMPLATE : 'template1'}`)
    .execute(admin)
  const database = await openDatabase({ connection: { ...postgres, database: name } }, 5)
  const engine = connectClickHouse({ address: async () => address, database: 'default' })
  await engine.command(`CREATE DATABASE ${name}`)
  const clickhouse = connectClickHouse({ address: async () => address, database: name })
  if (migrated) await migrateClickHouse(clickhouse)
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await Promise.all([database.destroy(), clickhouse.close()])
    await sql.raw(`drop database ${name} with (force)`).execute(admin)
    await engine.command(`DROP DATABASE ${name}`)
    await Promise.all([admin.destroy(), engine.close()])
  }
  afterAll(close)
  return { clickhouse, database, close }
}
