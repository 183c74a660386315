import { compile, param, type Sql, sql } from '@parcurs/analytics'
import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { importing } from '../testing/import-file.ts'
import { hasSharedData, NO_SHARED_DATA, sharedData } from '../testing/shared-data.ts'
import { testApp } from '../testing/test-app.ts'

// SPEC.md [IM20]: the figures of ../shared/data/README.md come out exactly.

const stores = await freshStores()
const server = await testApp(stores)
const { file } = importing(server, server.machine)

async function ask<Row>(query: Sql): Promise<readonly Row[]> {
  return await stores.clickhouse.rows<Row>(compile(query))
}

describe.skipIf(!hasSharedData)(`REES46${NO_SHARED_DATA}`, async () => {
  const { workspace } = await server.peopled()
  const ws = param.workspace(workspace.id)

  test('[IM20] 17,435 events of 4,505 customers: view 17,056, cart 165, purchase 214', async () => {
    const { view } = await file(workspace.slug, `${sharedData}shop/rees46-2019-10-sample.csv`)

    expect(view).toMatchObject({
      state: 'done',
      progress: { rows: 17_435, stored: 17_435, rejected: 0 },
    })
    const rows = await ask(
      sql`SELECT name, count() AS n, sum(value) AS v FROM events WHERE workspace = ${ws} GROUP BY name ORDER BY name`,
    )
    console.log(rows)
  })
  test('retail', async () => {
    const { workspace } = await server.peopled()
    const { view, rejects } = await file(
      workspace.slug,
      `${sharedData}shop/online-retail-uci.csv.gz`,
    )
    console.log(JSON.stringify(view.progress), rejects.length)
    const again = await file(workspace.slug, `${sharedData}shop/online-retail-uci.csv.gz`)
    console.log(JSON.stringify(again.view.progress))
  })
})
