import { compile, param, sql } from '@parcurs/analytics'
import type { IncomingBatch, IncomingEvent } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { identityKey } from '../identity/identity-key.ts'
import { fold } from '../journeys/fold.ts'
import { openEventStore } from '../log/event-store.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { finishRemovals } from './remove.ts'
import { countSource, removeSource } from './remove-source.ts'

// apps/server SPEC.md, "What changes in stored facts".
const stores = await freshStores()
const { ask, peopled, now, machine } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const DAY = 86_400_000
const START = now.ms - 30 * DAY
const FROM_FILE = 2_147_484_000
const FROM_KEY = 1500

const event = (messageId: string, name: string, given: Partial<IncomingEvent>): IncomingEvent => ({
  messageId,
  type: 'track',
  name,
  channel: 'web',
  path: '',
  userId: '',
  anonymousId: '',
  timeMs: START,
  position: 0,
  value: null,
  currency: '',
  orderId: '',
  properties: {},
  ...given,
})
const batch = (given: Partial<IncomingBatch>): IncomingBatch => ({
  events: [],
  identifies: [],
  groups: [],
  aliases: [],
  ...given,
})
const send = async (workspace: number, source: number, given: Partial<IncomingBatch>) =>
  await storeEvents(store, workspace, batch(given), now.ms, { source, space: 'server' })

async function shop() {
  const { workspace, as } = await peopled()
  const base = `/api/workspaces/${workspace.slug}`
  const list = async (query = '') =>
    (await ask(as.viewer, 'GET', `${base}/customers?${query}`)).body as {
      total: number
      customers: { customer: string; label: string; events: number }[]
    }
  const sold = async () => {
    const question = { kind: 'metrics', metrics: ['value'] }
    const { body } = await ask(as.viewer, 'POST', `${base}/ask`, { question })
    const { value } = body as { value: { revenue: number; orders: number; buyers: number } }
    return [value.revenue, value.orders, value.buyers]
  }
  /** As kinds decide, and as events decide. */
  const bothWays = async () => {
    const where = [{ property: 'x', op: 'unset', value: '' }]
    const question = { kind: 'metrics', metrics: ['value'], where }
    const { body } = await ask(as.viewer, 'POST', `${base}/ask`, { question })
    const { value } = body as { value: { revenue: number; orders: number; buyers: number } }
    const byEvents = [value.revenue, value.orders, value.buyers]
    expect(await sold()).toEqual(byEvents)
    return byEvents
  }
  return { id: workspace.id, base, as, list, bothWays }
}

const order = (
  messageId: string,
  userId: string,
  orderId: string,
  given: Partial<IncomingEvent> = {},
) => event(messageId, 'purchase', { userId, orderId, value: 100_000, currency: 'EUR', ...given })

test('[DC4] an order id has one holder in the workspace, the earliest, however the events come and are folded', async () => {
  const { id, bothWays } = await shop()
  await send(id, 0, { events: [order('1', 'ann', 'o1', { timeMs: START + 5 })] })
  await send(id, 0, { events: [order('2', 'ann', 'o2', { timeMs: START + 9 })] })
  expect(await bothWays()).toEqual([20, 2, 1])
  await fold(stores, id, { nowMs: now.ms })
  // Somebody else says an order that is folded, later and earlier; ann is not met by these events.
  await send(id, 0, { events: [order('3', 'bob', 'o1', { timeMs: START + 7, value: 900_000 })] })
  expect(await bothWays()).toEqual([20, 2, 1])
  await send(id, 0, { events: [order('4', 'eve', 'o1', { timeMs: START + 1, value: 300_000 })] })
  expect(await bothWays()).toEqual([40, 2, 2])
  await fold(stores, id, { nowMs: now.ms })
  expect(await bothWays()).toEqual([40, 2, 2])
})

test('[DC4] purchases of nothing hold no order, and another event of the same name of order does not share it', async () => {
  const { id, bothWays } = await shop()
  await send(id, 0, {
    events: [
      order('1', 'ann', 'o1', { timeMs: START + 1, value: 0 }),
      order('2', 'ann', 'o1', { timeMs: START + 2, value: null }),
      order('3', 'ann', 'o1', { timeMs: START + 3 }),
      order('4', 'bob', 'o1', { timeMs: START + 4, name: 'Order Completed' }),
      order('5', 'bob', 'o1', { timeMs: START, name: 'begin_checkout' }),
    ],
  })
  expect(await bothWays()).toEqual([10, 1, 1])
  await fold(stores, id, { nowMs: now.ms })
  expect(await bothWays()).toEqual([10, 1, 1])
})

