import { compile, param, sql } from '@parcurs/analytics'
import { afterAll, expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { midnightBefore } from './demo-workspace.ts'
import { type DemoLoading, loadDemoShop, wantsDemoShop } from './load-demo-shop.ts'

// SPEC.md, "Demo": [DE1]–[DE4].

const NOON_MS = Date.UTC(2026, 10, 22, 10)
const stores = await freshStores()
const ending = new AbortController()
afterAll(() => ending.abort())
const folded: number[] = []

function loading(): DemoLoading {
  return {
    events: openEventStore(stores, { alone: true, signal: ending.signal }),
    clock: () => NOON_MS,
    ownerId: null,
    fold: async (workspace) => void folded.push(workspace),
    shop: { seed: 5, customers: 4_000, days: 90 },
    progress: () => {},
  }
}

async function stored(workspace: number) {
  const [row] = await stores.clickhouse.rows<Record<'events' | 'messages' | 'traits', string>>(
    compile(sql`
      SELECT count() AS events, uniqExact(message) AS messages,
        (SELECT uniqExact(key, trait) FROM trait_values WHERE workspace = ${param.workspace(workspace)}) AS traits
      FROM events WHERE workspace = ${param.workspace(workspace)}`),
  )
  return row
}

test('[DE1] [DE2] a load cut short is taken up and ends as one that was not', async () => {
  expect(await wantsDemoShop({ stores })).toBe(true)
  const cut = {
    ...loading(),
    progress: () => {
      throw new Error('killed')
    },
  }
  await expect(loadDemoShop(cut)).rejects.toThrow('killed')
  expect(await wantsDemoShop({ stores })).toBe(true)

  const loaded = await loadDemoShop({ ...loading(), clock: () => NOON_MS + 86_400_000 })
  if (loaded === null) throw new Error('expected the shop to be loaded')
  const { workspace, truth } = loaded
  expect(truth.endMs).toBe(Date.UTC(2026, 10, 21, 22))
  const held = await stored(workspace)
  expect(held).toMatchObject({ events: String(truth.events), messages: String(truth.events) })
  expect(Number(held?.traits)).toBeGreaterThan(8_000)
  expect(folded).toEqual([workspace])

  expect(await wantsDemoShop({ stores })).toBe(false)
  expect(await loadDemoShop(loading())).toBeNull()
  expect(await stored(workspace)).toEqual(held)
})

test('[DE3] the workspace says that it is simulated and holds its map', async () => {
  const workspace = await stores.database
    .selectFrom('workspaces')
    .selectAll()
    .where('slug', '=', 'demo')
    .executeTakeFirstOrThrow()
  expect(workspace).toMatchObject({ simulated: true, currency: 'EUR' })
  const { maps, touchpoints } = await inWorkspace(stores.database, workspace.id, async (tx) => ({
    maps: await tx.selectFrom('maps').select('document').execute(),
    touchpoints: await tx.selectFrom('touchpoints').select('id').execute(),
  }))
  expect(maps).toHaveLength(1)
  expect(touchpoints.length).toBeGreaterThan(15)
})

test.each([
  ['in winter', Date.UTC(2026, 10, 22, 10), Date.UTC(2026, 10, 21, 22)],
  ['in summer', Date.UTC(2026, 6, 1, 10), Date.UTC(2026, 5, 30, 21)],
  ['just before midnight there', Date.UTC(2026, 10, 22, 21, 59), Date.UTC(2026, 10, 21, 22)],
  ['at midnight there', Date.UTC(2026, 10, 22, 22), Date.UTC(2026, 10, 22, 22)],
])('[DE4] yesterday ends at the shop’s own midnight, %s', (_when, nowMs, endMs) => {
  expect(midnightBefore(nowMs)).toBe(endMs)
})
