import type { LivingMapAnswer } from '@parcurs/analytics'
import type { JourneyMap, MapChange, MapDocument, MatchRule } from '@parcurs/domain'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'

// apps/server SPEC.md, "Maps": [MA6], [MA8]–[MA14]: the document of a map, its log, and who changes it.

const stores = await freshStores()
const { ask, peopled } = await testApp(stores)
const rule = (name: string): MatchRule => ({ kind: 'event', names: [name] })

interface Read {
  readonly version: number
  readonly document: MapDocument
}

/** A workspace with a map of two steps, and ways to edit it. */
async function drawn() {
  const { workspace, as } = await peopled()
  const base = `/api/workspaces/${workspace.slug}`
  const call = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object, who = as.editor) =>
    ask(who, method, `${base}${path}`, body)
  const touchpoint = async (name: string) => {
    const draft = { name, channel: 'web', ownerTeam: '', presence: 'digital', rule: rule(name) }
    return String(Reflect.get(Object((await call('POST', '/touchpoints', draft)).body), 'id'))
  }
  const [see, pay] = [await touchpoint('see'), await touchpoint('pay')]
  const step = (name: string, id: string) => ({
    id: name,
    name,
    touchpointIds: [id],
    optional: false,
    momentOfTruth: false,
    believedEmotion: null,
  })
  const draft = {
    name: 'Shop',
    goal: { touchpointId: pay, valued: false },
    windowDays: 30,
    stages: [{ id: 'all', kind: 'own', name: 'All', steps: [step('see', see), step('pay', pay)] }],
  }
  const map = (await call('POST', '/maps', draft)).body as JourneyMap
  const path = `/maps/${map.id}`
  const read = async (at = '') => (await call('GET', `${path}/document${at}`)).body as Read
  const edit = (client: string, seq: number, changes: readonly MapChange[], careful = false) =>
    call('POST', `${path}/changes`, { client, edits: [{ seq, changes, careful }] })
  return { workspace, as, call, map, path, read, edit, draft, touchpoint }
}

const put = (table: MapChange['table'], id: string, to: object): MapChange => ({
  table,
  id,
  from: null,
  to: { ...to },
})
const named = (name: string, seen: string): MapChange => ({
  table: 'map',
  id: 'map',
  from: { name: seen },
  to: { name },
})

test('[MA8] an edit is done once, however often it is sent, and the log tells what was done by whom', async () => {
  const { call, path, read, edit } = await drawn()
  const lane = put('lanes', 'pains', { role: 'pains', title: 'What hurts', rank: 'a0' })
  expect(await edit('window-of-ann', 1, [lane])).toMatchObject({
    status: 200,
    body: { version: 1, answers: [{ seq: 1, version: 1 }] },
  })
  expect(await edit('window-of-bob', 1, [named('Our shop', 'Shop')])).toMatchObject({
    body: { version: 2 },
  })
  expect(await edit('window-of-ann', 1, [lane])).toMatchObject({
    body: { version: 2, answers: [{ seq: 1, version: 1 }] },
  })
  const { document, version } = await read()
  expect(version).toBe(2)
  expect(document.lanes).toMatchObject({
    pains: { role: 'pains', title: 'What hurts', hidden: false },
  })
  expect(await call('GET', `${path}/changes?after=1`)).toMatchObject({
    body: {
      version: 2,
      edits: [{ version: 2, seq: 1, done: [{ from: { name: 'Shop' }, to: { name: 'Our shop' } }] }],
    },
  })
  expect((await call('GET', path)).body).toMatchObject({ name: 'Our shop', version: 2 })
})

test('[MA8] edits that two people send at the same time are all done, in one order', async () => {
  const { read, edit } = await drawn()
  const cards = Array.from({ length: 20 }, (_, i) =>
    edit(`window-${i % 4}-x`, 1 + Math.floor(i / 4), [
      put('cards', `c${i}`, { step: 'see', text: `${i}` }),
    ]),
  )
  const answers = await Promise.all(cards)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const { document, version } = await read()
  expect(version).toBe(20)
  expect(Object.keys(document.cards)).toHaveLength(20)
})

