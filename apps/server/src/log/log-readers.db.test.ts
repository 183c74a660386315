import type { IncomingBatch, IncomingEvent } from '@parcurs/domain'
import { sql } from 'kysely'
import { afterEach, expect, test, vi } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { mergeCustomers, unmergeCustomers } from '../customers/merge-customers.ts'
import { identityKey } from '../identity/identity-key.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { removeSource } from '../removals/remove-source.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { openEventStore } from './event-store.ts'
import { LOG_START, type LogEntry } from './log-entry.ts'
import type { LogBatch, LogReaderNeeds } from './log-reader.ts'
import { type LogReaders, openLogReaders } from './log-readers.ts'
import { setBack } from './reader-places.ts'

const stores = await freshStores()
const DAY = Date.UTC(2026, 10, 22)
await sql`create table seen (number bigserial, reader text, message text)`.execute(stores.database)

const opened: LogReaders[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()))
})

/** As a process has it. */
function process(given: Partial<Parameters<typeof openLogReaders>[0]> = {}) {
  const store = openEventStore(stores, { alone: false, signal: new AbortController().signal })
  const errors: unknown[] = []
  const readers = openLogReaders({
    store,
    pollMs: 20,
    onError: (error) => errors.push(error),
    ...given,
  })
  opened.push(readers)
  return { store, readers, errors }
}

function event(messageId: string, given: Partial<IncomingEvent> = {}): IncomingEvent {
  return {
    type: 'track',
    name: 'view',
    channel: 'web',
    path: '',
    userId: 'ann',
    anonymousId: '',
    messageId,
    timeMs: DAY,
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: { id: messageId },
    ...given,
  }
}

function batch(...events: readonly IncomingEvent[]): IncomingBatch {
  return { events, identifies: [], groups: [], aliases: [] }
}

/** Notes what it sees in the transaction that it is given. */
function noting(name: string, workspace: number, given: Partial<LogReaderNeeds> = {}) {
  return {
    name,
    begins: 'at-start' as const,
    wants: null,
    ticksMs: null,
    async work(read: LogBatch) {
      if (read.workspace !== workspace) return
      for (const entry of read.entries) {
        const message = told(entry)
        await sql`insert into seen (reader, message) values (${name}, ${message})`.execute(
          read.transaction,
        )
      }
    },
    ...given,
  }
}

function told(entry: LogEntry): string {
  switch (entry.entry) {
    case 'event':
      return entry.properties['id'] ?? ''
    case 'owner':
      return `${entry.cause} ${entry.was} → ${entry.now}`
    case 'removal':
      return `removal ${entry.removalId}`
  }
}

async function seenBy(reader: string): Promise<readonly string[]> {
  const { rows } = await sql<{ message: string }>`
    select message from seen where reader = ${reader} order by number`.execute(stores.database)
  return rows.map(({ message }) => message)
}

const until = async (check: () => Promise<void>) =>
  await vi.waitFor(check, { timeout: 60_000, interval: 50 })

test('[LO4] every event once, in the order of receipt, while several processes write', async () => {
  const { id } = await testWorkspace(stores)
  const { id: other } = await testWorkspace(stores)
  const { readers } = process({ pieceEvents: 7 })
  readers.open(noting('in order', id))
  const writers = [0, 1, 2].map(() =>
    openEventStore(stores, { alone: false, signal: new AbortController().signal }),
  )
  await Promise.all(
    writers.map(async (writer, w) => {
      for (let n = 0; n < 5; n++) {
        const mine = [0, 1, 2].map((i) => event(`${w}.${n}.${i}`, { timeMs: DAY - n * 10 - i }))
        await storeEvents(writer, id, batch(...mine), DAY)
        await storeEvents(writer, other, batch(event(`${w}.${n}`)), DAY)
      }
    }),
  )
  await until(async () => expect(await seenBy('in order')).toHaveLength(45))
  const seen = await seenBy('in order')
  expect(new Set(seen).size).toBe(45)
  for (const w of [0, 1, 2]) {
    const own = seen.filter((message) => message.startsWith(`${w}.`))
    expect(own).toEqual([...own].toSorted())
  }
})

