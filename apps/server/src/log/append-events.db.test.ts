import { compile, param, sql } from '@parcurs/analytics'
import type { IncomingEvent } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { appendEvents } from './append-events.ts'
import { encodeEvents, eventRow } from './encode-events.ts'
import { openEventStore } from './event-store.ts'
import type { MessageSpace } from './message-space.ts'
import { NOTHING_STATED } from './stated-facts.ts'
import { prepareEvents } from './prepared-events.ts'

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const DAY = Date.UTC(2026, 10, 22)

function event(messageId: string, timeMs = DAY): IncomingEvent {
  return {
    type: 'track',
    name: 'view',
    channel: 'web',
    path: '',
    userId: 'ann',
    anonymousId: '',
    messageId,
    timeMs,
    position: 0,
    value: null,
    currency: '',
    orderId: '',
    properties: {},
  }
}

async function prepared(
  workspace: number,
  events: readonly IncomingEvent[],
  space: MessageSpace = 'server',
) {
  const rows = events.map((one) => eventRow(workspace, one, { kind: 1, source: 1234, space }))
  const given = {
    events: encodeEvents(workspace, rows),
    formerWords: null,
    answers: [],
    stated: NOTHING_STATED,
  }
  return await prepareEvents(store, workspace, given, { ahead: false })
}

const nothing = async () => {}

test('[LO3] a message is appended once, and the first and last instant of what was are told', async () => {
  const { id } = await testWorkspace(stores)
  const first = await prepared(id, [event('a', DAY + 5), event('b', -9), event('a', DAY + 90)])
  expect(await appendEvents(store, id, first, nothing)).toMatchObject({
    appended: 2,
    known: new Set([2]),
    earliestMs: -9,
    latestMs: DAY + 5,
  })
  const again = await prepared(id, [event('b'), event('c', DAY + 7)])
  expect(await appendEvents(store, id, again, nothing)).toMatchObject({
    appended: 1,
    known: new Set([0]),
    earliestMs: DAY + 7,
    latestMs: DAY + 7,
  })
  const known = await prepared(id, [event('c')])
  expect(await appendEvents(store, id, known, nothing)).toMatchObject({
    appended: 0,
    earliestMs: null,
    latestMs: null,
  })
})

test('[LO1] every event says what brought it', async () => {
  const { id } = await testWorkspace(stores)
  await appendEvents(store, id, await prepared(id, [event('a')]), nothing)
  expect(
    await stores.clickhouse.rows(
      compile(sql`SELECT source FROM events WHERE workspace = ${param.workspace(id)}`),
    ),
  ).toEqual([{ source: 1234 }])
})

test('[LO2] the same id from a browser, a server and a flow are three messages', async () => {
  const { id } = await testWorkspace(stores)
  for (const space of ['server', 'browser', 'flow'] as const) {
    for (const appended of [1, 0]) {
      const one = await prepared(id, [event('same')], space)
      expect(await appendEvents(store, id, one, nothing)).toMatchObject({ appended })
    }
  }
})

test('[LO3] a row that is stored by what it was known by formerly is not stored again', async () => {
  const { id } = await testWorkspace(stores)
  const former = await prepared(id, [event('former 1'), event('former 2')])
  await appendEvents(store, id, former, nothing)
  const now = await prepared(id, [event('now 1'), event('now 2'), event('now 3')])
  const formerWords = (await prepared(id, [event('former 2'), event('former 1'), event('none')]))
    .words
  expect(await appendEvents(store, id, { ...now, formerWords }, nothing)).toMatchObject({
    appended: 1,
    known: new Set([0, 1]),
  })
})