test('[MA9] the document is what it was at every version, also behind where it was written out', async () => {
  const { call, workspace, map, path, read } = await drawn()
  const edits = Array.from({ length: 150 }, (_, i) => ({
    seq: i + 1,
    changes: [put('cards', `c${i}`, { step: 'see', text: `${i}` })],
  }))
  const sent = { client: 'window-of-ann', edits: edits.slice(0, 70) }
  expect(await call('POST', `${path}/changes`, sent)).toMatchObject({ body: { version: 70 } })
  await call('POST', `${path}/changes`, { ...sent, edits: edits.slice(60) })
  const { document, version } = await read()
  expect(version).toBe(150)
  expect(Object.keys(document.cards)).toHaveLength(150)
  const stored = await inWorkspace(stores.database, workspace.id, (tx) =>
    tx.selectFrom('maps').selectAll().where('id', '=', map.id).executeTakeFirstOrThrow(),
  )
  expect(stored).toMatchObject({
    written_version: 150,
    document_version: 150,
    format: 3,
    version: 1,
  })
  expect(Object.keys((await read('?version=65')).document.cards)).toHaveLength(65)
  expect((await read('?version=0')).document.cards).toEqual({})
  expect(await call('GET', `${path}/document?version=151`)).toMatchObject({ status: 404 })
})

test('[MA10] refused by code, each edit by itself: rows that are gone, and what the workspace does not have', async () => {
  const { call, path, edit, read, map } = await drawn()
  const other = await drawn()
  const set = (to: MapChange['to']): MapChange => ({ table: 'steps', id: 'see', from: {}, to })
  const bad = [
    set({ touchpointIds: ['gone'] }),
    set({ detailMapId: other.map.id }),
    set({ detailMapId: map.id }),
    put('cards', 'c', { step: 'gone' }),
  ]
  const edits = [...bad, named('Good', 'Shop')].map((change, i) => ({
    seq: i + 1,
    changes: [change],
  }))
  expect(await call('POST', `${path}/changes`, { client: 'window-of-ann', edits })).toMatchObject({
    status: 200,
    body: {
      version: 1,
      answers: [
        { seq: 1, refused: 'touchpoint-unknown' },
        { seq: 2, refused: 'detail-unknown' },
        { seq: 3, refused: 'detail-circle' },
        { seq: 4, refused: 'parent-gone' },
        { seq: 5, version: 1 },
      ],
    },
  })
  expect((await read()).document.map).toMatchObject({ map: { name: 'Good' } })
  // What is no change at all is refused as every body is, and by place.
  const odd = { table: 'steps', id: 'see', from: {}, to: { windowDays: 'x', name: 'a\u0007b' } }
  const answered = await edit('window-of-ann', 9, [odd as unknown as MapChange])
  expect(answered.status).toBe(400)
  expect(JSON.stringify(answered.body)).toContain('body.edits[0].changes[0].to')
  const proto = JSON.parse('{"table":"cards","id":"__proto__","from":null,"to":{}}') as MapChange
  expect((await edit('window-of-ann', 10, [proto])).status).toBe(400)
})

test('[MA11] a whole journey takes the place of the one that was edited; lanes and cards stay', async () => {
  const { call, path, edit, read, draft } = await drawn()
  await edit('window-of-ann', 1, [
    put('lanes', 'pains', { role: 'pains', rank: 'a0' }),
    put('cards', 'c1', { step: 'see', lane: 'pains', text: 'Slow' }),
    put('cards', 'c2', { step: 'pay', lane: 'pains', text: 'Dear' }),
  ])
  // Cards are no journey: the version that a program has read still stands.
  const [stage] = draft.stages
  const shorter = { ...draft, stages: [{ ...stage, steps: stage?.steps.slice(0, 1) }], version: 1 }
  expect(await call('PUT', path, shorter)).toMatchObject({ status: 200, body: { version: 2 } })
  expect(await call('PUT', path, shorter)).toMatchObject({ status: 409 })
  const { document } = await read()
  expect(Object.keys(document.cards)).toEqual(['c1'])
  expect(Object.keys(document.lanes)).toEqual(['pains'])
  // An edit like any other: it is in the log.
  expect((await read('?version=1')).document.cards).toHaveProperty('c2')
})

