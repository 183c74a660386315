import type { SegmentRule } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { fold } from '../journeys/fold.ts'
import { identityKey } from '../identity/identity-key.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Segments".

const stores = await freshStores()
const { app, ask, peopled, now } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const { workspace, as } = await peopled()
const base = `/api/workspaces/${workspace.slug}`
const DAY = 86_400_000

type Told = readonly [
  customer: string,
  name: string,
  daysAgo: number,
  properties?: Record<string, string>,
]
let sent = 0
async function happened(rows: readonly Told[], at = workspace.id): Promise<void> {
  const events = rows.map(([userId, name, daysAgo, properties = {}], position) => ({
    messageId: `m${++sent}`,
    type: 'track' as const,
    name,
    channel: name === 'visit' ? 'store' : 'web',
    path: '/p',
    userId,
    anonymousId: '',
    timeMs: now.ms - daysAgo * DAY,
    position,
    value: name === 'order' ? 500_000 : null,
    currency: name === 'order' ? 'EUR' : '',
    orderId: name === 'order' ? `o${sent}` : '',
    properties,
  }))
  await storeEvents(store, at, { events, identifies: [], groups: [], aliases: [] }, now.ms)
}
async function traits(userId: string, known: Record<string, string>, daysAgo = 0): Promise<void> {
  const identifies = [{ userId, anonymousId: '', timeMs: now.ms - daysAgo * DAY, traits: known }]
  await storeEvents(
    store,
    workspace.id,
    { events: [], identifies, groups: [], aliases: [] },
    now.ms,
  )
}
const keyOf = (user: string) => String(identityKey(workspace.id, 'user', user))

await happened([
  ['ann', 'order', 40],
  ['ann', 'order', 10],
  ['ann', 'view', 9, { item: 'shoe' }],
  ['bob', 'order', 5],
  ['bob', 'visit', 4],
  ['cat', 'view', 3],
  ['dan', 'visit', 100],
])
await traits('ann', { country: 'RO', email: 'ann@example.org' }, 50)
await traits('bob', { country: 'RO' }, 2)
await traits('cat', { country: 'GR' }, 2)
await traits('eve', { country: 'GR' }, 1)

const orders = (least: number, window: object = { kind: 'ever' }) => ({
  kind: 'did',
  event: { kind: 'event', names: ['order'] },
  times: { op: 'gte', value: least },
  window,
})
const romania = { kind: 'trait', trait: 'country', op: 'eq', value: 'RO' }
const buyers = { kind: 'all', rules: [orders(1)] }

async function saved(name: string, rule: object): Promise<string> {
  const { status, body } = await ask(as.editor, 'POST', `${base}/segments`, { name, rule })
  expect([status, body]).toMatchObject([201, { name }])
  return String(Reflect.get(Object(body), 'id'))
}
const get = async (path: string) => (await ask(as.viewer, 'GET', `${base}/segments/${path}`)).body

const buyersId = await saved('Buyers', buyers)
const romanId = await saved('Romania', romania)

test('[SG20] a saved segment is listed, changed with its version, and keeps what it was', async () => {
  const id = await saved('Changing', romania)
  expect(await get(id)).toMatchObject({ version: 1, ruleVersion: 1, fixed: false, size: null })
  const change = (given: object) => ask(as.editor, 'PUT', `${base}/segments/${id}`, given)
  expect(await change({ name: 'Changed', rule: romania, version: 1 })).toMatchObject({
    status: 200,
    body: { name: 'Changed', version: 2, ruleVersion: 1 },
  })
  expect(await change({ name: 'Changed', rule: orders(2), version: 2 })).toMatchObject({
    body: { version: 3, ruleVersion: 2 },
  })
  expect(await change({ name: 'Late', rule: romania, version: 2 })).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  expect(await change({ name: 'Buyers', rule: romania, version: 3 })).toMatchObject({
    status: 409,
    body: { code: 'already-there' },
  })
  expect(await get(`${id}/versions`)).toMatchObject([
    { version: 3, ruleVersion: 2, by: 'editor-2@example.com' },
    { version: 2, name: 'Changed' },
    { version: 1, name: 'Changing', rule: romania },
  ])
  expect(await ask(as.editor, 'DELETE', `${base}/segments/${id}`)).toMatchObject({ status: 204 })
})

