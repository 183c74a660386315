import type { LivingMapAnswer } from '@parcurs/analytics'
import type { IncomingEvent, JourneyMap, MatchRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Maps": [MA5] what is kept of a step, [MA7] detailed maps; "Living map": [LV6].

const stores = await freshStores()
const { ask, peopled, now } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })

const MINUTE = 60_000
const rule = (name: string): MatchRule => ({ kind: 'event', names: [name] })

/** A workspace with a touchpoint for each of these names, and a way to ask as its editor. */
async function library(...names: readonly string[]) {
  const { workspace, as } = await peopled()
  const base = `/api/workspaces/${workspace.slug}`
  const ids = new Map<string, string>()
  for (const name of names) {
    const draft = { name, channel: 'web', ownerTeam: '', presence: 'digital', rule: rule(name) }
    const { body } = await ask(as.editor, 'POST', `${base}/touchpoints`, draft)
    ids.set(name, String(Reflect.get(Object(body), 'id')))
  }
  const step = (name: string, change: object = {}) => ({
    id: name,
    name,
    touchpointIds: [ids.get(name)],
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
    ...change,
  })
  const map = (name: string, goal: string, ...steps: readonly object[]) => ({
    name,
    goal: { touchpointId: ids.get(goal), valued: false },
    windowDays: 1,
    stages: [{ id: 'all', kind: 'own', name: 'All', steps }],
  })
  const call = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    ask(as.editor, method, `${base}${path}`, body)
  const drawn = async (draft: object): Promise<JourneyMap> => {
    const { status, body } = await call('POST', '/maps', draft)
    expect(status).toBe(201)
    return body as JourneyMap
  }
  return { workspace, step, map, call, drawn }
}

test('[MA5] what a step says of its place, loops and detailed map is kept, also by a change', async () => {
  const { step, map, call, drawn } = await library('see', 'card', 'cash', 'paid')
  const pay = await drawn(map('Pay', 'paid', step('card'), step('paid')))
  const steps = [
    step('see', { repeatable: true }),
    step('card', { alternativeGroup: 'how', detailMapId: pay.id }),
    step('cash', { alternativeGroup: 'how' }),
    step('paid', { loopsTo: ['see', 'card'] }),
  ]
  const made = await drawn(map('Shop', 'paid', ...steps))
  const kept = (await call('GET', `/maps/${made.id}`)).body as JourneyMap
  expect(kept.stages[0]?.steps).toMatchObject(steps)
  const { id: _id, ...sent } = kept
  const changed = await call('PUT', `/maps/${made.id}`, { ...sent, name: 'Our shop' })
  expect(changed).toMatchObject({ status: 200, body: { name: 'Our shop', version: 2 } })
  expect((changed.body as JourneyMap).stages).toEqual(kept.stages)
  // Left out, as clients of before do: a plain step.
  expect(pay.stages[0]?.steps[0]).toMatchObject({
    alternativeGroup: null,
    loopsTo: [],
    repeatable: false,
    detailMapId: null,
  })
  const proposal = { ...map('Taken', 'paid', ...steps), touchpoints: [], leftOut: [] }
  const accepted = await call('POST', '/maps/accept', { proposal })
  const taken = await call('GET', `/maps/${Reflect.get(Object(accepted.body), 'mapId')}`)
  expect((taken.body as JourneyMap).stages).toEqual(kept.stages)
})