test('[LO5] an event comes whole, with its owner then, and says whether a file brought it', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers } = process()
  const got: LogEntry[] = []
  const work = async (read: LogBatch) => {
    if (read.workspace === id) got.push(...read.entries)
  }
  readers.open(noting('whole', id, { work }))
  const ann = identityKey(id, 'user', 'ann')
  const device = identityKey(id, 'anonymous', 'device')
  const sent = event('m', {
    userId: '',
    anonymousId: 'device',
    name: 'Ωmega “paid” 支付',
    path: '/checkout',
    timeMs: Date.UTC(1931, 0, 1, 0, 0, 0, 123),
    value: -123_4500,
    currency: 'EUR',
    orderId: 'o1',
    position: 7,
    properties: { plan: 'gold', long: 'ж'.repeat(400) },
  })
  await storeEvents(store, id, batch(sent), DAY, { source: 3_000_000_000, space: 'server' })
  const login = event('login', { anonymousId: 'device', timeMs: DAY })
  await storeEvents(store, id, batch(login), DAY, { source: 1234, space: 'browser' })
  const later = event('later', { userId: '', anonymousId: 'device', timeMs: DAY + 1 })
  await storeEvents(store, id, batch(later), DAY)
  await until(async () => expect(got).toHaveLength(4))
  const { messageId: _, ...columns } = sent
  expect(got[0]).toMatchObject({
    entry: 'event',
    key: device,
    owner: device,
    source: 3_000_000_000,
    imported: true,
    ...columns,
    properties: Object.assign(Object.create(null), sent.properties),
  })
  expect(got[1]).toMatchObject({
    entry: 'owner',
    cause: 'link',
    key: device,
    was: device,
    now: ann,
    owners: [ann],
  })
  expect(got[2]).toMatchObject({ owner: ann, key: ann, source: 1234, imported: false })
  expect(got[3]).toMatchObject({ owner: ann, key: device })
})

test('[LO6] who catches up is not told what was taken away meanwhile, only that it was', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers } = process()
  const leaked = { source: 1500, space: 'browser' } as const
  await storeEvents(store, id, batch(event('first'), event('second')), DAY)
  await storeEvents(store, id, batch(event('taken')), DAY, leaked)
  expect(await removeSource(store, id, { source: 1500, sinceMs: null })).toMatchObject({
    events: 1,
  })
  await storeEvents(store, id, batch(event('later')), DAY, leaked)
  readers.open(noting('catching up', id))
  await until(async () => expect(await seenBy('catching up')).toHaveLength(4))
  expect(await seenBy('catching up')).toEqual([
    'first',
    'second',
    expect.stringMatching(/^removal /),
    'later',
  ])
})

test('[LO6] links, merges and undos stand between the events, where they were accepted', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers } = process()
  const key = (name: string) => identityKey(id, 'user', name)
  await storeEvents(store, id, batch(event('ann'), event('bob', { userId: 'bob' })), DAY)
  await mergeCustomers(store, id, { customer: key('bob'), into: key('ann') }, DAY)
  await storeEvents(store, id, batch(event('merged', { userId: 'bob' })), DAY)
  await unmergeCustomers(store, id, { customer: key('bob'), into: key('ann') }, DAY)
  await storeEvents(store, id, batch(event('parted', { userId: 'bob' })), DAY)
  const got: LogEntry[] = []
  readers.open(
    noting('identity', id, {
      work: async (read) => void (read.workspace === id && got.push(...read.entries)),
    }),
  )
  await until(async () => expect(got.at(-1)).toMatchObject({ entry: 'event' }))
  await until(async () => expect(got.filter(({ entry }) => entry === 'event')).toHaveLength(4))
  const story = got.map((entry) => {
    if (entry.entry === 'event') return `${entry.properties['id']} of ${nameOf(entry.owner)}`
    if (entry.entry === 'owner') {
      return `${entry.cause}: ${nameOf(entry.key)} ${nameOf(entry.was)} → ${nameOf(entry.now)}`
    }
    return entry.entry
  })
  function nameOf(owner: bigint): string {
    return owner === key('ann') ? 'ann' : owner === key('bob') ? 'bob' : String(owner)
  }
  const merged = story.find((line) => line.startsWith('merged')) ?? ''
  const [, heir] = merged.split(' of ')
  const moved = heir === 'ann' ? 'bob' : 'ann'
  expect(story).toEqual([
    'ann of ann',
    'bob of bob',
    `alias: ${moved} ${moved} → ${heir}`,
    merged,
    `undo: ${moved} ${heir} → ${moved}`,
    'parted of bob',
  ])
})

