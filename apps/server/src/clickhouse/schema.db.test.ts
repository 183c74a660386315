import { compile, sql } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import { schemaFiles } from '../schema/schema-files.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { migrateClickHouse } from './schema.ts'
import { splitStatements } from './split-statements.ts'

test('[ST21] a file that is cut short is run again and nothing is lost or double', async () => {
  const { clickhouse } = await freshStores({ migrated: false })
  await migrateClickHouse(clickhouse, 1)
  const time = '2026-01-01 00:00:00.000'
  for (const value of ['silver', 'gold']) {
    await clickhouse.insert('traits', [
      { workspace: 1, key: 2n, trait: 'plan', value, time },
      { workspace: 1, key: 3n, trait: 'plan', value, time },
    ])
  }
  await clickhouse.insert('links', [{ workspace: 1, anonymous: 4n, time: 5, user: 3n }])
  await clickhouse.insert('events', [
    { workspace: 1, key: 3n, name: 'Purchase', value: '1', order_id: 'o', message: 7n, commit: 1 },
    { workspace: 1, key: 3n, name: 'begin_checkout', order_id: 'o', message: 8n, commit: 1 },
  ])
  for (const { text } of schemaFiles('clickhouse').slice(1)) {
    const statements = splitStatements(text)
    // Cut short behind the last statement, when nothing says yet that it was there.
    for (const statement of statements) await clickhouse.command(statement)
  }
  await migrateClickHouse(clickhouse)
  expect(
    await clickhouse.rows(
      compile(sql`
        SELECT toUInt32(key) AS key, value, toUInt32(commit) AS commit, source
        FROM trait_values FINAL ORDER BY key`),
    ),
  ).toEqual([
    { key: 2, value: 'gold', commit: 0, source: 0 },
    { key: 3, value: 'gold', commit: 0, source: 0 },
  ])
  expect(
    await clickhouse.rows(compile(sql`SELECT toUInt32(user) AS user, source FROM links FINAL`)),
  ).toEqual([{ user: 3, source: 0 }])
  expect(
    await clickhouse.rows(
      compile(sql`SELECT name, order_key != 0 AS holds, source FROM events ORDER BY name`),
    ),
  ).toEqual([
    { name: 'Purchase', holds: 1, source: 0 },
    { name: 'begin_checkout', holds: 0, source: 0 },
  ])
})