test('[DC4] a key that everybody can read stands behind the others, also when it is said to be one later', async () => {
  const { id, bothWays } = await shop()
  await inWorkspace(stores.database, id, (tx) =>
    tx
      .insertInto('write_keys')
      .values({
        workspace_id: id,
        key_hash: Buffer.from(`browser ${id}`),
        hint: '',
        name: 'site',
        revoked_at: null,
        source: FROM_KEY + id * 1000,
      })
      .execute(),
  )
  await send(id, FROM_KEY + id * 1000, {
    events: [order('1', 'ann', 'o1', { timeMs: START, value: 9_000_000 })],
  })
  await send(id, FROM_FILE, { events: [order('2', 'bob', 'o1', { timeMs: START + DAY })] })
  await fold(stores, id, { nowMs: now.ms })
  expect(await bothWays()).toEqual([900, 1, 1])
  await inWorkspace(stores.database, id, async (tx) => {
    await tx
      .updateTable('write_keys')
      .set({ kind: 'browser' })
      .where('source', '=', FROM_KEY + id * 1000)
      .execute()
    await tx
      .updateTable('workspaces')
      .set((row) => ({ key_kinds: row('key_kinds', '+', 1) }))
      .where('id', '=', id)
      .execute()
  })
  // Between two commits answers are kept: the next question is asked after one.
  await send(id, 0, { events: [event('3', 'view', { userId: 'eve' })] })
  expect(await bothWays()).toEqual([10, 1, 1])
  await fold(stores, id, { nowMs: now.ms })
  expect(await bothWays()).toEqual([10, 1, 1])
})

test('[DC2] what a file brought goes at once, earlier values come back, and the file can be imported again', async () => {
  const { id, list, bothWays } = await shop()
  const file: Partial<IncomingBatch> = {
    events: [
      event('f1', 'view', { userId: 'ann' }),
      event('f2', 'view', { userId: 'bob' }),
      order('f3', 'bob', 'o1', { timeMs: START + 1 }),
      event('f4', 'nps_answered', { userId: 'bob', properties: { score: '9' } }),
    ],
    identifies: [{ userId: 'ann', anonymousId: '', timeMs: START + DAY, traits: { plan: 'gold' } }],
  }
  await send(id, 0, {
    events: [event('1', 'view', { userId: 'ann' }), order('2', 'eve', 'o1', { timeMs: START + 2 })],
    identifies: [{ userId: 'ann', anonymousId: '', timeMs: START, traits: { plan: 'silver' } }],
  })
  await fold(stores, id, { nowMs: now.ms })
  await send(id, FROM_FILE, file)
  const gold = `segment=${encodeURIComponent('{"conditions":[{"trait":"plan","op":"eq","value":"gold"}]}')}`
  expect(await bothWays()).toEqual([10, 1, 1])
  expect(await list(gold)).toMatchObject({ total: 1 })
  for (const folded of [false, true]) {
    if (folded) await fold(stores, id, { nowMs: now.ms })
    const asked = { source: FROM_FILE, sinceMs: null }
    const counted = { events: 4, customers: 2, answers: 1, traits: 1, orders: 1 }
    expect(await countSource(store, id, asked)).toEqual(counted)
    expect(await removeSource(store, id, asked)).toEqual(counted)
    expect(await list()).toMatchObject({ total: 2 })
    expect(await list(gold)).toMatchObject({ total: 0 })
    // eve's purchase holds the order now.
    expect(await bothWays()).toEqual([10, 1, 1])
    // Nothing is left to be taken away, and the same messages are new.
    expect(await countSource(store, id, asked)).toMatchObject({ events: 0, traits: 0 })
    expect(await send(id, FROM_FILE + 1, file)).toMatchObject({ stored: 4, duplicates: 0 })
    expect(await list(gold)).toMatchObject({ total: 1 })
    expect(await list()).toMatchObject({ total: 3 })
    expect(await send(id, FROM_FILE + 1, file)).toMatchObject({ stored: 0, duplicates: 4 })
    await fold(stores, id, { nowMs: now.ms })
    expect(await list()).toMatchObject({ total: 3 })
    expect(await rowsOf(id, FROM_FILE)).toEqual({ events: '0', traits: '0', answers: '0' })
    await removeSource(store, id, { source: FROM_FILE + 1, sinceMs: null })
    await send(id, FROM_FILE, file)
  }
})

