import {
  decider,
  NO_FACTS,
  resolveSegments,
  type SegmentEvent,
  type SegmentRule,
  type SegmentScope,
  UTC,
} from '@parcurs/domain'
import { sql } from 'kysely'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { identityKey } from '../../apps/server/src/identity/identity-key.ts'
import { unsigned } from '../../apps/server/src/membership/kept-changes.ts'
import { asSystem } from '../../apps/server/src/postgres/workspace-scope.ts'
import { openStores } from '../../apps/server/src/stores/stores.ts'
import { writeKey } from './rounds.ts'
import { send } from './senders.ts'
import { command, freePort, killServer, type Server, startServer, stopServer } from './server.ts'

export interface WatchingPlan {
  /** Kills with SIGKILL. */
  readonly rounds: number
  readonly connections: number
  readonly batchSize: number
  /** How long after it is up the server is killed, at random in between. */
  readonly aliveMs: readonly [least: number, most: number]
  readonly say: (line: string) => void
  /** 0–1, from a seed. */
  readonly random: () => number
}

export interface WatchingResult {
  readonly acknowledged: number
  /** Members of all segments, as decided in memory from what was acknowledged. */
  readonly members: number
  /** Changes that were told. */
  readonly changes: number
  /** Of them who left: time alone did that. */
  readonly left: number
  /** Members that are missing, and kept ones who are none, by segment and customer. */
  readonly different: readonly string[]
  /** Who entered without having left, or left without having been in it. */
  readonly twice: readonly string[]
  /** Whose changes do not add up to whether they are in it. */
  readonly untold: readonly string[]
  readonly wrong: readonly string[]
}

const HOUR_MS = 3_600_000
const CUSTOMERS = 997
const NAMES = ['view_item', 'search', 'add_to_cart', 'purchase'] as const

/** Two that only grow, one that everybody begins in, and two that time alone changes while the server runs. */
const RULES: Readonly<Record<string, SegmentRule>> = {
  'Bought three times': did('purchase', 'gte', 3, { kind: 'ever' }),
  'Spent sixty': {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: { kind: 'event', names: ['purchase'] },
    test: { op: 'gte', value: 60 },
    window: { kind: 'ever' },
  },
  'Searched twice at most': did('search', 'lte', 2, { kind: 'ever' }),
  'Looked within the hour': did('view_item', 'gte', 1, { kind: 'hours', n: 1 }),
  'Silent for an hour': {
    kind: 'did',
    event: { kind: 'all', rules: [] },
    times: { op: 'lte', value: 0 },
    window: { kind: 'hours', n: 1 },
  },
}

function did(
  name: string,
  op: 'gte' | 'lte',
  value: number,
  window: { readonly kind: 'ever' } | { readonly kind: 'hours'; readonly n: number },
): SegmentRule {
  return { kind: 'did', event: { kind: 'event', names: [name] }, times: { op, value }, window }
}

/**
 * Kills a server over and over while it follows watched segments, and compares who is in them, and what was told
 * of entering and leaving, with what follows from the acknowledged events.
 */
export async function surviveWatching(plan: WatchingPlan): Promise<WatchingResult> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-watching-'))
  const port = await freePort()
  // What was done within the hour is so no more from some seconds on, one event after the other.
  const beganMs = Date.now() - HOUR_MS + 10_000
  let server: Server | null = null
  try {
    server = await startServer(home, port)
    const ids: string[] = []
    for (const [name, rule] of Object.entries(RULES)) {
      const { id } = await command<{ id: string }>(server, 'POST', SEGMENTS, { name, rule })
      await command(server, 'PUT', `${SEGMENTS}/${id}/watch`, { watched: true })
      ids.push(id)
    }
    for (const id of ids) await kept(server, id, 0)
    const target = {
      url: server.url,
      writeKey: await writeKey(server),
      event: (number: number) => eventOf(number, beganMs),
      isRefused: () => false,
    }
    const sending = send(target, 0, plan.connections, plan.batchSize)
    for (let round = 0; round < plan.rounds; round++) {
      const [least, most] = plan.aliveMs
      await sleep(least + plan.random() * (most - least))
      await killServer(server)
      plan.say(`round ${round + 1}: killed after ${sending.sent.acknowledged.size} events`)
      server = await startServer(home, port)
    }
    const sent = await sending.stop()
    // Once more with nothing coming: what was sent last may not be caught up with.
    await killServer(server)
    server = await startServer(home, port)
    const ackedMs = Date.now()
    for (const id of ids) await kept(server, id, ackedMs)
    await stopServer(server)
    const numbers = [...sent.acknowledged]
    const found = await compared(home, ids, factsOf(numbers, beganMs))
    return { acknowledged: numbers.length, wrong: sent.wrong, ...found }
  } finally {
    if (server !== null) await killServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}

