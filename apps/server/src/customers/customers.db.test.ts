import type { IncomingEvent, MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { identityKey } from '../identity/identity-key.ts'

// apps/server SPEC.md, "Customers": [CU1] list and search, [CU2] behind a number, [CU3] the journey, [CU4] segment,
// [CU5] answers; "Vocabulary": [VO1].

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
    groups: [
      {
        userId: 'bob',
        anonymousId: '',
        groupId: 'acme',
        timeMs: START,
        traits: { company: 'Σωκράτης Foods' },
      },
    ],
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

test('[CU1] everybody, the latest first; found by a part of an id, of a trait or of the group’s, or by key', async () => {
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
  for (const [text, userId] of [
    ['ann', 'ann'],
    ['phon', 'ann'],
    ['iONes', 'ann'],
    [keyOf('ann'), 'ann'],
    ['BO', 'bob'],
    ['σωκράτης', 'bob'],
    ['acm', 'bob'],
  ]) {
    expect([text, await list(text)]).toMatchObject([text, { total: 1, customers: [{ userId }] }])
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

const segment = (...conditions: readonly object[]) =>
  `segment=${encodeURIComponent(JSON.stringify({ conditions }))}`

test('[CU4] a segment holds for the customers behind a number, and for every other list', async () => {
  const within = `mapId=${mapId}&fromMs=${START}&toMs=${START + 30 * DAY}`
  const list = async (query: string) =>
    (await ask(as.viewer, 'GET', `${base}/customers?${query}`)).body
  const gold = segment({ trait: 'plan', op: 'eq', value: 'gold' })
  const others = segment({ trait: 'plan', op: 'ne', value: 'gold' })
  const shoe = segment({ property: 'item', op: 'eq', value: 'shoe' })
  expect(await list(`${within}&stepId=s0&state=visited&${gold}`)).toMatchObject({
    total: 1,
    customers: [{ userId: 'ann' }],
  })
  expect(await list(`${within}&stepId=s0&state=visited&${shoe}`)).toMatchObject({ total: 1 })
  expect(await list(`${within}&stepId=s0&state=moved-on&${others}`)).toMatchObject({
    total: 1,
    customers: [{ label: 'bob' }],
  })
  expect(await list(`${within}&stepId=s0&state=left&${gold}`)).toEqual({ total: 0, customers: [] })
  // The same number as the map's own, for the same segment.
  const question = {
    version: 1,
    kind: 'living-map',
    mapId,
    period: { fromMs: START, toMs: START + 30 * DAY },
    segment: { conditions: [{ trait: 'plan', op: 'ne', value: 'gold' }] },
    compareTo: null,
    windowDays: null,
  }
  expect((await ask(as.viewer, 'POST', `${base}/ask`, { question })).body).toMatchObject({
    measured: { steps: [{ customers: 2, movedOn: 1, left: 1 }, { left: 1 }, {}] },
  })
  expect(await list(others)).toMatchObject({ total: 2 })
  expect(await list(`search=an&${others}`)).toEqual({ total: 0, customers: [] })
  expect(
    await ask(
      as.viewer,
      'GET',
      `${base}/customers?segment=${encodeURIComponent('{"conditions":')}`,
    ),
  ).toMatchObject({ status: 400, body: { code: 'value-invalid' } })
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
      { name: 'view', events: 3, firstMs: START, lastMs: START + 5 * DAY },
      { name: 'cart', events: 2 },
      { name: 'login', events: 1 },
      { name: 'purchase', events: 1 },
    ],
    channels: [{ value: 'web', events: 7 }],
    paths: [{ value: '/p', events: 7 }],
    properties: [{ name: 'item', events: 1, values: ['shoe'] }],
    traits: [
      { name: 'group', customers: 1, values: ['acme'] },
      { name: 'group.account.company', customers: 1, values: ['Σωκράτης Foods'] },
      { name: 'name', customers: 1, values: ['Ann Ionescu'] },
      { name: 'plan', customers: 1, values: ['gold'] },
    ],
  })
})

test('[CU5] the answers behind a step’s emotion, the latest first, with words, customer and segment', async () => {
  const { workspace: other, as: theirs } = await peopled()
  const answer = (
    messageId: string,
    name: string,
    day: number,
    who: string,
    properties: Readonly<Record<string, string>>,
  ) => event(messageId, name, day, { userId: who, path: '', properties })
  const answers = [
    answer('a1', 'survey_answered', 10, 'ann', {
      survey: 'csat',
      score: '2',
      touchpoint: ' VIEW',
      comment: 'Too many pictures',
    }),
    answer('a2', 'nps_answered', 12, 'bob', { score: '9', touchpoint: ids[0] ?? '' }),
    answer('a3', 'survey_answered', 13, 'bob', { ces: '7', touchpoint: 'cart' }),
    answer('a4', 'survey_answered', 45, 'bob', { ces: '7', touchpoint: 'view' }),
    answer('a5', 'survey_answered', 14, 'bob', { ces: '7', touchpoint: 'nowhere' }),
  ]
  const batch = { identifies: [], groups: [], aliases: [] }
  await storeEvents(store, workspace.id, { events: answers, ...batch }, now.ms)
  await storeEvents(store, other.id, { events: answers, ...batch }, now.ms)
  const said = async (step: string, more = '') =>
    await ask(
      as.viewer,
      'GET',
      `${base}/maps/${mapId}/steps/${step}/feedback?fromMs=${START}&toMs=${START + 30 * DAY}${more}`,
    )
  expect((await said('s0')).body).toEqual({
    total: 2,
    answers: [
      {
        customer: keyOf('bob'),
        label: 'bob',
        timeMs: START + 12 * DAY,
        scale: 'nps',
        score: 9,
        emotion: 2,
        event: 'nps_answered',
        channel: 'web',
        touchpointId: ids[0],
        comment: null,
      },
      {
        customer: keyOf('ann'),
        label: 'Ann Ionescu',
        timeMs: START + 10 * DAY,
        scale: 'csat',
        score: 2,
        emotion: -1,
        event: 'survey_answered',
        channel: 'web',
        touchpointId: ids[0],
        comment: 'Too many pictures',
      },
    ],
  })
  expect((await said('s0', '&limit=1')).body).toMatchObject({ total: 2, answers: [{ score: 9 }] })
  const gold = segment({ trait: 'plan', op: 'eq', value: 'gold' })
  expect((await said('s0', `&${gold}`)).body).toMatchObject({ total: 1, answers: [{ score: 2 }] })
  expect((await said('s2')).body).toEqual({ total: 0, answers: [] })
  expect(await said('gone')).toMatchObject({ status: 404 })
  const path = `/maps/${mapId}/steps/s0/feedback`
  expect(await ask(theirs.viewer, 'GET', `${base}${path}`)).toMatchObject({ status: 404 })
  expect(await ask(theirs.viewer, 'GET', `/api/workspaces/${other.slug}${path}`)).toMatchObject({
    status: 404,
  })
})

test('[CU5] an answer that names no touchpoint counts for the step of its own event', async () => {
  const reviewed = await touchpoint('review_posted')
  const { body } = await ask(as.editor, 'POST', `${base}/maps`, {
    name: 'Reviews',
    goal: null,
    windowDays: 14,
    stages: [
      {
        id: 'all',
        kind: 'own',
        name: 'All',
        steps: [
          {
            id: 'r',
            name: 'Review',
            touchpointIds: [reviewed],
            optional: false,
            momentOfTruth: false,
            believedEmotion: null,
          },
        ],
      },
    ],
  })
  const review = event('r1', 'review_posted', 20, {
    userId: 'ann',
    properties: { rating: '4.5', text: 'Fits' },
  })
  await storeEvents(
    store,
    workspace.id,
    { events: [review], identifies: [], groups: [], aliases: [] },
    now.ms,
  )
  const id = String(Reflect.get(Object(body), 'id'))
  const period = `fromMs=${START}&toMs=${now.ms}`
  expect(
    (await ask(as.viewer, 'GET', `${base}/maps/${id}/steps/r/feedback?${period}`)).body,
  ).toMatchObject({
    total: 1,
    answers: [
      { scale: 'csat', score: 4.5, touchpointId: null, comment: 'Fits', label: 'Ann Ionescu' },
    ],
  })
})