test('[DC2] what a key did since an instant goes; what it did before and does after stays', async () => {
  const { id, list } = await shop()
  const at = async (messageId: string, userId: string) => {
    await send(id, FROM_KEY, { events: [event(messageId, 'view', { userId })] })
  }
  await at('1', 'ann')
  const { rows } = await stores.clickhouse
    .rows<{ ms: string }>(
      compile(sql`
        SELECT toUnixTimestamp64Milli(max(received)) AS ms FROM events
        WHERE workspace = ${param.workspace(id)}`),
    )
    .then((found) => ({ rows: found }))
  const sinceMs = Number(rows[0]?.ms ?? 0) + 1
  await new Promise((after) => setTimeout(after, 20))
  await at('2', 'bob')
  await send(id, FROM_KEY + 1, { events: [event('3', 'view', { userId: 'eve' })] })
  expect(await removeSource(store, id, { source: FROM_KEY, sinceMs })).toMatchObject({ events: 1 })
  await at('4', 'zoe')
  const labels = async () => (await list()).customers.map(({ label }) => label).sort()
  expect(await labels()).toEqual(['ann', 'eve', 'zoe'])
  await fold(stores, id, { nowMs: now.ms })
  expect(await labels()).toEqual(['ann', 'eve', 'zoe'])
})

test('[DC2] links and merges that were taken away link and merge nobody', async () => {
  const { id, list } = await shop()
  await send(id, 0, {
    events: [
      event('1', 'view', { anonymousId: 'phone' }),
      event('2', 'view', { userId: 'ann' }),
      event('3', 'view', { userId: 'bob' }),
      event('4', 'view', { anonymousId: 'tablet' }),
    ],
  })
  await send(id, FROM_KEY, {
    events: [event('5', 'login', { anonymousId: 'phone', userId: 'ann', timeMs: START + 1 })],
    identifies: [{ userId: 'ann', anonymousId: 'tablet', timeMs: START, traits: {} }],
    aliases: [{ previousId: 'bob', userId: 'ann', timeMs: START }],
  })
  expect(await list()).toMatchObject({ total: 1, customers: [{ events: 5 }] })
  await fold(stores, id, { nowMs: now.ms })
  await removeSource(store, id, { source: FROM_KEY, sinceMs: null })
  expect(await list()).toMatchObject({ total: 4 })
  // A new login is decided by what is left.
  await send(id, 0, {
    events: [event('6', 'login', { anonymousId: 'phone', userId: 'bob', timeMs: START + 2 })],
  })
  expect(await list()).toMatchObject({ total: 3 })
  await fold(stores, id, { nowMs: now.ms })
  expect(await list()).toMatchObject({ total: 3 })
})

test('[DC2] a removal that was cut short before anybody was parted is finished at the next start', async () => {
  const { id, list } = await shop()
  await send(id, 0, { events: [event('1', 'view', { anonymousId: 'phone' })] })
  await send(id, FROM_KEY, {
    events: [event('2', 'login', { anonymousId: 'phone', userId: 'ann', timeMs: START + 1 })],
  })
  await removeSource(store, id, { source: FROM_KEY, sinceMs: null })
  // As it stands when the program dies right after the row of the removal.
  await inWorkspace(stores.database, id, (tx) =>
    tx.updateTable('removals').set({ parted: false }).execute(),
  )
  await fold(stores, id, { nowMs: now.ms })
  expect(await rowsOf(id, FROM_KEY)).toMatchObject({ events: '1' })
  await finishRemovals(store)
  expect(await list()).toMatchObject({ total: 1, customers: [{ label: 'phone' }] })
  await fold(stores, id, { nowMs: now.ms })
  expect(await rowsOf(id, FROM_KEY)).toMatchObject({ events: '0' })
})

