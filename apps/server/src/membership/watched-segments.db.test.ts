import { segmentCustomersQuery, segmentReadingAt } from '@parcurs/analytics'
import {
  FIRST_IMPORT,
  type IncomingBatch,
  resolveSegments,
  type SegmentRule,
} from '@parcurs/domain'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { PROGRAM, type Sender, storeEvents } from '../collect/store-events.ts'
import { mergeCustomers, unmergeCustomers } from '../customers/merge-customers.ts'
import type { Workspace } from '../http/gate.ts'
import { identityKey } from '../identity/identity-key.ts'
import { fold } from '../journeys/fold.ts'
import { openReadings } from '../journeys/readings.ts'
import { openEventStore } from '../log/event-store.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { questionContext } from '../questions/question-context.ts'
import { insertSegment, segmentsOf, updateSegment } from '../segments/saved-segments.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { unsigned } from './kept-changes.ts'
import { segmentKeeper } from './segment-keeper.ts'
import { waitFor, waitNoMore } from './watched-segments.ts'

// apps/server SPEC.md, "Watched segments".

const { signal } = new AbortController()
const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 1)
const IMPORTED: Sender = { source: FIRST_IMPORT + 5, space: 'server' }

const ordered = { kind: 'event', names: ['order'] } as const
const viewed = { kind: 'event', names: ['view'] } as const
const hours = (n: number) => ({ kind: 'hours', n }) as const

/** One of every sort: by rolling time, by absence, by trait, by money, in order, by groups. */
const RULES: Readonly<Record<string, SegmentRule>> = {
  'Bought lately': {
    kind: 'did',
    event: ordered,
    times: { op: 'gte', value: 1 },
    window: hours(10),
  },
  Silent: {
    kind: 'did',
    event: { kind: 'all', rules: [] },
    times: { op: 'lte', value: 0 },
    window: hours(6),
  },
  Gold: { kind: 'trait', trait: 'plan', op: 'eq', value: 'gold' },
  'Spent much': {
    kind: 'amount',
    amount: 'sum',
    of: { kind: 'value' },
    event: ordered,
    test: { op: 'gte', value: 60 },
    window: hours(20),
  },
  'Viewed then bought': {
    kind: 'sequence',
    steps: [viewed, ordered],
    stepWithinMs: 8 * HOUR,
    withinMs: null,
    without: null,
    window: hours(24),
  },
  'Viewed shoes today': {
    kind: 'did',
    event: {
      kind: 'all',
      rules: [viewed, { kind: 'property', property: 'item', op: 'eq', value: 'shoe' }],
    },
    times: { op: 'gte', value: 1 },
    window: { kind: 'last', n: 1, unit: 'days' },
  },
  // Whoever has nothing of what these look at is in them.
  'Never asked for help': {
    kind: 'none',
    rules: [
      {
        kind: 'did',
        event: { kind: 'event', names: ['help'] },
        times: { op: 'gte', value: 1 },
        window: { kind: 'ever' },
      },
      { kind: 'none', rules: [{ kind: 'trait', trait: 'plan', op: 'ne', value: 'gold' }] },
    ],
  },
  'Of a gold group, or no buyer': {
    kind: 'any',
    rules: [
      { kind: 'trait', trait: 'group.account.plan', op: 'eq', value: 'gold' },
      {
        kind: 'none',
        rules: [
          { kind: 'first', event: ordered, window: { kind: 'ever' } },
          { kind: 'trait', trait: 'plan', op: 'set' },
        ],
      },
    ],
  },
}

