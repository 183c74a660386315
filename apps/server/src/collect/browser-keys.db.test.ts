import { compile, param, sql } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import { writeKeys } from '../keys/write-keys.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'

const stores = await freshStores()
const { ask, peopled, now } = await testApp(stores)
const DAY_MS = 86_400_000
const ok = { success: true, duplicates: 0, refused: [] }

async function place() {
  const made = await peopled()
  const base = `/api/workspaces/${made.workspace.slug}`
  const keys = writeKeys(stores.database)
  const browser = basic((await keys.create(made.workspace.id, 'site', 'browser')).key)
  const server = basic((await keys.create(made.workspace.id, 'shop', 'server')).key)
  const send = (as: typeof browser, batch: readonly object[]) =>
    ask(as, 'POST', '/v1/batch', { batch })
  const codes = async (as: typeof browser, batch: readonly object[]) => {
    const { body } = await send(as, batch)
    return (body as { refused: readonly { code: string }[] }).refused.map(({ code }) => code)
  }
  return { ...made, base, browser, server, send, codes }
}

test('[CO15] a browser’s key sends nothing older than 30 days', async () => {
  const { browser, server, codes } = await place()
  const at = (days: number) => new Date(now.ms - days * DAY_MS).toISOString()
  const call = (days: number) => ({ type: 'track', userId: 'a', event: 'e', timestamp: at(days) })
  const identify = { type: 'identify', userId: 'a', anonymousId: 'd', timestamp: at(31) }
  expect(await codes(browser, [call(29), call(31), identify])).toEqual([
    'server-key-needed',
    'server-key-needed',
  ])
  expect(await codes(server, [call(29), call(31), identify])).toEqual([])
})

test('[CO15] names that the workspace keeps for servers take a server’s key, in any case; none by default', async () => {
  const { base, as, browser, server, codes } = await place()
  const call = { type: 'track', userId: 'a', event: 'Order Completed' }
  expect(await codes(browser, [call])).toEqual([])
  const names = { names: ['order completed'] }
  expect((await ask(as.editor, 'PUT', `${base}/server-names`, names)).status).toBe(403)
  expect(await ask(as.owner, 'PUT', `${base}/server-names`, names)).toEqual({
    status: 200,
    body: names,
  })
  // Another process forgets what it believed of a key within two seconds.
  expect(await codes(server, [call])).toEqual([])
  now.ms += 3_000
  expect(await codes(browser, [call])).toEqual(['server-key-needed'])
})

test('[CO15] a browser’s key joins what no user owns yet, and never two users', async () => {
  const { workspace, browser, server, send, codes } = await place()
  const alias = (previousId: string, userId: string) => ({ type: 'alias', previousId, userId })
  await send(server, [
    { type: 'track', userId: 'ann', event: 'e' },
    { type: 'identify', userId: 'eve', traits: { a: '1' } },
    { type: 'track', userId: 'bob', anonymousId: 'bobs', event: 'e' },
  ])
  expect(await codes(browser, [alias('new', 'ann')])).toEqual([])
  expect(await codes(browser, [alias('new', 'ann')])).toEqual([])
  expect(
    await codes(browser, [
      alias('ann', 'bob'),
      alias('eve', 'bob'),
      alias('bobs', 'ann'),
      alias('twice', 'ann'),
      alias('twice', 'bob'),
    ]),
  ).toEqual(Array.from({ length: 4 }, () => 'server-key-needed'))
  const [merged] = await stores.clickhouse.rows<{ n: string }>(
    compile(sql`SELECT count() AS n FROM aliases
      WHERE workspace = ${param.workspace(workspace.id)} AND previous % 2 = 1`),
  )
  expect(Number(merged?.n)).toBe(0)
  expect(await codes(server, [alias('ann', 'bob')])).toEqual([])
})

test('[CO15] a browser’s key joins few ids to one user in an hour', async () => {
  const { browser, codes } = await place()
  const many = Array.from({ length: 300 }, (_, i) => ({
    type: 'alias',
    previousId: `d${i}`,
    userId: 'ann',
  }))
  const refused = await codes(browser, many)
  expect(refused).toEqual(Array.from({ length: 290 }, () => 'alias-too-often'))
  now.ms += 3_600_000
  expect(await codes(browser, many.slice(290))).toEqual([])
})

test('[LO21] [VO2] a key that invents names fills neither the vocabulary nor others’ room', async () => {
  const { workspace, base, as, browser, server, send } = await place()
  const names = Array.from({ length: 2_500 }, (_, i) => `junk-${i}`)
  const call = (event: string) => ({ type: 'track', userId: 'a', event })
  expect(await send(browser, names.map(call))).toMatchObject({
    status: 200,
    body: { ...ok, stored: 2_500 },
  })
  const kinds = async () =>
    await inWorkspace(stores.database, workspace.id, (tx) =>
      tx.selectFrom('event_kinds').select('name').execute(),
    )
  expect((await kinds()).length).toBeLessThanOrEqual(1_001)
  expect(await send(browser, [call('junk-2499'), call('junk-0')])).toMatchObject({ body: ok })
  expect(await send(server, [call('Order Completed')])).toMatchObject({ body: ok })
  expect((await kinds()).map(({ name }) => name)).toContain('Order Completed')
  const [kept] = await stores.clickhouse.rows<{ n: string }>(
    compile(sql`SELECT uniqExact(name) AS n FROM events
      WHERE workspace = ${param.workspace(workspace.id)}`),
  )
  expect(Number(kept?.n)).toBe(2_501)

  // [VO2] An editor prunes what is none.
  const junk = { names: names.slice(0, 1_000) }
  const prune = `${base}/vocabulary/prune`
  expect((await ask(as.viewer, 'POST', prune, junk)).status).toBe(403)
  expect(await ask(as.editor, 'POST', prune, junk)).toMatchObject({ status: 200 })
  const { body } = await ask(as.viewer, 'GET', `${base}/vocabulary`)
  expect((body as { events: readonly { name: string }[] }).events).toMatchObject([
    { name: 'Order Completed', events: 1 },
  ])
})

test('[WS7] an owner says what kind a key is; a revoked key stays listed with what it did', async () => {
  const { base, as } = await place()
  const made = await ask(as.editor, 'POST', `${base}/write-keys`, { name: 'old' })
  const { id, key } = made.body as { id: number; key: string }
  expect(made.body).toMatchObject({ kind: null })
  await ask(basic(key), 'POST', '/v1/track', { userId: 'a', event: 'e' })
  const at = `${base}/write-keys/${id}`
  expect((await ask(as.editor, 'PATCH', at, { kind: 'browser' })).status).toBe(403)
  expect((await ask(as.owner, 'PATCH', at, { kind: 'browser' })).status).toBe(204)
  expect(
    (await ask(as.owner, 'PATCH', `${base}/write-keys/999999`, { kind: 'browser' })).status,
  ).toBe(404)
  await ask(as.editor, 'DELETE', at)
  const { body } = await ask(as.viewer, 'GET', `${base}/write-keys`)
  expect(body).toContainEqual(
    expect.objectContaining({ id, kind: 'browser', revokedMs: expect.any(Number) }),
  )
  expect(await ask(as.owner, 'DELETE', `${at}/events`)).toMatchObject({ body: { events: 1 } })
})