test('[SG10] a segment names others; a circle is refused by name; what is used is not deleted', async () => {
  const inner = await saved('Inner', orders(1))
  const outer = await saved('Outer', { all: [{ saved: inner }, romania] })
  expect(await get(`${outer}/size`)).toMatchObject({ customers: 2, everybody: 5, share: 0.4 })
  expect(await get(outer)).toMatchObject({ size: { customers: 2, share: 0.4, atMs: now.ms } })
  const circle = await ask(as.editor, 'PUT', `${base}/segments/${inner}`, {
    name: 'Inner',
    rule: { any: [{ saved: outer }] },
    version: 1,
  })
  expect(circle).toMatchObject({
    status: 409,
    body: { code: 'segment-circle', faults: [{ place: 'body.rule.rules[0].id' }] },
  })
  expect(Reflect.get(Object(circle.body), 'detail')).toContain('Inner → Outer → Inner')
  expect(await get(`${inner}/used-by`)).toEqual([{ kind: 'segment', id: outer, name: 'Outer' }])
  const refused = await ask(as.editor, 'DELETE', `${base}/segments/${inner}`)
  expect(refused).toMatchObject({ status: 409, body: { code: 'in-use' } })
  expect(Reflect.get(Object(refused.body), 'detail')).toContain("'Outer'")
  for (const id of [`${inner}?anyway=true`, outer]) {
    expect(await ask(as.editor, 'DELETE', `${base}/segments/${id}`)).toMatchObject({ status: 204 })
  }
})

test('[SG21] a rule is previewed: how many, five of them, and what is nowhere yet', async () => {
  const preview = async (rule: object, atMs?: number) =>
    (
      await ask(as.viewer, 'POST', `${base}/segments/preview`, {
        rule,
        ...(atMs === undefined ? {} : { atMs }),
      })
    ).body
  expect(await preview(romania)).toMatchObject({
    customers: 2,
    everybody: 5,
    examples: [{ userId: 'bob' }, { userId: 'ann' }],
    unknown: [],
  })
  expect(await preview({ all: [] })).toMatchObject({
    customers: 5,
    examples: [
      { userId: 'cat' },
      { userId: 'bob' },
      { userId: 'ann' },
      { userId: 'dan' },
      { customer: keyOf('eve'), events: 0, lastMs: null },
    ],
  })
  expect(
    await preview({
      any: [
        { ...orders(1), event: { kind: 'event', names: ['order', 'ordr'] } },
        { kind: 'trait', trait: 'shoe_size', op: 'set' },
        { ...orders(1), event: { kind: 'property', property: 'item', op: 'set' } },
        { ...orders(1), event: { kind: 'property', property: 'colour', op: 'set' } },
      ],
    }),
  ).toMatchObject({
    unknown: [
      { place: 'rule.rules[0].event.names[1]', kind: 'event', name: 'ordr', nearest: ['order'] },
      { place: 'rule.rules[1].trait', kind: 'trait', name: 'shoe_size', nearest: [] },
      { place: 'rule.rules[3].event.property', kind: 'property', name: 'colour' },
    ],
  })
  // A day before bob ordered there was only ann.
  expect(await preview(buyers, now.ms - 6 * DAY)).toMatchObject({ customers: 1, everybody: 2 })
})

test('[SG22] who is in it, page by page, and why one customer is or is not', async () => {
  const first = await get(`${romanId}/customers?limit=1`)
  expect(first).toMatchObject({ total: 2, customers: [{ userId: 'bob', events: 2 }] })
  const next = String(Reflect.get(Object(first), 'next'))
  expect(await get(`${romanId}/customers?limit=1&after=${next}`)).toMatchObject({
    customers: [{ userId: 'ann' }],
    next: null,
  })
  const recent = await saved('Recent', {
    all: [romania, orders(1, { kind: 'hours', n: 240 })],
  })
  expect(await get(`${recent}/customers/${keyOf('bob')}`)).toMatchObject({
    member: true,
    untilMs: now.ms + 5 * DAY,
    parts: [
      { place: 'rule', kind: 'all', holds: true },
      { place: 'rule.rules[0]', kind: 'trait', holds: true, untilMs: null },
      { place: 'rule.rules[1]', kind: 'did', holds: true, untilMs: now.ms + 5 * DAY },
    ],
  })
  expect(await get(`${recent}/customers/${keyOf('ann')}`)).toMatchObject({
    member: false,
    parts: [{ holds: false }, { holds: true }, { holds: false, untilMs: null }],
  })
  expect(await get(`${recent}/customers/${keyOf('ann')}?atMs=${now.ms - 9 * DAY}`)).toMatchObject({
    member: true,
    untilMs: now.ms,
  })
  expect(await ask(as.viewer, 'GET', `${base}/segments/${recent}/customers/77`)).toMatchObject({
    status: 404,
  })
})