test('[MA12] who wrote a comment is said by the server; what is put back keeps its author', async () => {
  const { call, as, path, edit, read } = await drawn()
  const comment = put('comments', 'q', { step: 'see', text: 'Really?' })
  await edit('window-of-ann', 1, [comment])
  const { document } = await read()
  const author = document.comments['q']?.author
  expect(author).toEqual(expect.any(Number))
  expect(document.comments['q']?.writtenAtMs).toEqual(expect.any(Number))
  const forged = put('comments', 'x', { step: 'see', text: 'Me', author: 1 })
  expect((await edit('window-of-ann', 2, [forged])).status).toBe(400)
  const byOwner = (seq: number, change: MapChange) =>
    call(
      'POST',
      `${path}/changes`,
      { client: 'window-of-owner', edits: [{ seq, changes: [change], careful: true }] },
      as.owner,
    )
  await byOwner(1, { table: 'comments', id: 'q', from: {}, to: null })
  expect((await read()).document.comments).toEqual({})
  await byOwner(2, comment)
  expect((await read()).document.comments['q']).toMatchObject({ author })
  const viewed = await call(
    'POST',
    `${path}/changes`,
    { client: 'window-of-eve', edits: [{ seq: 1, changes: [comment] }] },
    as.viewer,
  )
  expect(viewed.status).toBe(403)
})

test('[MA13] a map is made again what it was, which is an edit too', async () => {
  const { call, path, edit, read } = await drawn()
  await edit('window-of-ann', 1, [named('Second', 'Shop'), put('stages', 'more', { rank: 'a5' })])
  await edit('window-of-ann', 2, [{ table: 'stages', id: 'all', from: {}, to: null }])
  const before = await read('?version=1')
  expect(await call('POST', `${path}/restore`, { version: 1 })).toMatchObject({
    body: { version: 3 },
  })
  expect((await read()).document).toEqual(before.document)
  expect((await read('?version=2')).document.steps).toEqual({})
  expect(await call('POST', `${path}/restore`, { version: 99 })).toMatchObject({ status: 404 })
})

test('[MA6] a map of an earlier format is read in today’s, and written in it with the next edit', async () => {
  const { workspace, map, edit, read } = await drawn()
  await inWorkspace(stores.database, workspace.id, async (tx) => {
    await sql`update maps set format = 2, document = journey where id = ${map.id}`.execute(tx)
  })
  const { document } = await read()
  expect(Object.keys(document.steps)).toEqual(['see', 'pay'])
  await edit('window-of-ann', 1, [named('New', 'Shop')])
  const row = await inWorkspace(stores.database, workspace.id, (tx) =>
    tx
      .selectFrom('maps')
      .select(['format', 'written_version'])
      .where('id', '=', map.id)
      .executeTakeFirst(),
  )
  expect(row).toEqual({ format: 3, written_version: 1 })
  expect((await read('?version=0')).document).toEqual(document)
})

test('[MA14] a step without a touchpoint is drawn and not measured, a map without any is answered', async () => {
  const { call, map, edit } = await drawn()
  const asked = async () => {
    const question = {
      version: 1,
      kind: 'living-map',
      mapId: map.id,
      period: { fromMs: 0, toMs: 86_400_000 },
      segment: null,
      compareTo: null,
      windowDays: null,
    }
    const { status, body } = await call('POST', '/ask', { question })
    expect(status).toBe(200)
    return (body as LivingMapAnswer).measured
  }
  await edit('window-of-ann', 1, [
    { table: 'steps', id: 'see', from: {}, to: { touchpointIds: [] } },
    put('steps', 'new', { stage: 'all', rank: 'a5', name: 'Not known yet' }),
  ])
  expect((await asked()).steps.map(({ stepId }) => stepId)).toEqual(['pay'])
  await edit('window-of-ann', 2, [{ table: 'stages', id: 'all', from: {}, to: null }])
  expect(await asked()).toMatchObject({ steps: [], stages: [], entrants: 0, completionShare: null })
})
