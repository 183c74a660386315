import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, customerEvents, sql } from '@parcurs/analytics'
import { afterAll, expect, test } from 'vitest'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { testApp } from '../testing/test-app.ts'

const stores = await freshStores()
const server = await testApp(stores)
const folder = mkdtempSync(join(tmpdir(), 'parcurs-who-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('[IM40] a user and a device in one file are joined as by a login', async () => {
  const { workspace } = await server.peopled()
  const file = join(folder, 'visits.csv')
  writeFileSync(
    file,
    `user_id,user_pseudo_id,time,event_name,revenue,currency
,d1,2026-03-01 09:00:00,page_view,,
,d2,2026-03-01 09:01:00,page_view,,
"=""007""",d1,2026-03-01 09:05:00,login,,
007,d1,2026-03-01 09:10:00,purchase,"1,250.50",eur
007,d1,2026-03-01 09:20:00,purchase,RON 99.50,
`,
  )
  await importing(server, server.machine).file(workspace.slug, file)
  const reading = await readingOf(stores, workspace.id)
  const columns = sql`name, user_id, anonymous_id, value, currency, time`
  const rows = await stores.clickhouse.rows<Record<string, unknown>>(
    compile(sql`SELECT * FROM (${customerEvents(reading, columns)}) ORDER BY time`),
  )
  expect(rows.map(({ user_id, anonymous_id }) => [user_id, anonymous_id])).toEqual([
    ['', 'd1'],
    ['', 'd2'],
    ['007', 'd1'],
    ['007', 'd1'],
    ['007', 'd1'],
  ])
  const [before, other, login, purchase] = rows.map(({ customer }) => customer)
  expect(before).toBe(login)
  expect(login).toBe(purchase)
  expect(other).not.toBe(login)
  expect(rows.slice(-2)).toMatchObject([
    { value: 1250.5, currency: 'EUR' },
    { value: 99.5, currency: 'RON' },
  ])
})
