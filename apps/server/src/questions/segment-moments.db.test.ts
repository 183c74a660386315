import {
  compile,
  join,
  segmentCondition,
  segmentCustomers,
  type SegmentReading,
  sql,
} from '@parcurs/analytics'
import {
  DAY_MS,
  decide,
  type IncomingBatch,
  type IncomingEvent,
  type ResolvedSegment,
  type SegmentFacts,
  type SegmentScope,
  UTC,
} from '@parcurs/domain'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { mergeCustomers, unmergeCustomers } from '../customers/merge-customers.ts'
import { identityKey } from '../identity/identity-key.ts'
import { fold } from '../journeys/fold.ts'
import { readingOf } from '../journeys/reading.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'

// apps/server SPEC.md, "Segments": [SE2] as of an instant in the past, [SE4] right at once after every change.

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const START = Date.UTC(2026, 9, 1)
const day = (n: number) => START + n * DAY_MS
const NOW = day(20)

const scope: SegmentScope = {
  zone: UTC,
  weekStart: 'monday',
  period: null,
  touchpoint: () => null,
  map: () => null,
}

const order = { kind: 'event', names: ['Order'] } as const
const view = { kind: 'event', names: ['View'] } as const
const ever = { kind: 'ever' } as const
const RULES: Readonly<Record<string, ResolvedSegment>> = {
  everybody: { kind: 'all', rules: [] },
  twice: { kind: 'did', event: order, times: { op: 'gte', value: 2 }, window: ever },
  never: { kind: 'did', event: order, times: { op: 'lte', value: 0 }, window: ever },
  spent: {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: order,
    test: { op: 'gte', value: 100 },
    window: ever,
  },
  viewed: {
    kind: 'sequence',
    steps: [view, order],
    stepWithinMs: null,
    withinMs: null,
    without: null,
    window: ever,
  },
  early: { kind: 'first', event: order, window: { kind: 'before', date: '2026-10-03' } },
  gold: { kind: 'trait', trait: 'plan', op: 'eq', value: 'gold' },
  plain: { kind: 'trait', trait: 'plan', op: 'ne', value: 'gold' },
  happy: {
    kind: 'said',
    scale: 'nps',
    which: 'latest',
    test: { op: 'gte', value: 9 },
    words: null,
    touchpoint: null,
    window: ever,
  },
}

type Said = Readonly<Record<string, string>>
interface Fact {
  readonly who: string
  readonly atMs: number
  readonly name?: string
  readonly euros?: number
  readonly properties?: Said
  readonly traits?: Said
}

let sent = 0
function batchOf(facts: readonly Fact[]): IncomingBatch {
  const events = facts.flatMap((fact): readonly IncomingEvent[] => {
    const { who, atMs, name, euros = 0, properties = {} } = fact
    if (name === undefined) return []
    sent += 1
    return [
      {
        type: 'track',
        name,
        channel: 'web',
        path: '',
        userId: who,
        anonymousId: '',
        messageId: `message ${sent}`,
        timeMs: atMs,
        position: 0,
        value: euros === 0 ? null : euros * 10_000,
        currency: 'EUR',
        orderId: '',
        properties,
      },
    ]
  })
  const identifies = facts.flatMap(({ who, atMs, traits }) =>
    traits === undefined ? [] : [{ userId: who, anonymousId: '', timeMs: atMs, traits }],
  )
  return { events, identifies, groups: [], aliases: [] }
}

/** For each rule who is in it, by name. */
async function members(workspace: number, asOfMs: number | null = null) {
  const at: SegmentReading = {
    reading: await readingOf(stores, workspace),
    kinds: await store.kinds.all(workspace),
    scope,
    nowMs: asOfMs ?? NOW,
    asOfMs,
    listed: () => sql`SELECT toUInt64(0) AS customer WHERE false`,
  }
  const names = Object.keys(RULES)
  const columns = Object.values(RULES).map(
    (rule) => sql`toUInt8(${segmentCondition(at, rule) ?? sql`true`})`,
  )
  const rows = await stores.clickhouse.rows<{ customer: string; passed: readonly number[] }>(
    compile(sql`
      SELECT toString(customer) AS customer, [${join(columns, ', ')}] AS passed
      FROM (${segmentCustomers(at, null)})`),
  )
  const users = new Map(['a', 'b', 'c'].map((user) => [key(workspace, user), user]))
  return Object.fromEntries(
    names.map((name, i) => [
      name,
      rows
        .flatMap(({ customer, passed }) => (passed[i] === 1 ? (users.get(customer) ?? '?') : []))
        .toSorted()
        .join(' '),
    ]),
  )
}

function key(workspace: number, user: string): string {
  return String(identityKey(workspace, 'user', user))
}