test('[SE5] the size over time, by who is who today', async () => {
  const points = await get(`${buyersId}/trend?fromMs=${now.ms - 45 * DAY}&toMs=${now.ms}&points=4`)
  expect(points).toMatchObject({
    identities: 'today',
    points: [
      { atMs: now.ms - 45 * DAY, customers: 0 },
      { atMs: now.ms - 30 * DAY, customers: 1 },
      { atMs: now.ms - 15 * DAY, customers: 1 },
      { atMs: now.ms, customers: 2, everybody: 5 },
    ],
  })
})

test('[SM1] who entered and left between two instants, where nobody watched', async () => {
  const lately = await saved('Lately', orders(1, { kind: 'hours', n: 10 * 24 + 1 }))
  const changes = await get(
    `${lately}/changes?fromMs=${now.ms - 35 * DAY}&toMs=${now.ms - 2 * DAY}`,
  )
  expect(changes).toMatchObject({
    kept: false,
    entered: 1,
    left: 0,
    stayed: 1,
    changes: expect.arrayContaining([
      expect.objectContaining({ label: 'bob', change: 'entered', cause: null }),
    ]),
  })
})

test('[SM1] overlap with others: counts, shares and Jaccard', async () => {
  expect(await get(`${buyersId}/overlap?with=${romanId}`)).toMatchObject({
    customers: 2,
    with: [{ name: 'Romania', customers: 2, both: 2, shareOfThis: 1, shareOfOther: 1, jaccard: 1 }],
  })
  const visitors = await saved('Visitors', {
    ...orders(1),
    event: { kind: 'event', names: ['visit'] },
  })
  // bob alone is in both; ann, bob and dan are in either.
  expect(await get(`${buyersId}/overlap?with=${visitors}`)).toMatchObject({
    with: [{ customers: 2, both: 1, shareOfThis: 0.5, jaccard: 1 / 3 }],
  })
})

test('[SG23] ids leave as CSV and as lines of JSON', async () => {
  const bytes = async (path: string) =>
    (await app.inject({ method: 'GET', url: `${base}/segments/${path}`, headers: as.editor })).body
  // Ids of everybody leave with those who may change things.
  expect((await ask(as.viewer, 'GET', `${base}/segments/${romanId}/export.csv`)).status).toBe(403)
  expect((await bytes(`${romanId}/export.csv`)).trim().split('\n').toSorted()).toEqual(
    [
      '"customer","kind","id"',
      `"${keyOf('ann')}","user","ann"`,
      `"${keyOf('bob')}","user","bob"`,
    ].toSorted(),
  )
  const lines = (await bytes(`${romanId}/export.jsonl`)).trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    expect.arrayContaining([{ customer: keyOf('ann'), userIds: ['ann'], anonymousIds: [] }]),
  )
})

test('[CV1] ids that a spreadsheet would run leave as guarded cells, and come back as what they are', async () => {
  const other = await peopled()
  const path = `/api/workspaces/${other.workspace.slug}/segments`
  const odd = ['=1+1', "'=1", '+40 722', '@sum', '-2-3', '\uFF1Dx', '+40722000000', '-7', 'plain']
  await happened(
    odd.map((id): Told => [id, 'visit', 1]),
    other.workspace.id,
  )
  const visited = { kind: 'did', event: { kind: 'event', names: ['visit'] } }
  const rule = { ...orders(1), ...visited }
  const made = await ask(other.as.editor, 'POST', path, { name: 'All', rule })
  const url = `${path}/${String(Reflect.get(Object(made.body), 'id'))}/export.csv`
  const { body } = await app.inject({ url, headers: other.as.editor })
  const ids = body
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.replace(/^"\d+","user","(.*)"$/, '$1'))
  expect(ids.toSorted()).toEqual(
    ["'=1+1", "''=1", "'+40 722", "'@sum", "'-2-3", "'\uFF1Dx", ...odd.slice(6)].toSorted(),
  )
  const again = await app.inject({
    method: 'POST',
    url: `${path}/import?name=Back`,
    headers: { ...other.as.editor, 'content-type': 'application/octet-stream' },
    payload: ids.join('\n'),
  })
  expect(JSON.parse(again.body)).toMatchObject({ customers: odd.length, notFound: { ids: 0 } })
})

