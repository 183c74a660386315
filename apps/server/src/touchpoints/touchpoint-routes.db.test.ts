import type { IncomingEvent, MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { storeEvents } from '../collect/store-events.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Touchpoints": [TO2] counts, [TO3] preview, [TO4] refusals; "Maps": [MA1] [MA2].

const stores = await freshStores()
const { ask, peopled, now } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const { workspace, as } = await peopled()
const base = `/api/workspaces/${workspace.slug}`

const HOUR = 3_600_000
const event = (given: Partial<IncomingEvent> & { messageId: string }): IncomingEvent => ({
  type: 'track',
  name: 'view',
  channel: 'web',
  path: '/p/1',
  userId: 'ann',
  anonymousId: '',
  timeMs: now.ms - HOUR,
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
      event({ messageId: '1', properties: { price: '5' } }),
      event({ messageId: '2', properties: { price: '50' }, path: '/p/2' }),
      event({ messageId: '3', userId: 'bob', timeMs: now.ms - 40 * 24 * HOUR }),
      event({ messageId: '4', name: 'cart', userId: 'bob', timeMs: now.ms - 2 * HOUR }),
    ],
    identifies: [],
    groups: [],
    aliases: [],
  },
  now.ms,
)

const named = (...names: readonly string[]): MatchRule => ({ kind: 'event', names })
const draft = (name: string, rule: MatchRule) => ({
  name,
  channel: 'web',
  ownerTeam: 'Web',
  presence: 'digital',
  rule,
})

test('[TO2] the library counts what each touchpoint matches in 30 days, and when last ever', async () => {
  for (const [name, rule] of [
    ['Product', named('view')],
    ['Never', named('gone')],
    [
      'Dear',
      {
        kind: 'all',
        rules: [named('view'), { kind: 'property', property: 'price', op: 'gte', value: '10' }],
      },
    ],
  ] as const) {
    expect(await ask(as.editor, 'POST', `${base}/touchpoints`, draft(name, rule))).toMatchObject({
      status: 201,
    })
  }
  const { body } = await ask(as.viewer, 'GET', `${base}/touchpoints`)
  expect(body).toMatchObject([
    { name: 'Dear', events30d: 1, customers30d: 1, lastEventMs: now.ms - HOUR, version: 1 },
    { name: 'Never', events30d: 0, customers30d: 0, lastEventMs: null },
    { name: 'Product', events30d: 2, customers30d: 1, lastEventMs: now.ms - HOUR },
  ])
  const library = await ask(as.viewer, 'GET', `${base}/touchpoint-library`)
  expect(library.body).toMatchObject([{ name: 'Dear' }, { name: 'Never' }, { name: 'Product' }])
  expect(library.body).not.toMatchObject([{ events30d: 1 }, {}, {}])
})

test('[TO3] a preview counts over all time and shows the latest events', async () => {
  const rule = { kind: 'url', op: 'like', value: '/p/*' }
  const { status, body } = await ask(as.viewer, 'POST', `${base}/touchpoints/preview`, { rule })
  expect(status).toBe(200)
  expect(body).toMatchObject({
    events: 4,
    customers: 2,
    readsEvents: false,
    kinds: [
      { name: 'view', path: '/p/1', events: 2 },
      { name: 'view', path: '/p/2', events: 1 },
      { name: 'cart', path: '/p/1', events: 1 },
    ],
  })
  expect(Reflect.get(Object(body), 'examples')).toHaveLength(4)
  const priced = { kind: 'property', property: 'price', op: 'lte', value: '10' }
  expect(
    (await ask(as.viewer, 'POST', `${base}/touchpoints/preview`, { rule: priced })).body,
  ).toMatchObject({
    events: 1,
    readsEvents: true,
    examples: [{ name: 'view', properties: { price: '5' }, timeMs: now.ms - HOUR }],
  })
})

test('[TO4] refusals name the value, the place and what was expected', async () => {
  const post = (payload: object) => ask(as.editor, 'POST', `${base}/touchpoints`, payload)
  expect(await post(draft('Product', named('view')))).toMatchObject({
    status: 409,
    body: { code: 'already-there' },
  })
  expect(await post(draft('Empty', named()))).toMatchObject({
    status: 400,
    body: { code: 'value-invalid', faults: [{ place: 'body.rule.names', value: '[]' }] },
  })
  expect(await post({ ...draft('Odd', named('a')), rule: { kind: 'sometimes' } })).toMatchObject({
    status: 400,
  })
  expect(
    await ask(as.viewer, 'POST', `${base}/touchpoints`, draft('No', named('a'))),
  ).toMatchObject({
    status: 403,
  })
  const made = await post(draft('Twice', named('a')))
  const at = `${base}/touchpoints/${Reflect.get(Object(made.body), 'id')}`
  const changed = { ...draft('Twice', named('b')), version: 1 }
  expect(await ask(as.editor, 'PUT', at, changed)).toMatchObject({
    status: 200,
    body: { version: 2 },
  })
  expect(await ask(as.editor, 'PUT', at, changed)).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  expect(
    await ask(as.editor, 'PUT', at, { ...changed, version: 2, name: 'Product' }),
  ).toMatchObject({
    status: 409,
    body: { code: 'already-there' },
  })
})

test('[MA1] [MA2] a map is drawn, changed, listed and deleted; its touchpoints must exist and stay', async () => {
  const tp = (await ask(as.editor, 'POST', `${base}/touchpoints`, draft('Cart', named('cart'))))
    .body
  const touchpointId = String(Reflect.get(Object(tp), 'id'))
  const step = (id: string) => ({
    id: 's1',
    name: 'Cart',
    touchpointIds: [id],
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
  })
  const map = (id: string) => ({
    name: 'Shop',
    goal: null,
    windowDays: 30,
    stages: [{ id: 'a', kind: 'own', name: 'All', steps: [step(id)] }],
  })
  expect(await ask(as.editor, 'POST', `${base}/maps`, map('gone'))).toMatchObject({
    status: 400,
    body: { faults: [{ place: 'body.stages[0].steps[0].touchpointIds[0]', value: '"gone"' }] },
  })
  const made = await ask(as.editor, 'POST', `${base}/maps`, map(touchpointId))
  expect(made).toMatchObject({ status: 201, body: { version: 1 } })
  const at = `${base}/maps/${Reflect.get(Object(made.body), 'id')}`
  expect(await ask(as.editor, 'DELETE', `${base}/touchpoints/${touchpointId}`)).toMatchObject({
    status: 409,
    body: { code: 'in-use' },
  })
  const renamed = { ...map(touchpointId), name: 'Our shop', version: 1 }
  expect(await ask(as.editor, 'PUT', at, renamed)).toMatchObject({
    status: 200,
    body: { version: 2 },
  })
  expect(await ask(as.editor, 'PUT', at, renamed)).toMatchObject({ status: 409 })
  expect((await ask(as.viewer, 'GET', `${base}/maps`)).body).toMatchObject([
    { name: 'Our shop', steps: 1 },
  ])
  expect(await ask(as.editor, 'DELETE', at)).toMatchObject({ status: 204 })
  expect(await ask(as.viewer, 'GET', at)).toMatchObject({ status: 404 })
  expect(await ask(as.editor, 'DELETE', `${base}/touchpoints/${touchpointId}`)).toMatchObject({
    status: 204,
  })
})