test('[LO7] what a reader does not want is not read; its mark goes on all the same', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers } = process()
  const marks: number[] = []
  const wanted: string[] = []
  readers.open(
    noting('choosy', id, {
      wants: ({ name }) => name === 'purchase',
      ticksMs: 100,
      async work(read) {
        if (read.workspace !== id) return
        marks.push(read.readMarkMs)
        wanted.push(...read.entries.map(told))
      },
    }),
  )
  await storeEvents(store, id, batch(event('v1'), event('p1', { name: 'purchase' })), DAY)
  await storeEvents(store, id, batch(event('v2')), DAY)
  const before = Date.now()
  await until(async () => expect(marks.at(-1) ?? 0).toBeGreaterThan(before))
  expect(wanted).toEqual(['p1'])
  expect(marks).toEqual([...marks].toSorted((a, b) => a - b))
})

test('[LO10] two processes share a reader and do nothing twice; set back, it reads again', async () => {
  const { id } = await testWorkspace(stores)
  const [one, two] = [process({ pieceEvents: 5 }), process({ pieceEvents: 5 })]
  for (const { readers } of [one, two]) readers.open(noting('shared', id))
  const ids = Array.from({ length: 24 }, (_, i) => `s${String(i).padStart(2, '0')}`)
  for (let at = 0; at < ids.length; at += 6) {
    const { store } = at % 12 === 0 ? one : two
    await storeEvents(store, id, batch(...ids.slice(at, at + 6).map((one) => event(one))), DAY)
  }
  await until(async () => expect(await seenBy('shared')).toHaveLength(24))
  expect(await seenBy('shared')).toEqual(ids)
  expect(await setBack(stores.database, 'shared', id, { ...LOG_START, markMs: 0 })).toBe(true)
  await storeEvents(one.store, id, batch(event('s99')), DAY)
  await until(async () => expect(await seenBy('shared')).toHaveLength(49))
  expect(await seenBy('shared')).toEqual([...ids, ...ids, 's99'])
})

test('[LO11] work that throws is done again after a while, and the problem is told meanwhile', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers, errors } = process()
  let failing = true
  const noted = noting('failing', id)
  readers.open({
    ...noted,
    async work(read) {
      await noted.work(read)
      if (failing && read.workspace === id) throw new Error('the mail server is away')
    },
  })
  await storeEvents(store, id, batch(event('once')), DAY)
  const inside = async () =>
    await inWorkspace(stores.database, id, (tx) =>
      tx.selectFrom('log_readers').selectAll().where('name', '=', 'failing').executeTakeFirst(),
    )
  await until(async () => expect((await inside())?.attempts ?? 0).toBeGreaterThanOrEqual(2))
  expect(await inside()).toMatchObject({ problem: 'the mail server is away' })
  expect(await seenBy('failing')).toEqual([])
  expect(errors.length).toBeGreaterThan(0)
  failing = false
  await until(async () => expect(await seenBy('failing')).toEqual(['once']))
  expect(await inside()).toMatchObject({ problem: null, failing_since: null, attempts: 0 })
})

test('[LO12] a reader that takes its time holds nobody up', async () => {
  const { id } = await testWorkspace(stores)
  const { store, readers } = process()
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let begun = 0
  for (const name of ['slow 1', 'slow 2', 'slow 3', 'slow 4', 'slow 5', 'slow 6']) {
    const noted = noting(name, id)
    readers.open({
      ...noted,
      async work(read) {
        if (read.workspace === id) {
          begun++
          await held
        }
        await noted.work(read)
      },
    })
  }
  await storeEvents(store, id, batch(event('first')), DAY)
  await until(async () => expect(begun).toBeGreaterThan(0))
  for (let n = 0; n < 5; n++) await storeEvents(store, id, batch(event(`more ${n}`)), DAY)
  expect(await seenBy('slow 1')).toEqual([])
  release()
  await until(async () => expect(await seenBy('slow 6')).toHaveLength(6))
})