test('[DC2] an erased customer is gone with all identities; others on the same device stay; repeats are not stored', async () => {
  const { id, base, as, list } = await shop()
  const anns: Partial<IncomingBatch> = {
    events: [
      event('1', 'view', { anonymousId: 'phone' }),
      event('2', 'login', { anonymousId: 'phone', userId: 'ann', timeMs: START + 1 }),
      event('3', 'view', { userId: 'ann-old' }),
    ],
    aliases: [{ previousId: 'ann-old', userId: 'ann', timeMs: START }],
    identifies: [{ userId: 'ann', anonymousId: '', timeMs: START, traits: { name: 'Ann' } }],
  }
  await send(id, 0, anns)
  await send(id, 0, {
    events: [
      event('4', 'login', { anonymousId: 'phone', userId: 'bob', timeMs: START + 5 }),
      event('5', 'view', { anonymousId: 'phone', timeMs: START + 6 }),
    ],
  })
  await fold(stores, id, { nowMs: now.ms })
  expect(await list()).toMatchObject({ total: 2 })
  const key = String(identityKey(id, 'user', 'ann-old'))
  expect(await ask(as.editor, 'DELETE', `${base}/customers/${key}`)).toMatchObject({ status: 403 })
  expect(await ask(as.owner, 'DELETE', `${base}/customers/${key}`)).toMatchObject({
    status: 200,
    body: { events: 3, customers: 1, traits: 1, untoldBackups: [] },
  })
  expect(await list()).toMatchObject({ total: 1, customers: [{ label: 'bob', events: 2 }] })
  expect(await send(id, 0, { events: anns.events ?? [] })).toMatchObject({ duplicates: 3 })
  await fold(stores, id, { nowMs: now.ms, wait: true })
  expect(await send(id, 0, { events: anns.events ?? [] })).toMatchObject({ duplicates: 3 })
  const restarted = openEventStore(stores, { alone: true, signal: new AbortController().signal })
  await restarted.messages.loaded
  expect(await storeEvents(restarted, id, batch(anns), now.ms)).toMatchObject({ duplicates: 3 })
  expect(await list()).toMatchObject({ total: 1, customers: [{ label: 'bob', events: 2 }] })
  const left = await stores.clickhouse.rows(
    compile(sql`
      SELECT user_id FROM events WHERE workspace = ${param.workspace(id)}
        AND (user_id IN ('ann', 'ann-old') OR time < ${param.instant(START + 5)})`),
  )
  expect(left).toEqual([])
  expect(await ask(as.owner, 'DELETE', `${base}/customers/123`)).toMatchObject({ status: 404 })
})

test('[DC2] routes: an import is counted by everybody, taken away by editors, a key by owners', async () => {
  const { id, base, as } = await shop()
  const { body } = await ask(as.editor, 'POST', `${base}/write-keys`, { name: 'site' })
  const keyId = String(Reflect.get(Object(body), 'id'))
  const { source } = await inWorkspace(stores.database, id, (tx) =>
    tx
      .selectFrom('write_keys')
      .select('source')
      .where('name', '=', 'site')
      .executeTakeFirstOrThrow(),
  )
  await send(id, source, { events: [event('1', 'view', { userId: 'ann' })] })
  const path = `${base}/write-keys/${keyId}/events`
  expect(await ask(as.editor, 'GET', path)).toMatchObject({ status: 200, body: { events: 1 } })
  expect(await ask(as.editor, 'DELETE', path)).toMatchObject({ status: 403 })
  expect(await ask(as.owner, 'DELETE', path)).toMatchObject({ status: 200, body: { events: 1 } })
  expect(await ask(as.owner, 'GET', path)).toMatchObject({ body: { events: 0 } })
  expect(await ask(machine, 'GET', `${base}/imports/none/events`)).toMatchObject({ status: 404 })
})

async function rowsOf(workspace: number, source: number) {
  const which = sql`workspace = ${param.workspace(workspace)} AND source = ${param.code(source)}`
  const [row] = await stores.clickhouse.rows<{ events: string; traits: string; answers: string }>(
    compile(sql`
      SELECT (SELECT count() FROM events WHERE ${which}) AS events,
        (SELECT count() FROM trait_values WHERE ${which}) AS traits,
        (SELECT count() FROM feedback WHERE ${which}) AS answers`),
  )
  return row
}
