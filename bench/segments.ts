import { setTimeout as sleep } from 'node:timers/promises'
import { resolveSegments, type IncomingEvent, type SegmentRule } from '@parcurs/domain'
import { segmentCustomersQuery, segmentReadingAt } from '@parcurs/analytics'
import { sql } from 'kysely'
import { storeEvents } from '../apps/server/src/collect/store-events.ts'
import type { Workspace } from '../apps/server/src/http/gate.ts'
import { fold } from '../apps/server/src/journeys/fold.ts'
import { openReadings } from '../apps/server/src/journeys/readings.ts'
import { openEventStore } from '../apps/server/src/log/event-store.ts'
import { openLogReaders } from '../apps/server/src/log/log-readers.ts'
import { unsigned } from '../apps/server/src/membership/kept-changes.ts'
import { segmentReader } from '../apps/server/src/membership/segment-reader.ts'
import { waitFor } from '../apps/server/src/membership/watched-segments.ts'
import { inWorkspace } from '../apps/server/src/postgres/workspace-scope.ts'
import { questionContext } from '../apps/server/src/questions/question-context.ts'
import { insertSegment } from '../apps/server/src/segments/saved-segments.ts'
import { openStores, type Stores } from '../apps/server/src/stores/stores.ts'
import { createWorkspace } from '../apps/server/src/workspaces/workspaces.ts'
import { childrenOf, memoryOf } from './machine.ts'
import { type Figure, plain } from './report.ts'

export interface SegmentsNeeds {
  readonly home: string
  readonly customers: number
  readonly seconds: number
  /** Instants at which the watched membership is compared with the counted one. */
  readonly instants: number
  readonly say: (line: string) => void
}

const EVENTS_A_SECOND = 1000
const BATCH = 100
const NAMES = ['view', 'cart', 'order', 'help', 'return']
const HOUR_MS = 3_600_000

