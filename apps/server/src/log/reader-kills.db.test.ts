import type { IncomingBatch } from '@parcurs/domain'
import { sql } from 'kysely'
import { afterAll, expect, inject, test, vi } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { killReader, type ReaderTask, startReader } from '../testing/reader-process.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { openEventStore } from './event-store.ts'

/** The long form, by hand: READER_KILLS=100 npx vitest run apps/server/src/log/reader-kills.db.test.ts */
const KILLS = Number(process.env['READER_KILLS'] ?? 3)

const stores = await freshStores()
await sql`create table seen (number bigserial, workspace integer, message text)`.execute(
  stores.database,
)
const running = new Set<Awaited<ReturnType<typeof startReader>>>()
afterAll(async () => {
  await Promise.all([...running].map(killReader))
})

async function task(): Promise<ReaderTask> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    stores.database,
  )
  const name = rows[0]?.name ?? ''
  return {
    postgres: { ...inject('postgres'), database: name },
    clickhouse: { address: inject('clickhouse'), database: name },
  }
}

function batch(ids: readonly string[]): IncomingBatch {
  const events = ids.map((messageId) => ({
    type: 'track' as const,
    name: 'x',
    channel: 'web',
    path: '',
    userId: 'ann',
    anonymousId: '',
    messageId,
    timeMs: Date.UTC(2026, 10, 22),
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: { id: messageId },
  }))
  return { events, identifies: [], groups: [], aliases: [] }
}

test('[LO10] two processes share a reader and are killed: nothing is missed, nothing done twice', async () => {
  const { id } = await testWorkspace(stores)
  const store = openEventStore(stores, { alone: false, signal: new AbortController().signal })
  const given = await task()
  const start = async () => {
    const child = await startReader(given)
    running.add(child)
    return child
  }
  let pair = await Promise.all([start(), start()])
  const sent: string[] = []
  let writing = true
  const written = (async () => {
    for (let n = 0; writing; n++) {
      const ids = Array.from({ length: 10 }, (_, i) => `${n}.${i}`)
      await storeEvents(store, id, batch(ids), 0)
      sent.push(...ids)
    }
  })()
  const count = async () => {
    const { rows } = await sql<{ many: number }>`select count(*) as many from seen`.execute(
      stores.database,
    )
    return Number(rows[0]?.many)
  }
  for (let kill = 0; kill < KILLS; kill++) {
    const before = await count()
    await vi.waitFor(async () => expect(await count()).toBeGreaterThan(before), {
      timeout: 60_000,
      interval: 5,
    })
    const [first, second] = pair
    await killReader(kill % 2 === 0 ? first : second)
    pair = kill % 2 === 0 ? [await start(), second] : [first, await start()]
  }
  writing = false
  await written
  await vi.waitFor(async () => expect(await count()).toBeGreaterThanOrEqual(sent.length), {
    timeout: 120_000,
    interval: 50,
  })
  const { rows } = await sql<{ message: string }>`
    select message from seen order by number`.execute(stores.database)
  expect(rows.map(({ message }) => message)).toEqual(sent)
}, 600_000)
