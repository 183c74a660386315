import { compile, param, sql } from '@parcurs/analytics'
import type { IncomingBatch } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { fold } from './fold.ts'
import { startFolding } from './folding.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { readingOf } from './reading.ts'

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const now = Date.UTC(2026, 10, 22)
const minute = 60_000

function batchOf(from: number, many: number): IncomingBatch {
  const events = Array.from({ length: many }, (_, i) => ({
    type: 'track' as const,
    name: 'x',
    channel: 'web',
    path: '',
    userId: `u${(from + i) % 50}`,
    anonymousId: '',
    messageId: `m${from + i}`,
    timeMs: now - i,
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: {},
  }))
  return { events, identifies: [], groups: [], aliases: [] }
}

const generations = async (workspace: number) =>
  await stores.clickhouse.rows<{ fold: number; events: string }>(
    compile(sql`
      SELECT fold, sum(length(times)) AS events FROM journeys
      WHERE workspace = ${param.workspace(workspace)} GROUP BY fold ORDER BY fold`),
  )

test('[JO4] a fold takes in what is new; one with nothing to do does nothing', async () => {
  const { id } = await testWorkspace(stores)
  expect(await fold(stores, id, { nowMs: now })).toEqual({ state: 'current' })
  await storeEvents(store, id, batchOf(0, 100), now)
  expect(await fold(stores, id, { nowMs: now })).toEqual({
    state: 'folded',
    fold: 1,
    customers: 50,
  })
  expect(await fold(stores, id, { nowMs: now })).toEqual({ state: 'current' })
  await storeEvents(store, id, batchOf(100, 10), now)
  expect(await readingOf(stores, id)).toMatchObject({ fold: 1, beyond: 'some' })
  expect(await fold(stores, id, { nowMs: now })).toMatchObject({ state: 'folded', fold: 2 })
  expect(await generations(id)).toEqual([
    { fold: 1, events: '100' },
    { fold: 2, events: '110' },
  ])
})

test('[JO4] former generations go after a time of grace, an interrupted one at once', async () => {
  const { id } = await testWorkspace(stores)
  for (const [i, from] of [0, 10, 20].entries()) {
    await storeEvents(store, id, batchOf(from, 10), now)
    await fold(stores, id, { nowMs: now + i * minute })
  }
  const leftOver = { workspace: id, fold: 4, customer: 1, times: [1], kinds: [1], values: [0] }
  await stores.clickhouse.insert('journeys', [leftOver])
  await storeEvents(store, id, batchOf(30, 10), now)
  await fold(stores, id, { nowMs: now + 3 * minute })
  expect((await generations(id)).map((one) => one.fold)).toEqual([1, 2, 3, 4])
  expect((await generations(id)).at(-1)?.events).toBe('40')
  await fold(stores, id, { nowMs: now + 60 * minute })
  expect((await generations(id)).map((one) => one.fold)).toEqual([4])
})

test('[JO4] several at once: one folds, those that wait fold what it left', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 100), now)
  const outcomes = await Promise.all([
    fold(stores, id, { nowMs: now, wait: true }),
    fold(stores, id, { nowMs: now, wait: true }),
  ])
  expect(outcomes.map(({ state }) => state).sort()).toEqual(['current', 'folded'])
})

test('[JO4] events that come in during a fold are neither lost nor double', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 200), now)
  await Promise.all([
    ...[0, 1, 2].map((n) => storeEvents(store, id, batchOf(200 + n * 10, 10), now)),
    fold(stores, id, { nowMs: now }),
    ...[3, 4, 5].map((n) => storeEvents(store, id, batchOf(200 + n * 10, 10), now)),
  ])
  await fold(stores, id, { nowMs: now })
  expect((await generations(id)).at(-1)?.events).toBe('260')
})

test('[JO5] the currency of the workspace changes: values are read anew', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 10), now)
  await fold(stores, id, { nowMs: now })
  await stores.database
    .updateTable('workspaces')
    .set({ currency: 'MDL' })
    .where('id', '=', id)
    .execute()
  expect(await readingOf(stores, id)).toMatchObject({ beyond: 'all', currency: 'MDL' })
  expect(await fold(stores, id, { nowMs: now })).toMatchObject({ state: 'folded' })
  expect(await readingOf(stores, id)).toMatchObject({ beyond: 'none' })
})

test('[JO6] workspaces fold by themselves when events have stopped coming', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 10), now)
  const errors: unknown[] = []
  const folding = startFolding({
    stores,
    clock: () => now,
    everyMs: 3_600_000,
    onError: (error) => errors.push(error),
  })
  await folding.look()
  expect(await readingOf(stores, id)).toMatchObject({ fold: 0 })
  await folding.look()
  expect(await readingOf(stores, id)).toMatchObject({ fold: 1, beyond: 'none' })
  await folding.stop()
  expect(errors).toEqual([])
})

test('[JO6] a workspace is not folded while an import is under way, for ten minutes', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 6_000), now)
  let clock = now
  const folding = startFolding({
    stores,
    clock: () => clock,
    everyMs: 3_600_000,
    onError: (error) => {
      throw error
    },
  })
  const importing = async (state: 'running' | 'done', updatedMs: number) => {
    await inWorkspace(stores.database, id, (tx) =>
      tx
        .insertInto('imports')
        .values({
          id: `im_${id}`,
          workspace_id: id,
          state,
          files: '[]',
          created_at: new Date(now),
          updated_at: new Date(updatedMs),
        })
        .onConflict((held) =>
          held.column('id').doUpdateSet({ state, updated_at: new Date(updatedMs) }),
        )
        .execute(),
    )
    await folding.look()
    return (await readingOf(stores, id)).fold
  }
  expect(await importing('running', now)).toBe(0)
  clock = now + 9 * 60_000
  expect(await importing('running', clock)).toBe(0)
  // Its process is gone: nobody says how far it is.
  expect(await importing('running', clock - 120_000)).toBe(1)
  await storeEvents(store, id, batchOf(6_000, 12_000), clock)
  expect(await importing('running', clock)).toBe(1)
  clock += 11 * 60_000
  expect(await importing('running', clock)).toBe(2)
  await storeEvents(store, id, batchOf(12_000, 18_000), clock)
  expect(await importing('running', clock)).toBe(2)
  expect(await importing('done', clock)).toBe(3)
  await folding.stop()
})

test('[LO9] a fold puts what takes in a pruned kind into every journey, touched or not', async () => {
  const { id } = await testWorkspace(stores)
  await storeEvents(store, id, batchOf(0, 100), now)
  await fold(stores, id, { nowMs: now })
  const [own] = await store.kinds.codesOf(id, batchOf(0, 1).events)
  await store.kinds.prune(id, [own ?? 0])
  const [into] = await store.kinds.codesOf(id, batchOf(0, 1).events)
  expect(into).not.toBe(own)
  await storeEvents(store, id, batchOf(100, 3), now)
  expect(await fold(stores, id, { nowMs: now })).toMatchObject({ state: 'folded' })
  expect(
    await stores.clickhouse.rows(
      compile(sql`
        SELECT fold, arrayJoin(kinds) AS kind, toUInt32(count()) AS events FROM journeys
        WHERE workspace = ${param.workspace(id)} GROUP BY fold, kind ORDER BY fold`),
    ),
  ).toEqual([
    { fold: 1, kind: own, events: 100 },
    { fold: 2, kind: into, events: 103 },
  ])
})