test('[SG24] a list of ids is read however its lines end, and a line without end costs nothing', async () => {
  const lists = async (payload: string) => {
    const { body } = await app.inject({
      method: 'POST',
      url: `${base}/segments/import?name=List${payload.length}`,
      headers: { ...as.editor, 'content-type': 'application/octet-stream' },
      payload,
    })
    return JSON.parse(body) as unknown
  }
  const found = { ids: 3, customers: 2, notFound: { ids: 1, examples: ['nobody'] } }
  expect(await lists('\uFEFFann\r\n"bob"\rnobody')).toMatchObject(found)
  expect(await lists(`bob\n${'x'.repeat(5_000_000)}\nann\nnobody\n`)).toMatchObject(found)
})

test('[SG10] a frozen list stays what it was and follows its customers through a merge', async () => {
  const { body } = await ask(as.editor, 'POST', `${base}/segments/${buyersId}/freeze`, {
    name: 'Buyers then',
    atMs: now.ms - 6 * DAY,
  })
  const id = String(Reflect.get(Object(body), 'id'))
  expect(body).toMatchObject({ fixed: true, rule: { kind: 'in', of: 'list' } })
  expect(await get(`${id}/size`)).toMatchObject({ customers: 1 })
  await happened([['zoe', 'view', 1]])
  const merged = await ask(as.editor, 'POST', `${base}/customers/merge`, {
    customer: keyOf('ann'),
    into: keyOf('zoe'),
  })
  expect(merged).toMatchObject({ status: 200 })
  expect(await get(`${id}/customers`)).toMatchObject({
    total: 1,
    customers: [{ customer: keyOf('zoe') }],
  })
  await ask(as.editor, 'POST', `${base}/customers/unmerge`, {
    customer: keyOf('ann'),
    into: keyOf('zoe'),
  })
  expect(await get(`${id}/customers`)).toMatchObject({ customers: [{ customer: keyOf('ann') }] })
})

test('[SG24] ids are brought, and what was not found is said', async () => {
  const imported = await app.inject({
    method: 'POST',
    url: `${base}/segments/import?name=Brought`,
    headers: { ...as.editor, 'content-type': 'text/plain' },
    payload: '\uFEFFbob\r\n"cat"\nnobody\n\nbob\nANN@example.org\n',
  })
  expect([imported.statusCode, imported.json()]).toMatchObject([
    201,
    { ids: 4, customers: 3, notFound: { ids: 1, examples: ['nobody'] }, segment: { fixed: true } },
  ])
  expect(await get(`${imported.json().segment.id}/size`)).toMatchObject({ customers: 3 })
})

test('[SG27] a list is added to and taken from, by ids, under a new version', async () => {
  const made = await app.inject({
    method: 'POST',
    url: `${base}/segments/import?name=Changing`,
    headers: { ...as.editor, 'content-type': 'text/plain' },
    payload: 'bob\ncat\n',
  })
  const { id, rule, version } = made.json().segment
  const change = (body: object) => ask(as.editor, 'POST', `${base}/segments/${id}/list`, body)
  const named = await app.inject({
    method: 'POST',
    url: `${base}/segments`,
    headers: as.editor,
    payload: { name: 'By its list', rule },
  })
  const namedId: string = named.json().id
  expect(
    await change({ version, add: ['ANN@example.org', 'nobody'], remove: ['bob'] }),
  ).toMatchObject({
    status: 200,
    body: {
      customers: 2,
      notFound: { ids: 1, examples: ['nobody'] },
      segment: { fixed: true, version: version + 1, ruleVersion: 2 },
    },
  })
  expect(await get(`${id}/size`)).toMatchObject({ customers: 2 })
  // Whoever named the list itself keeps it as it was.
  expect(await get(`${namedId}/size`)).toMatchObject({ customers: 2 })
  expect((await ask(as.viewer, 'GET', `${base}/segments/${namedId}`)).body).toMatchObject({ rule })
  expect(await change({ version, add: ['bob'] })).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  expect(
    await ask(as.editor, 'POST', `${base}/segments/${romanId}/list`, { version: 1 }),
  ).toMatchObject({ status: 404 })
  for (const gone of [namedId, id]) {
    expect((await ask(as.editor, 'DELETE', `${base}/segments/${gone}`)).status).toBe(204)
  }
})