async function room(rules: Readonly<Record<string, SegmentRule>>) {
  const { id, slug } = await testWorkspace(stores)
  const workspace: Workspace = {
    id,
    slug,
    name: slug,
    timeZone: 'UTC',
    weekStart: 'monday',
    currency: 'EUR',
    simulated: false,
  }
  const now = { ms: START }
  const needs = {
    stores,
    readings: openReadings(stores),
    kinds: store.kinds,
    clock: () => now.ms,
  }
  // So few at once that every stretch is cut.
  const sizes = { atOnce: 2, budgetMs: 1500 }
  let keeper = segmentKeeper(needs, sizes)
  let sent = 0

  await inWorkspace(stores.database, id, async (tx) => {
    for (const [name, rule] of Object.entries(rules)) {
      await insertSegment(tx, id, `${slug}-${name}`, { name, description: '', rule }, null)
      await waitFor(tx, id, `${slug}-${name}`, 'people')
    }
  })

  const send = (batch: Partial<IncomingBatch>, sender = PROGRAM) =>
    storeEvents(
      store,
      id,
      { events: [], identifies: [], groups: [], aliases: [], ...batch },
      now.ms,
      sender,
    )

  return {
    id,
    now,
    send,
    segment: (name: string) => `${slug}-${name}`,
    key: (user: string) => identityKey(id, 'user', user),
    did: (userId: string, name: string, hoursAgo = 0, sender = PROGRAM, given: object = {}) =>
      send(
        {
          events: [
            {
              messageId: `m${++sent}`,
              type: 'track',
              name,
              channel: 'web',
              path: '/p',
              userId,
              anonymousId: '',
              timeMs: now.ms - hoursAgo * HOUR,
              position: 0,
              value: name === 'order' ? 400_000 : null,
              currency: name === 'order' ? 'EUR' : '',
              orderId: '',
              properties: {},
              ...given,
            },
          ],
        },
        sender,
      ),
    /** As after a start: nothing is remembered. */
    restart() {
      keeper = segmentKeeper({ ...needs, readings: openReadings(stores) }, sizes)
    },
    async keep() {
      const once = () =>
        inWorkspace(stores.database, id, (transaction) =>
          keeper.work({ transaction, workspace: id, readMarkMs: now.ms, signal }),
        )
      while (await once());
    },
    /** One round that takes longer than it may: @returns whether there is more to do. */
    async keepSlowly() {
      const slow = segmentKeeper(needs, { ...sizes, budgetMs: 0 })
      return await inWorkspace(stores.database, id, (transaction) =>
        slow.work({ transaction, workspace: id, readMarkMs: now.ms, signal }),
      )
    },
    async readToMs() {
      const row = await inWorkspace(stores.database, id, (tx) =>
        tx
          .selectFrom('watching')
          .select('read_to_ms')
          .where('lane', '=', 'collected')
          .executeTakeFirstOrThrow(),
      )
      return row.read_to_ms
    },
    /** Work that is undone before it is written down: as a process that is killed in the middle. */
    async keepInVain() {
      const cut = new Error('killed')
      await inWorkspace(stores.database, id, async (transaction) => {
        await keeper.work({ transaction, workspace: id, readMarkMs: now.ms, signal })
        throw cut
      }).catch((error: unknown) => {
        if (error !== cut) throw error
      })
      this.restart()
    },
    async kept(name: string): Promise<readonly string[]> {
      const rows = await inWorkspace(stores.database, id, (tx) =>
        tx
          .selectFrom('segment_members')
          .select(sql<string>`customer::text`.as('customer'))
          .where('segment_id', '=', `${slug}-${name}`)
          .where('member', '=', true)
          .execute(),
      )
      return rows.map(({ customer }) => unsigned(customer)).toSorted()
    },
    async counted(name: string): Promise<readonly string[]> {
      const all = await segmentsOf(stores.database, id)
      const rule = all.find((segment) => segment.name === name)?.rule ?? null
      if (rule === null) throw new Error(`no segment ${name}`)
      const context = await questionContext(needs, workspace, { maps: [], segment: rule }, 1)
      const rows = await stores.clickhouse.rows<{ customer: string }>(
        segmentCustomersQuery(
          segmentReadingAt(context, null),
          resolveSegments(rule, context.segment),
          { after: null, limit: 10_000 },
        ),
      )
      return rows.map(({ customer }) => customer).toSorted()
    },
    async told(name: string) {
      const rows = await asSystem(stores.database, (tx) =>
        tx
          .selectFrom('segment_changes')
          .select(['entered', 'cause', 'flap', 'at_ms'])
          .select(sql<string>`customer::text`.as('customer'))
          .where('segment_id', '=', `${slug}-${name}`)
          .orderBy('id')
          .execute(),
      )
      return rows.map(({ customer, at_ms, ...row }) => ({
        ...row,
        customer: unsigned(customer),
        hour: (at_ms - START) / HOUR,
      }))
    },
  }
}