const SEGMENTS = '/api/workspaces/main/segments'

/** Resolves when everybody was looked at, and everything that came before the instant. */
async function kept(server: Server, id: string, untilMs: number): Promise<void> {
  for (;;) {
    const { watch } = await command<{
      watch: { state: string; readToMs: number | null }
    }>(server, 'GET', `${SEGMENTS}/${id}`)
    if (watch.state === 'kept' && (watch.readToMs ?? 0) >= untilMs) return
    await sleep(50)
  }
}

function nameOf(number: number): (typeof NAMES)[number] {
  return NAMES[(number * 7 + (number % CUSTOMERS)) % 4] ?? 'view_item'
}

function timeOf(number: number, beganMs: number): number {
  return beganMs + (number % 100) * 1_000 + Math.floor(number / CUSTOMERS)
}

function eventOf(number: number, beganMs: number): Readonly<Record<string, unknown>> {
  const name = nameOf(number)
  return {
    type: 'track',
    messageId: `watching-${number}`,
    userId: `customer-${number % CUSTOMERS}`,
    event: name,
    timestamp: new Date(timeOf(number, beganMs)).toISOString(),
    properties: name === 'purchase' ? { value: 25, currency: 'EUR', order_id: number } : {},
  }
}

/** What is known of each customer, by the key that the stores have for them. */
function factsOf(
  numbers: readonly number[],
  beganMs: number,
): ReadonlyMap<string, readonly SegmentEvent[]> {
  const byCustomer = new Map<string, SegmentEvent[]>()
  const inOrder = numbers.toSorted((a, b) => timeOf(a, beganMs) - timeOf(b, beganMs))
  for (const number of inOrder) {
    const customer = String(identityKey(WORKSPACE, 'user', `customer-${number % CUSTOMERS}`))
    const name = nameOf(number)
    const events = byCustomer.get(customer) ?? []
    byCustomer.set(customer, events)
    events.push({
      timeMs: timeOf(number, beganMs),
      type: 'track',
      name,
      channel: 'other',
      path: '',
      value: name === 'purchase' ? 250_000 : 0,
      properties: {},
    })
  }
  return byCustomer
}

/** The workspace that every installation begins with. */
const WORKSPACE = 1

/** The rules name neither touchpoints nor maps, and no calendar. */
const NOTHING_NAMED: SegmentScope = {
  zone: UTC,
  weekStart: 'monday',
  period: null,
  touchpoint: () => null,
  map: () => null,
}

interface Change {
  readonly segment_id: string
  readonly customer: string
  readonly entered: boolean
}

/** Of a data folder whose server is stopped. */
async function compared(
  home: string,
  ids: readonly string[],
  known: ReadonlyMap<string, readonly SegmentEvent[]>,
) {
  const stores = await openStores({ ...readConfig({ PARCURS_HOME: home }), log: () => {} })
  try {
    const { readToMs, rows, changes } = await asSystem(stores.database, async (tx) => ({
      readToMs: (
        await tx
          .selectFrom('watching')
          .select('read_to_ms')
          .where('lane', '=', 'collected')
          .executeTakeFirstOrThrow()
      ).read_to_ms,
      rows: (
        await sql<{ segment_id: string; customer: string }>`
          select segment_id, customer::text from segment_members where member`.execute(tx)
      ).rows,
      changes: (
        await sql<Change>`
          select segment_id, customer::text, entered from segment_changes order by id`.execute(tx)
      ).rows,
    }))
    if (readToMs === null) throw new Error('nothing was looked at')
    const due = new Set<string>()
    for (const [i, rule] of Object.values(RULES).entries()) {
      const decide = decider(
        resolveSegments(rule, () => null),
        NOTHING_NAMED,
      )
      for (const [customer, events] of known) {
        if (decide({ ...NO_FACTS, events })(readToMs).member) due.add(`${ids[i]} ${customer}`)
      }
    }
    const members = new Set(
      rows.map(({ segment_id, customer }) => `${segment_id} ${unsigned(customer)}`),
    )
    const inside = new Set<string>()
    const twice: string[] = []
    for (const { segment_id, customer, entered } of changes) {
      const of = `${segment_id} ${unsigned(customer)}`
      if (inside.has(of) === entered) twice.push(of)
      if (entered) inside.add(of)
      else inside.delete(of)
    }
    return {
      members: due.size,
      changes: changes.length,
      left: changes.filter(({ entered }) => !entered).length,
      different: [...apart(due, members)],
      twice,
      untold: [...apart(members, inside)],
    }
  } finally {
    await stores.close()
  }
}

function apart(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...[...one].filter((of) => !other.has(of)), ...[...other].filter((of) => !one.has(of))]
}
