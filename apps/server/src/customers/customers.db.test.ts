import type { IncomingEvent, MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { openEventStore, storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { identityKey } from './identity-key.ts'

// apps/server SPEC.md, "Customers": [CU1] list and search, [CU2] behind a number, [CU3] the journey; "Vocabulary": [VO1].

const stores = await freshStores()
const { ask, peopled, now } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const { workspace, as } = await peopled()
const base = `/api/workspaces/${workspace.slug}`

const DAY = 86_400_000
const START = now.ms - 60 * DAY
const event = (
  messageId: string,
  name: string,
  day: number,
  given: Partial<IncomingEvent> = {},
): IncomingEvent => ({
  messageId,
  type: 'track',
  name,
  channel: 'web',
  path: '/p',
  userId: '',
  anonymousId: '',
  timeMs: START + day * DAY,
  position: 0,
  value: null,
  currency: '',
  orderId: '',
  properties: {},
  ...given,
})
await storeEvents(
  store,
  workspace.id,
  {
    events: [
      event('1', 'view', 0, { anonymousId: 'phone', properties: { item: 'shoe' } }),
      event('2', 'login', 1, { anonymousId: 'phone', userId: 'ann' }),
      event('3', 'cart', 2, { userId: 'ann' }),
      event('4', 'purchase', 3, { userId: 'ann', value: 123_000, currency: 'EUR' }),
      event('5', 'view', 4, { anonymousId: 'tablet' }),
      event('6', 'view', 5, { userId: 'bob' }),
      event('7', 'cart', 6, { userId: 'bob' }),
    ],
    identifies: [
      {
        userId: 'ann',
        anonymousId: '',
        timeMs: START,
        traits: { name: 'Ann Ionescu', plan: 'gold' },
      },
    ],
    groups: [],
    aliases: [],
  },
  now.ms,
)

const named = (name: string): MatchRule => ({ kind: 'event', names: [name] })
async function touchpoint(name: string): Promise<string> {
  const draft = { name, channel: 'web', ownerTeam: '', presence: 'digital', rule: named(name) }
  const { body } = await ask(as.editor, 'POST', `${base}/touchpoints`, draft)
  return String(Reflect.get(Object(body), 'id'))
}
const ids = [await touchpoint('view'), await touchpoint('cart'), await touchpoint('purchase')]
const made = await ask(as.editor, 'POST', `${base}/maps`, {
  name: 'Shop',
  goal: { touchpointId: ids[2], valued: true },
  windowDays: 14,
  stages: [
    {
      id: 'all',
      kind: 'own',
      name: 'All',
      steps: ids.map((id, i) => ({
        id: `s${i}`,
        name: `Step ${i}`,
        touchpointIds: [id],
        optional: false,
        momentOfTruth: false,
        believedEmotion: null,
      })),
    },
  ],
})
const mapId = String(Reflect.get(Object(made.body), 'id'))
const keyOf = (user: string) => String(identityKey(workspace.id, 'user', user))

test('[CU1] everybody, the latest first; found by id, name or key', async () => {
  const list = async (search = '') =>
    (await ask(as.viewer, 'GET', `${base}/customers?search=${encodeURIComponent(search)}`)).body
  expect(await list()).toMatchObject({
    total: 3,
    customers: [
      { label: 'bob', events: 2 },
      { label: 'tablet', events: 1 },
      { label: 'Ann Ionescu', userId: 'ann', events: 4, firstMs: START, lastMs: START + 3 * DAY },
    ],
  })
  for (const text of ['ann', 'phone', 'iONes', keyOf('ann')]) {
    expect([text, await list(text)]).toMatchObject([
      text,
      { total: 1, customers: [{ userId: 'ann' }] },
    ])
  }
  expect(await list('nobody')).toEqual({ total: 0, customers: [] })
})

test('[CU2] the customers behind a number of the map', async () => {
  const behind = async (stepId: string, state: string) => {
    const query = `mapId=${mapId}&stepId=${stepId}&state=${state}&fromMs=${START}&toMs=${START + 30 * DAY}`
    return (await ask(as.viewer, 'GET', `${base}/customers?${query}`)).body
  }
  expect(await behind('s0', 'visited')).toMatchObject({ total: 3 })
  expect(await behind('s0', 'left')).toMatchObject({
    total: 1,
    customers: [{ label: 'tablet', atMs: START + 4 * DAY }],
  })
  expect(await behind('s1', 'left')).toMatchObject({ total: 1, customers: [{ label: 'bob' }] })
  expect(await behind('s0', 'moved-on')).toMatchObject({ total: 2 })
  expect(await behind('s2', 'in-progress')).toEqual({ total: 0, customers: [] })
  expect(await ask(as.viewer, 'GET', `${base}/customers?mapId=${mapId}&stepId=gone`)).toMatchObject(
    {
      status: 404,
    },
  )
})

test('[CU3] every event of a customer in order, with touchpoint and step, from all identities', async () => {
  const journey = async (key: string, query = `?mapId=${mapId}`) =>
    await ask(as.viewer, 'GET', `${base}/customers/${key}/journey${query}`)
  const { body } = await journey(keyOf('ann'))
  expect(body).toMatchObject({
    customer: keyOf('ann'),
    label: 'Ann Ionescu',
    traits: { name: 'Ann Ionescu', plan: 'gold' },
    total: 4,
    events: [
      {
        name: 'view',
        identity: 'phone',
        stepId: 's0',
        touchpointId: ids[0],
        properties: { item: 'shoe' },
      },
      { name: 'login', identity: 'ann', stepId: null, touchpointId: null },
      { name: 'cart', stepId: 's1' },
      { name: 'purchase', stepId: 's2', value: 12.3, currency: 'EUR', timeMs: START + 3 * DAY },
    ],
  })
  expect(Reflect.get(Object(body), 'identities')).toMatchObject([
    { kind: 'user', value: 'ann', events: 3 },
    { kind: 'anonymous', value: 'phone', events: 1 },
  ])
  // The device's own key leads to its owner.
  const device = String(identityKey(workspace.id, 'anonymous', 'phone'))
  expect((await journey(device, '')).body).toMatchObject({ customer: keyOf('ann') })
  const early = await journey(keyOf('ann'), `?beforeMs=${START + DAY}`)
  expect(early.body).toMatchObject({ total: 4, events: [{ name: 'view', touchpointId: ids[0] }] })
  expect(await journey('12345')).toMatchObject({ status: 404 })
  expect(await journey('99999999999999999999')).toMatchObject({ status: 404 })
})

test('[VO1] the words that events use, most frequent first', async () => {
  const { body } = await ask(as.viewer, 'GET', `${base}/vocabulary`)
  expect(body).toMatchObject({
    events: [
      { name: 'view', events: 3, lastMs: START + 5 * DAY },
      { name: 'cart', events: 2 },
      { name: 'login', events: 1 },
      { name: 'purchase', events: 1 },
    ],
    channels: [{ value: 'web', events: 7 }],
    paths: [{ value: '/p', events: 7 }],
    properties: [{ name: 'item', events: 1, values: ['shoe'] }],
    traits: [
      { name: 'name', customers: 1, values: ['Ann Ionescu'] },
      { name: 'plan', customers: 1, values: ['gold'] },
    ],
  })
})
