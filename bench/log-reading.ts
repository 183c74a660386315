import { setTimeout as delay } from 'node:timers/promises'
import type { IncomingBatch } from '@parcurs/domain'
import { storeEvents } from '../apps/server/src/collect/store-events.ts'
import { EVENT_COLUMNS } from '../apps/server/src/log/event-row.ts'
import { type EventStore, openEventStore } from '../apps/server/src/log/event-store.ts'
import type { LogReaderNeeds } from '../apps/server/src/log/log-reader.ts'
import { openLogReaders } from '../apps/server/src/log/log-readers.ts'
import { openStores, type Stores } from '../apps/server/src/stores/stores.ts'
import { generateEvents } from './generated-events.ts'
import { cpuMsOfTree } from './machine.ts'
import { type Figure, perSecond, plain } from './report.ts'

export interface LogReadingNeeds {
  readonly home: string
  /** In the log before anybody reads. */
  readonly stored: number
  readonly secondsEach: number
  readonly say: (line: string) => void
}

const RATES = [2_000, 20_000] as const
const READERS = [1, 5, 20] as const
const COMMITS_A_SECOND = 20

/** Each reader fetches for itself, or all readers of the process fetch a stretch once. */
type Way = 'each for itself' | 'each, wider projection' | 'once for all'

/**
 * Part (f): what it costs to follow the log. Events arrive at a rate; readers that want everything whole write
 * one row a batch. Told is how late an event was worked on, how long a commit took, and what both cost in
 * processor time over all processes.
 */
export async function logReading(needs: LogReadingNeeds): Promise<readonly Figure[]> {
  const stores = await openStores({
    home: needs.home,
    databaseUrl: null,
    clickhouseUrl: null,
    threads: 2,
    engineMemoryBytes: 4e9,
    log: () => {},
  })
  const ending = new AbortController()
  try {
    const { id: workspace } = await stores.database
      .insertInto('workspaces')
      .values({ slug: 'main', name: 'main' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const { stored } = needs
    const customers = Math.max(1, Math.floor(stored / 15))
    await generateEvents(stores, { workspace, events: stored, customers }, () => {})
    const store = openEventStore(stores, { alone: true, signal: ending.signal })
    await store.messages.loaded
    const figures: Figure[] = [await catchingUp(store, stored)]
    const given = { ...needs, stores, store, workspace }
    for (const rate of RATES) figures.push(await followed(given, 'once for all', rate, 0))
    for (const way of ['once for all', 'each for itself'] as const) {
      for (const rate of RATES) {
        for (const readers of READERS) figures.push(await followed(given, way, rate, readers))
      }
    }
    await stores.clickhouse.command(
      `ALTER TABLE events ADD PROJECTION whole
        (SELECT ${EVENT_COLUMNS.join(', ')} ORDER BY workspace, commit, row)`,
    )
    for (const rate of RATES) {
      for (const readers of READERS) {
        figures.push(await followed(given, 'each, wider projection', rate, readers))
      }
    }
    return figures
  } finally {
    ending.abort()
    await stores.close()
  }
}

interface Given extends LogReadingNeeds {
  readonly stores: Stores
  readonly store: EventStore
  readonly workspace: number
}

async function followed(
  { store, workspace, secondsEach, say }: Given,
  way: Way,
  rate: number,
  many: number,
): Promise<Figure> {
  const late: number[] = []
  const readers = Array.from(
    { length: many },
    (_, i): LogReaderNeeds => ({
      name: `${way} ${rate} ${many} ${i}`,
      begins: 'now',
      wants: null,
      ticksMs: null,
      async work({ entries }) {
        const nowMs = Date.now()
        for (const entry of entries)
          if (entry.entry === 'event') late.push(nowMs - entry.receivedMs)
      },
    }),
  )
  const open = () =>
    openLogReaders({
      store,
      pollMs: null,
      onError: (error) => say(`a reader failed: ${String(error)}`),
    })
  const hubs = way === 'once for all' ? [open()] : readers.map(open)
  readers.forEach((reader, i) => hubs[i % hubs.length]?.open(reader))
  // Their places are made.
  await delay(1_500)
  const commits: number[] = []
  const cpuMs = cpuMsOfTree(process.pid)
  const startMs = performance.now()
  const batchSize = rate / COMMITS_A_SECOND
  let sent = 0
  while (performance.now() - startMs < secondsEach * 1000) {
    const dueMs = startMs + (sent / rate) * 1000
    if (dueMs > performance.now()) await delay(dueMs - performance.now())
    const begunMs = performance.now()
    await storeEvents(store, workspace, batchOf(batchSize), Date.now())
    commits.push(performance.now() - begunMs)
    sent += batchSize
  }
  const tookMs = performance.now() - startMs
  // What is unread is read.
  const expected = sent * many
  for (let i = 0; late.length < expected && i < 300; i++) await delay(100)
  const usedMs = cpuMsOfTree(process.pid) - cpuMs
  await Promise.all(hubs.map((hub) => hub.close()))
  const missing = late.length < expected ? `, ${expected - late.length} not read in 30 s` : ''
  const cost = `${((usedMs / sent) * 1000).toFixed(0)} ms of processor a 1,000 events`
  const lateness =
    many === 0 ? '' : `late by ${of(late, 0.5)} (p50), ${of(late, 0.99)} (p99)${missing}; `
  const figure = plain(
    'log',
    many === 0
      ? `${rate.toLocaleString('en-US')} events/s asked for, nobody reads`
      : `${rate.toLocaleString('en-US')} events/s asked for, ${many} reading, ${way}`,
    `${lateness}commit ${of(commits, 0.5)} (p50), ${of(commits, 0.99)} (p99); ${cost}; ${perSecond(sent, tookMs)} came`,
  )
  say(`${figure.what}: ${figure.value}`)
  return figure
}

/** One reader that begins at the start of the log. */
async function catchingUp(store: EventStore, stored: number): Promise<Figure> {
  const readers = openLogReaders({ store, pollMs: null, onError: () => {} })
  let read = 0
  const startMs = performance.now()
  readers.open({
    name: 'from the start',
    begins: 'at-start',
    wants: null,
    ticksMs: null,
    async work({ entries }) {
      read += entries.length
    },
  })
  const most = Math.min(stored, 100_000)
  while (read < most) await delay(20)
  const tookMs = performance.now() - startMs
  await readers.close()
  return plain('log', `one reader from the start of ${stored} events`, perSecond(read, tookMs))
}

function of(held: readonly number[], share: number): string {
  const value = held.toSorted((a, b) => a - b)[Math.floor(held.length * share)]
  return value === undefined ? '–' : `${value.toFixed(0)} ms`
}

let number = 0

function batchOf(many: number): IncomingBatch {
  const events = Array.from({ length: many }, () => {
    number++
    return {
      type: 'track' as const,
      name: `event_${String(1 + (number % 40)).padStart(2, '0')}`,
      channel: 'web',
      path: '',
      userId: '',
      anonymousId: `visitor-${(number * 7919) % 50_000}`,
      messageId: `log-${number}`,
      timeMs: Date.UTC(2026, 6, 1) + number,
      position: 0,
      value: null,
      currency: '',
      orderId: '',
      properties: { product: `p-${number % 300}`, price: String(number % 90), device: 'ios' },
    }
  })
  return { events, identifies: [], groups: [], aliases: [] }
}