test('[SM2] entering and leaving are told with their time and cause, once', async () => {
  const at = await room({ 'Bought lately': RULES['Bought lately'] ?? { kind: 'any', rules: [] } })
  await at.did('ann', 'order', 1)
  await at.keep()
  expect(await at.kept('Bought lately')).toEqual([String(at.key('ann'))])
  // Who was in it when it began to be watched did not enter.
  expect(await at.told('Bought lately')).toEqual([])
  at.now.ms += HOUR
  await at.did('bob', 'order')
  await at.keep()
  await at.keep()
  expect(await at.told('Bought lately')).toMatchObject([
    { customer: String(at.key('bob')), entered: true, cause: 'event', hour: 1 },
  ])
  // Looked at twenty hours later: both left at their own instants.
  at.now.ms += 20 * HOUR
  await at.keep()
  expect((await at.told('Bought lately')).slice(1)).toMatchObject([
    { customer: String(at.key('ann')), entered: false, cause: 'time', hour: 9 },
    { customer: String(at.key('bob')), entered: false, cause: 'time', hour: 11 },
  ])
})

test('[SM2] a long round that looked at everybody is done', async () => {
  const at = await room({ 'Bought lately': RULES['Bought lately'] ?? { kind: 'any', rules: [] } })
  await at.did('ann', 'order')
  await at.keep()
  // Her time has come, and then that of nobody else.
  at.now.ms += 11 * HOUR
  expect(await at.keepSlowly()).toBe(false)
  expect(await at.readToMs()).toBe(at.now.ms)
  expect(await at.kept('Bought lately')).toEqual([])
})

test('[SM4] leaving and coming back within five minutes is a flap', async () => {
  const at = await room({ Gold: RULES['Gold'] ?? { kind: 'any', rules: [] } })
  const plan = (value: string) =>
    at.send({
      identifies: [{ userId: 'ann', anonymousId: '', timeMs: at.now.ms, traits: { plan: value } }],
    })
  await at.keep()
  for (const [value, minutes] of [
    ['gold', 0],
    ['tin', 60],
    ['gold', 4],
    ['tin', 60],
    ['gold', 6],
  ] as const) {
    at.now.ms += minutes * 60_000
    await plan(value)
    await at.keep()
  }
  expect((await at.told('Gold')).map(({ entered, flap }) => [entered, flap])).toEqual([
    [true, false],
    [false, false],
    [true, true],
    [false, false],
    [true, false],
  ])
})

test('[SM5] a change of the rule counts anew and is marked as that', async () => {
  const at = await room({ Gold: RULES['Gold'] ?? { kind: 'any', rules: [] } })
  await at.did('ann', 'view')
  await at.did('bob', 'order')
  await at.send({
    identifies: [{ userId: 'ann', anonymousId: '', timeMs: at.now.ms, traits: { plan: 'gold' } }],
  })
  await at.keep()
  await inWorkspace(stores.database, at.id, (tx) =>
    updateSegment(
      tx,
      at.segment('Gold'),
      1,
      { name: 'Gold', description: '', rule: RULES['Bought lately'] ?? { kind: 'any', rules: [] } },
      null,
    ),
  )
  at.now.ms += HOUR
  await at.keep()
  expect(await at.kept('Gold')).toEqual([String(at.key('bob'))])
  expect(await at.told('Gold')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ customer: String(at.key('ann')), entered: false, cause: 'rule' }),
      expect.objectContaining({ customer: String(at.key('bob')), entered: true, cause: 'rule' }),
    ]),
  )
  expect(await at.told('Gold')).toHaveLength(2)
})

test('[DC11] imports are marked as changes of data, merges count at once', async () => {
  const at = await room({ 'Spent much': RULES['Spent much'] ?? { kind: 'any', rules: [] } })
  await at.keep()
  await at.did('ann', 'order', 1, IMPORTED)
  await at.did('ann', 'order', 2, IMPORTED)
  await at.did('bob', 'order', 1)
  await at.did('cat', 'order', 1)
  await at.keep()
  expect(await at.told('Spent much')).toMatchObject([{ cause: 'data', entered: true }])
  const pair = { customer: at.key('bob'), into: at.key('cat') }
  await mergeCustomers(store, at.id, pair, at.now.ms)
  await at.keep()
  expect((await at.told('Spent much')).slice(1)).toMatchObject([
    { customer: String(at.key('cat')), cause: 'identity', entered: true },
  ])
  await unmergeCustomers(store, at.id, pair, at.now.ms)
  await at.keep()
  expect((await at.told('Spent much')).slice(2)).toMatchObject([
    { customer: String(at.key('cat')), cause: 'identity', entered: false },
  ])
})