/** Watched segments while events are collected: how late changes are told, what is held, whether all of it is right. */
export async function segments(needs: SegmentsNeeds): Promise<readonly Figure[]> {
  const { home, customers, seconds, say } = needs
  const stores = await openStores({
    home,
    databaseUrl: null,
    clickhouseUrl: null,
    threads: 2,
    engineMemoryBytes: 6e9,
    log: say,
  })
  const ending = new AbortController()
  const store = openEventStore(stores, { alone: true, signal: ending.signal })
  const readers = openLogReaders({
    store,
    pollMs: null,
    onError: (error) => say(String(error)),
  })
  try {
    const made = await createWorkspace(
      stores.database,
      { slug: 'bench-segments', name: 'Segments', currency: 'EUR' },
      null,
    )
    if (made === null) throw new Error('expected an unused data folder')
    const workspace: Workspace = {
      id: made.id,
      slug: 'bench-segments',
      name: 'Segments',
      timeZone: 'UTC',
      weekStart: 'monday',
      currency: 'EUR',
      simulated: false,
    }
    const collect = (events: readonly IncomingEvent[]) =>
      storeEvents(store, made.id, { events, identifies: [], groups: [], aliases: [] }, Date.now())
    let number = 0
    const event = (customer: number, timeMs: number): IncomingEvent => {
      const name = NAMES[number % NAMES.length] ?? 'view'
      return {
        messageId: `b${number++}`,
        type: 'track',
        name,
        channel: 'web',
        path: '',
        userId: `customer-${customer}`,
        anonymousId: '',
        timeMs,
        position: 0,
        value: name === 'order' ? 250_000 : null,
        currency: name === 'order' ? 'EUR' : '',
        orderId: '',
        properties: { device: number % 3 === 0 ? 'ios' : 'web' },
      }
    }
    const nowMs = Date.now()
    for (let from = 0; from < customers * 5; from += 20_000) {
      const events = Array.from({ length: 20_000 }, (_, i) =>
        event((from + i) % customers, nowMs - (((from + i) * 7919) % (30 * 24 * 3600)) * 1000),
      )
      await collect(events)
    }
    await fold(stores, made.id, { nowMs: Date.now() })
    say(`${number} events of ${customers} customers are stored and folded`)

    const rules = twentyRules()
    await inWorkspace(stores.database, made.id, async (tx) => {
      for (const [i, rule] of rules.entries()) {
        const draft = { name: `Segment ${i}`, description: '', rule }
        await insertSegment(tx, made.id, `bench_${i}`, draft, null)
        await waitFor(tx, made.id, `bench_${i}`, 'bench')
      }
    })
    const clock = () => Date.now()
    readers.open(segmentReader({ stores, kinds: store.kinds, clock }))
    const beganMs = performance.now()
    while ((await unfilled(stores, made.id)) > 0) await sleep(250)
    const filledMs = performance.now() - beganMs
    say(`filled in ${Math.round(filledMs / 1000)} s`)

    const caughtUp = async (): Promise<number> => {
      const ackedMs = Date.now()
      while ((await readTo(stores, made.id)) < ackedMs) await sleep(50)
      return Date.now() - ackedMs
    }
    const lags: number[] = []
    let compared = 0
    let different = 0
    let peakMb = 0
    const runMs = (seconds * 1000) / needs.instants
    for (let instant = 0; instant < needs.instants; instant++) {
      // What stood still while it was compared has to be caught up with first: nothing came meanwhile.
      await caughtUp()
      const endMs = performance.now() + runMs
      for (let batch = 0; performance.now() < endMs; batch++) {
        const due = performance.now() + (BATCH / EVENTS_A_SECOND) * 1000
        const some = Array.from({ length: BATCH }, () =>
          event(Math.floor(Math.random() * customers), Date.now()),
        )
        await collect(some)
        if (batch % 10 === 0) lags.push(await lagOf(stores, made.id))
        await sleep(Math.max(0, due - performance.now()))
      }
      lags.push(await caughtUp())
      // Readers stand still while both are counted: one of them is as of one instant.
      const found = await compare(stores, store.kinds, workspace, rules)
      compared += found.compared
      different += found.different
      peakMb = Math.max(peakMb, memoryOf('self')?.rssMb ?? 0)
      say(
        `instant ${instant + 1}: ${found.different} of ${found.compared} members differ, lag ${lagSoFar(lags)}`,
      )
    }
    const worstMs = Math.max(...lags)
    const engineMb = Math.max(
      0,
      ...childrenOf(process.pid).map((pid) => memoryOf(pid)?.peakMb ?? 0),
    )
    const part = 'segments'
    return [
      plain(
        part,
        `20 watched segments over ${customers} customers filled`,
        `${Math.round(filledMs / 1000)} s`,
      ),
      {
        part,
        what: `lag at ${EVENTS_A_SECOND} events/s for ${seconds} s: worst (median, p99)`,
        value: lagSoFar(lags),
        target: '< 5,000 ms',
        met: worstMs < 5000,
      },
      {
        part,
        what: `members that differ from counting, at ${needs.instants} instants`,
        value: `${different} of ${compared}`,
        target: '0',
        met: different === 0,
      },
      plain(
        part,
        'memory of this process, of the largest child',
        `${peakMb} MB, ${engineMb} MB at most`,
      ),
    ]
  } finally {
    ending.abort()
    await readers.close()
    await stores.close()
  }
}

/** Of every sort, most of them moved by time alone. */
function twentyRules(): readonly SegmentRule[] {
  const did = (name: string, least: number, hours: number): SegmentRule => ({
    kind: 'did',
    event: { kind: 'event', names: [name] },
    times: { op: 'gte', value: least },
    window: { kind: 'hours', n: hours },
  })
  const silent = (name: string, hours: number): SegmentRule => ({
    kind: 'did',
    event: { kind: 'event', names: [name] },
    times: { op: 'lte', value: 0 },
    window: { kind: 'hours', n: hours },
  })
  return [
    ...NAMES.map((name, i) => did(name, 1, 24 * (i + 1))),
    ...NAMES.map((name, i) => did(name, 2, 24 * 10 * (i + 1))),
    ...NAMES.slice(0, 3).map((name) => silent(name, 24 * 20)),
    ...[50, 75, 100].map(
      (value): SegmentRule => ({
        kind: 'amount',
        amount: 'sum',
        of: { kind: 'value' },
        event: { kind: 'event', names: ['order'] },
        test: { op: 'gte', value },
        window: { kind: 'hours', n: 24 * 30 },
      }),
    ),
    ...[1, 5].map(
      (days): SegmentRule => ({
        kind: 'sequence',
        steps: [
          { kind: 'event', names: ['view'] },
          { kind: 'event', names: ['order'] },
        ],
        stepWithinMs: days * 24 * HOUR_MS,
        withinMs: null,
        without: null,
        window: { kind: 'hours', n: 24 * 30 },
      }),
    ),
    {
      kind: 'did',
      event: { kind: 'property', property: 'device', op: 'eq', value: 'ios' },
      times: { op: 'gte', value: 2 },
      window: { kind: 'hours', n: 24 * 7 },
    },
    { kind: 'all', rules: [did('view', 1, 24 * 7), silent('order', 24 * 7)] },
  ]
}