test('[SG28] all sizes and their growth are one question', async () => {
  const read = async (path: string) =>
    (await app.inject({ method: 'GET', url: `${base}/${path}`, headers: as.viewer })).json()
  const { fromMs, toMs, segments } = await read('segments/growth')
  const all: readonly { readonly id: string }[] = await read('segments')
  const { points } = await read(`segments/${romanId}/trend?fromMs=${fromMs}&toMs=${toMs}&points=2`)
  const grown = new Map(segments.map((one: { readonly id: string }) => [one.id, one]))
  expect([...grown.keys()]).toEqual(all.map(({ id }) => id))
  expect(grown.get(romanId)).toEqual({
    id: romanId,
    customers: points[1].customers,
    grewBy: points[1].customers - points[0].customers,
  })
})

test('[SG7] a segment made of a list of customers counts exactly them', async () => {
  const these = async (name: string, of: object) =>
    await ask(as.editor, 'POST', `${base}/segments/of-these`, { name, of })
  expect(await these('Searched', { search: 'bob' })).toMatchObject({
    status: 201,
    body: { customers: 1, segment: { fixed: true } },
  })
  expect(await these('Filtered', { segment: romania })).toMatchObject({
    body: { customers: 2, segment: { fixed: false, rule: romania } },
  })
})

test('[SG25] questions and lists take a saved segment, and say which', async () => {
  const question = {
    kind: 'sessions',
    segment: { saved: romanId },
  }
  const asked = await ask(as.viewer, 'POST', `${base}/ask`, { question })
  expect(asked).toMatchObject({
    status: 200,
    body: { definition: { segments: [{ id: romanId, name: 'Romania', version: 1 }] } },
  })
  const list = await ask(
    as.viewer,
    'GET',
    `${base}/customers?segment=${encodeURIComponent(JSON.stringify({ saved: buyersId }))}`,
  )
  expect(list.body).toMatchObject({ total: 2 })
  expect(
    await ask(as.viewer, 'POST', `${base}/ask`, {
      question: { kind: 'sessions', segment: { saved: 'sg_gone' } },
    }),
  ).toMatchObject({ status: 400, body: { faults: [{ code: 'segment-unknown' }] } })
  await fold(stores, workspace.id, { nowMs: now.ms })
  expect(await get(`${romanId}/size`)).toMatchObject({ customers: 2 })
})

const many = (n: number): SegmentRule => ({
  kind: 'any',
  rules: Array.from({ length: n }, () => ({ kind: 'trait', trait: 'a', op: 'set' }) as const),
})

test.each<readonly [object, string]>([
  [many(100), ''],
  [many(101), 'body.rule.rules'],
  [
    {
      ...romania,
      op: 'one-of',
      value: undefined,
      values: Array.from({ length: 10_000 }, (_, i) => `v${i}`),
    },
    '',
  ],
  [orders(1, { kind: 'hours', n: 876_000 }), ''],
  [orders(1, { kind: 'hours', n: 90_000_000 }), 'body.rule.window.n'],
  [{ ...romania, trait: "'; DROP TABLE lists; --", value: '\\ {p0:String} %_*' }, ''],
  [{ kind: 'trait', trait: 'a', op: 'between', least: '5', most: '4' }, 'body.rule.most'],
])('[SG26] bad input is answered or refused with its place: %#', async (rule, place) => {
  const { status, body } = await ask(as.viewer, 'POST', `${base}/segments/preview`, { rule })
  if (place === '') expect([status, body]).toMatchObject([200, { customers: expect.any(Number) }])
  else expect([status, body]).toMatchObject([400, { faults: [{ place }] }])
})
