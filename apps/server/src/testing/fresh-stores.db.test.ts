import { compile, param, sql } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from './fresh-stores.ts'
import { testWorkspace } from './test-workspace.ts'

const stores = await freshStores()

test('[ST1] a test file has both stores to itself, migrated and empty', async () => {
  const rows = await stores.clickhouse.rows(compile(sql`SELECT * FROM events`))
  expect(rows).toEqual([])
  expect(await stores.database.selectFrom('workspaces').selectAll().execute()).toEqual([])
})

test('[ST1] what is written is read', async () => {
  await stores.clickhouse.insert('events', [{ workspace: 7, key: 2n ** 64n - 1n, name: 'x' }])
  const rows = await stores.clickhouse.rows(
    compile(sql`SELECT workspace, key FROM events WHERE workspace = ${param.workspace(7)}`),
  )
  expect(rows).toEqual([{ workspace: 7, key: '18446744073709551615' }])
})

test('[ST2] rows of a workspace are seen inside it and by the system only', async () => {
  const { database } = stores
  const [mine, theirs] = [await testWorkspace(stores), await testWorkspace(stores)]
  await inWorkspace(database, mine.id, (tx) =>
    tx.insertInto('folds').values({ workspace_id: mine.id }).execute(),
  )
  const seen = (tx: typeof database) => tx.selectFrom('folds').selectAll().execute()
  expect(await inWorkspace(database, mine.id, seen)).toHaveLength(1)
  expect(await inWorkspace(database, theirs.id, seen)).toHaveLength(0)
  expect(await seen(database)).toHaveLength(0)
  expect(await asSystem(database, seen)).toHaveLength(1)
  await expect(
    inWorkspace(database, theirs.id, (tx) =>
      tx.insertInto('folds').values({ workspace_id: mine.id }).execute(),
    ),
  ).rejects.toThrow('row-level security')
})