test('[MA5] steps that do not fit are refused by place and code', async () => {
  const { step, map, call, drawn } = await library('a', 'b', 'c')
  const other = await library('x')
  const theirs = await other.drawn(other.map('Theirs', 'x', other.step('x')))
  const refused = async (...steps: readonly object[]) => {
    const { status, body } = await call('POST', '/maps', map('M', 'a', ...steps))
    const faults: readonly { readonly code: string; readonly place: string }[] = Object(body).faults
    return [status, ...faults.map(({ code, place }) => [code, place])]
  }
  const place = 'body.stages[0].steps'
  const apart = { alternativeGroup: 'g' }
  expect(await refused(step('a', apart), step('b'), step('c', apart))).toEqual([
    400,
    ['alternatives-apart', `${place}[2].alternativeGroup`],
  ])
  expect(await refused(step('a', { loopsTo: ['b'] }), step('b', { loopsTo: ['gone'] }))).toEqual([
    400,
    ['loop-ahead', `${place}[0].loopsTo[0]`],
    ['loop-unknown', `${place}[1].loopsTo[0]`],
  ])
  expect(await refused(step('a', { detailMapId: theirs.id }))).toEqual([
    400,
    ['detail-unknown', `${place}[0].detailMapId`],
  ])
  const inner = await drawn(map('Inner', 'b', step('b')))
  const outer = await drawn(map('Outer', 'a', step('a', { detailMapId: inner.id })))
  const round = { ...map('Inner', 'b', step('b', { detailMapId: outer.id })), version: 1 }
  expect(await call('PUT', `/maps/${inner.id}`, round)).toMatchObject({
    status: 400,
    body: { faults: [{ code: 'detail-circle', value: JSON.stringify(outer.id) }] },
  })
})

test('[MA7] a map that another one links to is not deleted', async () => {
  const { step, map, call, drawn } = await library('a')
  const inner = await drawn(map('Inner', 'a', step('a')))
  const outer = await drawn(map('Outer', 'a', step('a', { detailMapId: inner.id })))
  const refused = await call('DELETE', `/maps/${inner.id}`)
  expect(refused).toMatchObject({ status: 409, body: { code: 'in-use' } })
  expect(String(Reflect.get(Object(refused.body), 'detail'))).toContain("'Outer'")
  expect(await call('DELETE', `/maps/${outer.id}`)).toMatchObject({ status: 204 })
  expect(await call('DELETE', `/maps/${inner.id}`)).toMatchObject({ status: 204 })
})

test('[LV6] a step tells entrants and completions of the map it links to, as that map does', async () => {
  const { workspace, step, map, call, drawn } = await library('see', 'card', 'code', 'paid')
  const pay = await drawn(map('Pay', 'paid', step('card'), step('code'), step('paid')))
  const shop = await drawn(
    map('Shop', 'paid', step('see'), step('card', { detailMapId: pay.id }), step('paid')),
  )
  const fromMs = now.ms - 10 * 86_400_000
  const told = (userId: string, ...names: readonly string[]) =>
    names.map(
      (name, i): IncomingEvent => ({
        messageId: `${userId}-${i}`,
        type: 'track',
        name,
        channel: 'web',
        path: '',
        userId,
        anonymousId: '',
        timeMs: fromMs + i * MINUTE,
        position: i,
        value: null,
        currency: '',
        orderId: '',
        properties: {},
      }),
    )
  const events = [
    ...told('ann', 'see', 'card', 'code', 'paid'),
    ...told('bob', 'see', 'card', 'code'),
    ...told('cid', 'see'),
    ...told('dan', 'code'),
  ]
  const batch = { events, identifies: [], groups: [], aliases: [] }
  await storeEvents(store, workspace.id, batch, now.ms)
  const answered = async (mapId: string) => {
    const question = {
      version: 1,
      kind: 'living-map',
      mapId,
      period: { fromMs, toMs: fromMs + 86_400_000 },
      segment: null,
      compareTo: null,
      windowDays: null,
    }
    const { status, body } = await call('POST', '/ask', { question })
    expect(status).toBe(200)
    return body as LivingMapAnswer
  }
  const { measured } = await answered(shop.id)
  expect(measured.steps.map(({ detail }) => detail)).toEqual([
    null,
    {
      mapId: pay.id,
      name: 'Pay',
      windowDays: 1,
      // Dan too entered it; of three Ann paid.
      entrants: 3,
      completions: 1,
      settled: 3,
      settledCompletions: 1,
      completionShare: 1 / 3,
      firstSettlesMs: null,
    },
    null,
  ])
  const own = (await answered(pay.id)).measured
  expect(measured.steps[1]?.detail).toMatchObject({
    entrants: own.entrants,
    completions: own.completions,
    completionShare: own.completionShare,
  })
  // A change of the detailed map is another answer.
  const { id: _id, ...sent } = pay
  await call('PUT', `/maps/${pay.id}`, { ...sent, name: 'Paying', goal: null })
  expect((await answered(shop.id)).measured.steps[1]?.detail).toMatchObject({
    name: 'Paying',
    completions: 0,
  })
})
