import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')
const files = (folder: string) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file}`,
  )

const tables = files('sql/clickhouse')
  .filter((file) => file.endsWith('.sql'))
  .flatMap((file) => [...read(file).matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)])
  .map(([, name]) => name)
const sources = ['apps/server/src', 'apps/cli/src', 'packages/analytics/src', 'packages/domain/src']
  .flatMap(files)
  .filter((file) => /(?<!\.test)\.ts$/.test(file) && !file.includes('/testing/'))

const NAMES = new RegExp(`\\b(FROM|JOIN|INTO|TABLE)\\s+\\(?\\s*(${tables.join('|')})\\b`)
const literals = (text: string) => text.match(/`(?:[^`\\]|\\.)*`|'(?:[^'\\\n]|\\.)*'/g) ?? []

/** Questions read through this file alone; every piece of it closes over one workspace. */
const TABLES = 'packages/analytics/src/journey/tables.ts'

/** What keeps the tables: it writes them, reads its own rows back to write the next ones, and says how far they go. */
const KEEPERS =
  /^apps\/server\/src\/(backups|clickhouse|collect|customers|identity|imports|journeys|log|program|removals|segments)\//

test('[AU6] only tables.ts and the keepers of the tables name them', () => {
  expect(tables.length).toBeGreaterThan(5)
  const named = sources.filter((file) => literals(read(file)).some((text) => NAMES.test(text)))
  expect(named).toContain(TABLES)
  expect(named.filter((file) => file !== TABLES && !KEEPERS.test(file))).toEqual([])
})

/** Statements about all workspaces at once, which no asker ever sees the answer of. */
const ABOUT_ALL: readonly string[] = [
  // Which messages are stored and which keys have owners: hashes that hold the workspace, in filters of the process.
  'SELECT message FROM events UNION ALL SELECT message FROM spent_messages',
  'SELECT key FROM owners',
  // Whether a store may be restored into.
  'SELECT count() = 0 AS empty FROM (SELECT 1 FROM events LIMIT 1)',
]

test('[AU6] every statement that names a table says the workspace', () => {
  const forgetful = sources.flatMap((file) =>
    literals(read(file))
      .filter((text) => NAMES.test(text) && !/workspace\b/i.test(text))
      .filter((text) => !ABOUT_ALL.includes(text.slice(1, -1).replace(/\s+/g, ' ').trim()))
      .map((text) => `${file}: ${text}`),
  )
  expect(forgetful).toEqual([])
})

test('[AU7] routes are served by `handle` alone, so none escapes the table that is walked', () => {
  const frame = /^apps\/server\/src\/http\//
  const bypassing = sources.filter(
    (file) =>
      !frame.test(file) &&
      /\b(app|fastify)\.(route|get|head|post|put|patch|delete|all|register)\(/i.test(read(file)),
  )
  expect(bypassing).toEqual([])
})