/** Worst, median and 99th percentile, as text. */
function lagSoFar(lags: readonly number[]): string {
  const sorted = lags.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  return `${at(1)} ms (${at(0.5)}, ${at(0.99)})`
}

async function unfilled(stores: Stores, workspace: number): Promise<number> {
  const rows = await inWorkspace(stores.database, workspace, (tx) =>
    tx.selectFrom('watched_segments').select('filled').execute(),
  )
  return rows.filter(({ filled }) => filled !== null).length
}

async function readTo(stores: Stores, workspace: number): Promise<number> {
  const row = await inWorkspace(stores.database, workspace, (tx) =>
    tx
      .selectFrom('watching')
      .select('read_to_ms')
      .where('lane', '=', 'collected')
      .executeTakeFirst(),
  )
  return row?.read_to_ms ?? 0
}

async function lagOf(stores: Stores, workspace: number): Promise<number> {
  return Math.max(0, Date.now() - (await readTo(stores, workspace)))
}

/** How many customers, and their keys in one number: two sets are equal where both are. */
interface Sum {
  readonly members: string
  readonly mixed: string
}

/** While the reader's place is held: what is kept is then as of its read mark. */
async function compare(
  stores: Stores,
  kinds: ReturnType<typeof openEventStore>['kinds'],
  workspace: Workspace,
  rules: readonly SegmentRule[],
): Promise<{ readonly compared: number; readonly different: number }> {
  return await inWorkspace(stores.database, workspace.id, async (tx) => {
    await sql`select commit from log_readers where workspace_id = ${workspace.id} for update`.execute(
      tx,
    )
    const nowMs = await readTo(stores, workspace.id)
    let compared = 0
    let different = 0
    for (const [i, rule] of rules.entries()) {
      const needs = { stores, readings: openReadings(stores), kinds, clock: () => nowMs }
      const context = await questionContext(needs, workspace, { maps: [], segment: rule }, 1)
      const query = segmentCustomersQuery(
        segmentReadingAt(context, null),
        resolveSegments(rule, context.segment),
        { after: null, limit: 10_000_000 },
      )
      const { clickhouse } = stores
      const [counted] = await clickhouse.rows<Sum>({
        text: `SELECT toString(count()) AS members, toString(groupBitXor(toUInt64(customer))) AS mixed FROM (${query.text})`,
        params: query.params,
      })
      const kept = sql`from segment_members where segment_id = ${`bench_${i}`} and member`
      const { rows } = await sql<Sum>`
        select count(*)::text as members, coalesce(bit_xor(customer), 0)::text as mixed ${kept}`.execute(
        tx,
      )
      const [sum] = rows
      compared += Number(counted?.members ?? 0)
      if (counted?.members === sum?.members && counted?.mixed === unsigned(sum?.mixed ?? '0'))
        continue
      const all = await clickhouse.rows<{ customer: string }>(query)
      const members = await sql<{
        customer: string
      }>`select customer::text as customer ${kept}`.execute(tx)
      const those = new Set(members.rows.map(({ customer }) => unsigned(customer)))
      const missing = all.filter(({ customer }) => !those.has(customer)).length
      different += missing + Math.max(0, those.size - (all.length - missing))
    }
    return { compared, different }
  })
}