test('[SE4] merging, undoing it, a late event and a changed trait are right at once, and after a fold', async () => {
  const { id } = await testWorkspace(stores, { currency: 'EUR' })
  const pair = { customer: identityKey(id, 'user', 'b'), into: identityKey(id, 'user', 'a') }
  const changed = async (expected: Said) => {
    expect(await members(id)).toEqual(expected)
    await fold(stores, id, { nowMs: NOW })
    expect(await members(id)).toEqual(expected)
  }
  await storeEvents(
    store,
    id,
    batchOf([
      { who: 'a', atMs: day(2), name: 'Order', euros: 60 },
      { who: 'b', atMs: day(3), name: 'Order', euros: 50 },
      { who: 'b', atMs: day(3), traits: { plan: 'gold' } },
      { who: 'b', atMs: day(4), name: 'NPS', properties: { score: '10' } },
      { who: 'c', atMs: day(4), traits: { plan: 'free' } },
    ]),
    NOW,
  )
  const apart = {
    everybody: 'a b c',
    twice: '',
    never: 'c',
    spent: '',
    viewed: '',
    early: '',
    gold: 'b',
    plain: 'a c',
    happy: 'b',
  }
  await changed(apart)
  expect(await mergeCustomers(store, id, pair, NOW)).toMatchObject({ ok: true })
  const merged = {
    ...apart,
    everybody: 'a c',
    twice: 'a',
    spent: 'a',
    gold: 'a',
    plain: 'c',
    happy: 'a',
  }
  await changed(merged)
  // A view before the order of the other, and an order before both, arrive late.
  await storeEvents(
    store,
    id,
    batchOf([
      { who: 'a', atMs: day(2.5), name: 'View' },
      { who: 'b', atMs: day(1), name: 'Order' },
    ]),
    NOW,
  )
  const late = { ...merged, viewed: 'a', early: 'a' }
  await changed(late)
  await storeEvents(store, id, batchOf([{ who: 'a', atMs: day(6), traits: { plan: 'free' } }]), NOW)
  await changed({ ...late, gold: '', plain: 'a c' })
  expect(await unmergeCustomers(store, id, pair, NOW)).toMatchObject({ ok: true })
  // Each has again what was theirs: b two orders for 50, a one for 60 with the view after it.
  await changed({ ...apart, twice: 'b', early: 'b' })
}, 240_000)

test('[SE2] as of an instant: events and traits up to then, identities of today', async () => {
  const { id } = await testWorkspace(stores, { currency: 'EUR' })
  const history: readonly Fact[] = [
    { who: 'a', atMs: day(1), name: 'Order', euros: 60 },
    { who: 'a', atMs: day(1), traits: { plan: 'gold' } },
    { who: 'b', atMs: day(3), name: 'View' },
    { who: 'b', atMs: day(3), name: 'NPS', properties: { score: '9' } },
    { who: 'c', atMs: day(4), name: 'View' },
    { who: 'a', atMs: day(5), traits: { plan: 'free' } },
    { who: 'b', atMs: day(6), name: 'Order', euros: 50 },
    { who: 'a', atMs: day(7), name: 'NPS', properties: { score: '3' } },
  ]
  await storeEvents(store, id, batchOf(history.slice(0, 5)), NOW)
  await fold(stores, id, { nowMs: NOW })
  await storeEvents(store, id, batchOf(history.slice(5)), NOW)
  // Long after all of it: in the past, too, they are one.
  const pair = { customer: identityKey(id, 'user', 'b'), into: identityKey(id, 'user', 'a') }
  expect(await mergeCustomers(store, id, pair, NOW)).toMatchObject({ ok: true })
  const nobody = Object.fromEntries(Object.keys(RULES).map((name) => [name, '']))
  const first = { ...nobody, everybody: 'a', early: 'a', gold: 'a' }
  const fourth = { ...first, everybody: 'a c', never: 'c', plain: 'c', happy: 'a' }
  const fifth = { ...fourth, gold: '', plain: 'a c' }
  const sixth = { ...fifth, twice: 'a', spent: 'a', viewed: 'a' }
  const worked: readonly (readonly [number, Said])[] = [
    [day(1) - 1, nobody],
    [day(1), first],
    [day(3) - 1, first],
    [day(3), { ...first, happy: 'a' }],
    [day(4), fourth],
    [day(5) - 1, fourth],
    [day(5), fifth],
    [day(6), sixth],
    [day(7) - 1, sixth],
    [day(7), { ...sixth, happy: '' }],
  ]
  const inStore = []
  for (const [atMs] of worked) inStore.push([atMs, await members(id, atMs)])
  expect(inStore).toEqual(worked)
  expect(worked.map(([atMs]) => [atMs, decidedThen(history, atMs)])).toEqual(worked)
}, 240_000)

/** The same in memory, of what had been by then, with b as a. */
function decidedThen(history: readonly Fact[], atMs: number): Said {
  const then = history
    .filter((fact) => fact.atMs <= atMs)
    .map((fact) => ({ ...fact, who: fact.who === 'b' ? 'a' : fact.who }))
  const users = [...new Set(then.map(({ who }) => who))].toSorted()
  return Object.fromEntries(
    Object.entries(RULES).map(([name, rule]) => [
      name,
      users
        .filter((user) => {
          const own = factsOf(then.filter(({ who }) => who === user))
          return decide(rule, own, scope, atMs).member
        })
        .join(' '),
    ]),
  )
}

function factsOf(own: readonly Fact[]): SegmentFacts {
  const events = own.flatMap(({ atMs, name, euros = 0, properties = {} }) =>
    name === undefined
      ? []
      : [
          {
            type: 'track' as const,
            name,
            channel: 'web',
            path: '',
            properties,
            timeMs: atMs,
            value: euros * 10_000,
          },
        ],
  )
  return {
    events,
    traits: Object.assign({}, ...own.map(({ traits }) => traits ?? {})),
    answers: events.flatMap((event) => {
      const score = event.properties.score
      if (score === undefined) return []
      const { timeMs } = event
      return [
        {
          timeMs,
          scale: 'nps' as const,
          score: Number(score),
          touchpoint: '',
          comment: null,
          event,
        },
      ]
    }),
    lists: new Set(),
  }
}