test('[SM2] what nobody waits for any more is forgotten; what was told stays', async () => {
  const at = await room({ Gold: RULES['Gold'] ?? { kind: 'any', rules: [] } })
  await at.keep()
  await at.send({
    identifies: [{ userId: 'ann', anonymousId: '', timeMs: at.now.ms, traits: { plan: 'gold' } }],
  })
  await at.keep()
  await inWorkspace(stores.database, at.id, (tx) => waitNoMore(tx, at.segment('Gold'), 'people'))
  await at.keep()
  expect(await at.kept('Gold')).toEqual([])
  expect(await at.told('Gold')).toHaveLength(1)
})

const USERS = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay']
const user = fc.constantFrom(...USERS)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      fc.constant('did'),
      user,
      fc.constantFrom('view', 'order', 'help'),
      fc.nat(30),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('imported'),
      user,
      fc.constantFrom('view', 'order'),
      fc.nat(30),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constant('plan'), user, fc.constantFrom('gold', 'tin'), fc.nat(5)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('group'), user, user, fc.nat(5)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('merge'), user, user, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('undo'), user, user, fc.constant(0)) },
  { weight: 3, arbitrary: fc.tuple(fc.constant('wait'), user, user, fc.nat(7)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('killed'), user, user, fc.constant(0)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('fold'), user, user, fc.constant(0)) },
)

test('[SM3] whatever happens, the watched membership is the counted one, and what was told adds up to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 16, maxLength: 20 }), async (steps) => {
      const at = await room(RULES)
      let n = 0
      for (const [what, one, other, number] of steps) {
        if (what === 'did') {
          const properties = number % 2 === 0 ? { item: 'shoe' } : {}
          // Orders of several: only one of them holds each.
          const orderId = other === 'order' && number % 3 === 0 ? `o${number % 2}` : ''
          await at.did(one, other, number / 2, PROGRAM, { properties, orderId })
        } else if (what === 'imported') await at.did(one, other, number, IMPORTED)
        else if (what === 'plan') {
          const timeMs = at.now.ms - number * HOUR
          await at.send({
            identifies: [{ userId: one, anonymousId: '', timeMs, traits: { plan: other } }],
          })
        } else if (what === 'group') {
          const [groupId, plan] = [number % 2 === 0 ? 'acme' : 'hooli', number < 3 ? 'gold' : 'tin']
          const { ms } = at.now
          await at.send({
            groups: [{ userId: one, anonymousId: '', groupId, timeMs: ms, traits: { plan } }],
          })
        } else if (what === 'merge' && one !== other) {
          await mergeCustomers(
            store,
            at.id,
            { customer: at.key(one), into: at.key(other) },
            at.now.ms,
          )
        } else if (what === 'undo') {
          await unmergeCustomers(
            store,
            at.id,
            { customer: at.key(one), into: at.key(other) },
            at.now.ms,
          )
        } else if (what === 'wait') at.now.ms += number * HOUR + 1234
        else if (what === 'killed') await at.keepInVain()
        else await fold(stores, at.id, { nowMs: at.now.ms })
        n += 1
        if (n % 5 !== 0) continue
        await at.keep()
        for (const name of Object.keys(RULES)) {
          expect([name, await at.kept(name)]).toEqual([name, await at.counted(name)])
        }
      }
      for (const name of Object.keys(RULES)) {
        // Of each customer entering and leaving follow each other.
        const last = new Map<string, boolean>()
        for (const { customer, entered } of await at.told(name)) {
          expect(last.get(customer) ?? !entered).toBe(!entered)
          last.set(customer, entered)
        }
        const members = new Set(await at.kept(name))
        for (const [customer, entered] of last) expect(members.has(customer)).toBe(entered)
      }
    }),
    { numRuns: 1 },
  )
}, 240_000)
