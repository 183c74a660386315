import { compile, customerEvents, sql } from '@parcurs/analytics'
import {
  type IncomingBatch,
  type IncomingEvent,
  type Link,
  mergedUsers,
  ownerAt,
  ownershipOf,
} from '@parcurs/domain'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { fold } from '../journeys/fold.ts'
import { readingOf } from '../journeys/reading.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { mergeCustomers, unmergeCustomers } from '../customers/merge-customers.ts'
import { customerOf, keysOf, traitsOf } from '../customers/customer-keys.ts'
import { identityKey } from './identity-key.ts'

const stores = await freshStores()
const open = (alone: boolean) =>
  openEventStore(stores, { alone, signal: new AbortController().signal })
const store = open(true)
const now = Date.UTC(2026, 10, 22)
const minute = 60_000

const NOTHING: IncomingBatch = { events: [], identifies: [], groups: [], aliases: [] }

/** One thing somebody sent, at a minute. */
type Sent =
  | { readonly call: 'event'; readonly at: number; readonly device: string; readonly user: string }
  | {
      readonly call: 'identify'
      readonly at: number
      readonly device: string
      readonly user: string
    }
  | {
      readonly call: 'alias'
      readonly at: number
      readonly previous: string
      readonly user: string
    }

const device = fc.constantFrom('d1', 'd2', '')
const user = fc.constantFrom('ann', 'bob', 'eve')
const at = fc.integer({ min: 0, max: 12 })
const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      call: fc.constant('event' as const),
      at,
      device: fc.constantFrom('d1', 'd2'),
      user: fc.oneof(fc.constant(''), user),
    }),
  },
  { weight: 2, arbitrary: fc.record({ call: fc.constant('identify' as const), at, device, user }) },
  {
    weight: 1,
    arbitrary: fc.record({
      call: fc.constant('alias' as const),
      at,
      previous: fc.constantFrom('ann', 'bob', 'd1', 'd2'),
      user,
    }),
  },
)

function batchOf(calls: readonly Sent[], ids: ReadonlyMap<Sent, string>): IncomingBatch {
  return {
    events: calls.flatMap((one) =>
      one.call === 'event' ? [eventOf(one, ids.get(one) ?? '')] : [],
    ),
    identifies: calls.flatMap((one) =>
      one.call === 'identify'
        ? [{ userId: one.user, anonymousId: one.device, timeMs: now + one.at * minute, traits: {} }]
        : [],
    ),
    groups: [],
    aliases: calls.flatMap((one) =>
      one.call === 'alias'
        ? [{ previousId: one.previous, userId: one.user, timeMs: now + one.at * minute }]
        : [],
    ),
  }
}

function eventOf(
  one: { at: number; device: string; user: string },
  messageId: string,
): IncomingEvent {
  return {
    type: 'track',
    name: 'x',
    channel: 'web',
    path: '',
    userId: one.user,
    anonymousId: one.device,
    messageId,
    timeMs: now + one.at * minute,
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: {},
  }
}

/** The definition, read literally: all facts at once, no order of arrival. */
function expectedCustomers(
  workspace: number,
  calls: readonly Sent[],
  ids: ReadonlyMap<Sent, string>,
): ReadonlyMap<string, bigint> {
  const userKey = (id: string) => identityKey(workspace, 'user', id)
  const links = (name: string): readonly Link[] =>
    calls.flatMap((one) => {
      const timeMs = now + one.at * minute
      if (one.call === 'alias') {
        return one.previous === name ? [{ timeMs, user: userKey(one.user) }] : []
      }
      return one.device === name && one.user !== '' ? [{ timeMs, user: userKey(one.user) }] : []
    })
  const merged = mergedUsers(
    calls.flatMap((one) =>
      one.call === 'alias' && one.previous !== one.user
        ? [{ previous: userKey(one.previous), user: userKey(one.user) }]
        : [],
    ),
  )
  return new Map(
    calls.flatMap((one) => {
      if (one.call !== 'event') return []
      const owner =
        one.user !== ''
          ? userKey(one.user)
          : ownerAt(ownershipOf(links(one.device)), now + one.at * minute)
      const customer = owner ?? identityKey(workspace, 'anonymous', one.device)
      return [[ids.get(one) ?? '', merged.get(customer) ?? customer] as const]
    }),
  )
}

async function storedCustomers(workspace: number): Promise<ReadonlyMap<string, bigint>> {
  const reading = await readingOf(stores, workspace)
  const rows = await stores.clickhouse.rows<{ id: string; customer: string }>(
    compile(sql`
      SELECT properties['id'] AS id, customer
      FROM (${customerEvents(reading, sql`properties`)}) ORDER BY id`),
  )
  return new Map(rows.map(({ id, customer }) => [id, BigInt(customer)]))
}

