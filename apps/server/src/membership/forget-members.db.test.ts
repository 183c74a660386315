import { compile, param, sql } from '@parcurs/analytics'
import { sql as pg } from 'kysely'
import { expect, test } from 'vitest'
import { identityKey } from '../identity/identity-key.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'

const stores = await freshStores()
const { app, ask, peopled, now } = await testApp(stores)

test('[DC12] an erased customer is on no list and in no watched segment, and never was', async () => {
  const { workspace, as, writeKey } = await peopled()
  const base = `/api/workspaces/${workspace.slug}`
  const batch = ['ann', 'bob'].map((userId) => ({ type: 'track', event: 'view', userId }))
  await ask(basic(writeKey), 'POST', '/v1/batch', { batch })
  const made = await app.inject({
    method: 'POST',
    url: `${base}/segments/import?name=Guests`,
    headers: { ...as.editor, 'content-type': 'text/plain' },
    payload: 'ann\nbob\n',
  })
  expect(made.statusCode).toBe(201)
  const segmentId: string = made.json().segment.id
  const [ann, bob] = ['ann', 'bob'].map((user) => identityKey(workspace.id, 'user', user))
  if (ann === undefined || bob === undefined) throw new Error('two customers were expected')
  await inWorkspace(stores.database, workspace.id, async (tx) => {
    const known = { segment_id: segmentId, workspace_id: workspace.id }
    await tx
      .insertInto('watched_segments')
      .values({ ...known, counted_by: 'x', filled: null, since_ms: now.ms })
      .execute()
    for (const key of [ann, bob]) {
      const customer = String(BigInt.asIntN(64, key))
      await tx
        .insertInto('segment_members')
        .values({ ...known, customer, epoch: 1, member: true, since_ms: now.ms, until_ms: null })
        .execute()
      await tx
        .insertInto('segment_changes')
        .values({
          ...known,
          customer,
          rule_version: 1,
          entered: true,
          cause: 'event',
          at_ms: now.ms,
          told_ms: now.ms,
        })
        .execute()
    }
  })
  expect(await ask(as.owner, 'DELETE', `${base}/customers/${ann}`)).toMatchObject({ status: 200 })
  const listed = await stores.clickhouse.rows<{ key: string }>(
    compile(sql`SELECT key FROM lists WHERE workspace = ${param.workspace(workspace.id)}`),
  )
  expect(listed).toEqual([{ key: String(bob) }])
  const { rows: kept } = await inWorkspace(stores.database, workspace.id, (tx) =>
    pg<{ customer: string }>`
      select customer::text from segment_members
      union all select customer::text from segment_changes`.execute(tx),
  )
  const customer = String(BigInt.asIntN(64, bob))
  expect(kept).toEqual([{ customer }, { customer }])
})