test('[ID2] owners are as defined, in whatever order and in whatever pieces the facts arrive', async () => {
  const shared = open(false)
  await fc.assert(
    fc.asyncProperty(
      fc.array(sent, { minLength: 1, maxLength: 14 }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      fc.boolean(),
      async (calls, sizes, randoms, alone) => {
        const { id } = await testWorkspace(stores)
        const ids = new Map(calls.map((one, i) => [one, `m${i}`]))
        const shuffled = [...calls]
          .map((one) => ({ one, at: randoms.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one)
        for (let i = 0, piece = 0; i < shuffled.length; piece++) {
          const size = sizes[piece % sizes.length] ?? 1
          const batch = batchOf(shuffled.slice(i, i + size), ids)
          const tagged = batch.events.map((event) => ({
            ...event,
            properties: { id: event.messageId },
          }))
          await storeEvents(alone ? store : shared, id, { ...batch, events: tagged }, now)
          i += size
        }
        expect(await storedCustomers(id)).toEqual(
          new Map([...expectedCustomers(id, calls, ids)].sort(([a], [b]) => (a < b ? -1 : 1))),
        )
      },
    ),
    { numRuns: 10, interruptAfterTimeLimit: 30_000 },
  )
})

test('[ID2] a login that says nothing new is remembered when an earlier other one comes in', async () => {
  const { id } = await testWorkspace(stores)
  const calls: readonly Sent[] = [
    { call: 'alias', at: 11, previous: 'd1', user: 'bob' },
    { call: 'event', at: 3, device: 'd1', user: 'bob' },
    { call: 'event', at: 4, device: 'd1', user: '' },
    { call: 'identify', at: 9, device: 'd1', user: 'ann' },
    { call: 'alias', at: 5, previous: 'd1', user: 'bob' },
  ]
  const ids = new Map(calls.map((one, i) => [one, `m${i}`]))
  for (const one of calls) {
    const batch = batchOf([one], ids)
    const events = batch.events.map((event) => ({ ...event, properties: { id: event.messageId } }))
    await storeEvents(store, id, { ...batch, events }, now)
    expect((await storedCustomers(id)).get('m2') ?? identityKey(id, 'user', 'bob')).toBe(
      identityKey(id, 'user', 'bob'),
    )
  }
})

test('[ID3] a shared device never merges two users, and goes to who logged in last', async () => {
  const { id } = await testWorkspace(stores)
  const calls: readonly Sent[] = [
    { call: 'event', at: 0, device: 'kiosk', user: '' },
    { call: 'event', at: 1, device: 'kiosk', user: 'ann' },
    { call: 'event', at: 2, device: 'kiosk', user: '' },
    { call: 'event', at: 3, device: 'kiosk', user: 'bob' },
    { call: 'event', at: 4, device: 'kiosk', user: '' },
  ]
  for (const [i, one] of calls.entries()) {
    if (one.call !== 'event') continue
    const event = { ...eventOf(one, `m${i}`), properties: { id: `m${i}` } }
    await storeEvents(store, id, { ...NOTHING, events: [event] }, now)
    await fold(stores, id, { nowMs: now })
  }
  const ann = identityKey(id, 'user', 'ann')
  const bob = identityKey(id, 'user', 'bob')
  expect([...(await storedCustomers(id)).values()]).toEqual([ann, ann, ann, bob, bob])
})

test('[ID4] traits and keys of a customer are found over all their keys', async () => {
  const { id } = await testWorkspace(stores)
  const identify = (userId: string, anonymousId: string, minuteAt: number, traits: object) => ({
    userId,
    anonymousId,
    timeMs: now + minuteAt * minute,
    traits: { ...traits },
  })
  await storeEvents(
    store,
    id,
    {
      ...NOTHING,
      identifies: [
        identify('', 'd1', 0, { plan: 'free', city: 'Iași' }),
        identify('ann', 'd1', 1, { plan: 'gold' }),
        identify('ann.old', '', 2, { plan: 'silver', vip: 'true' }),
      ],
      groups: [{ ...identify('ann', '', 3, { size: '9' }), groupId: 'acme' }],
      aliases: [{ previousId: 'ann.old', userId: 'ann', timeMs: now }],
    },
    now,
  )
  const reading = await readingOf(stores, id)
  const ann = identityKey(id, 'user', 'ann')
  expect(await traitsOf(stores.clickhouse, reading, ann)).toEqual({
    city: 'Iași',
    group: 'acme',
    plan: 'silver',
    vip: 'true',
  })
  const old = identityKey(id, 'user', 'ann.old')
  expect(await customerOf(stores.clickhouse, reading, old)).toBe(ann)
  expect(await keysOf(stores.clickhouse, reading, ann)).toEqual(
    expect.arrayContaining([ann, old, identityKey(id, 'anonymous', 'd1')]),
  )
})

test('[ID5] an anonymous customer is merged into a user, and parted again', async () => {
  const { id } = await testWorkspace(stores)
  const event = (messageId: string, userId: string, anonymousId: string) => ({
    ...eventOf({ at: 0, device: anonymousId, user: userId }, messageId),
    properties: { id: messageId },
  })
  const events = [event('m1', '', 'd1'), event('m2', 'ann', ''), event('m3', '', 'd2')]
  await storeEvents(store, id, { ...NOTHING, events }, now)
  const [d1, ann, d2] = [
    identityKey(id, 'anonymous', 'd1'),
    identityKey(id, 'user', 'ann'),
    identityKey(id, 'anonymous', 'd2'),
  ]
  const customers = async () => [...(await storedCustomers(id)).values()]
  expect(await mergeCustomers(store, id, { customer: ann, into: d1 }, now)).toEqual({
    ok: true,
    customer: ann,
    other: ann,
  })
  expect(await customers()).toEqual([ann, ann, d2])
  await fold(stores, id, { nowMs: now })
  expect(await unmergeCustomers(store, id, { customer: d1, into: ann }, now)).toMatchObject({
    ok: true,
  })
  expect(await customers()).toEqual([d1, ann, d2])
  expect(await mergeCustomers(store, id, { customer: d1, into: d2 }, now)).toMatchObject({
    ok: false,
    detail: expect.stringContaining('anonymous'),
  })
})
