import type { IncomingBatch } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { eventsAfter, LOG_START, type LogCursor } from './event-log.ts'
import { openEventStore } from './event-store.ts'
import { storeEvents } from '../collect/store-events.ts'

const stores = await freshStores()
const now = Date.UTC(2026, 10, 22)

function batchOf(ids: readonly string[]): IncomingBatch {
  const events = ids.map((messageId, i) => ({
    type: 'track' as const,
    name: 'x',
    channel: 'web',
    path: '',
    userId: `u${i}`,
    anonymousId: '',
    messageId,
    // Later events are stored first: the log tells the order of receipt.
    timeMs: now - i,
    position: i,
    value: null,
    currency: '',
    orderId: '',
    properties: {},
  }))
  return { events, identifies: [], groups: [], aliases: [] }
}

test('[CO14] a reader meets every event once, in the order of receipt, while several write', async () => {
  const { id } = await testWorkspace(stores)
  const { id: other } = await testWorkspace(stores)
  const writers = [0, 1, 2].map(() =>
    openEventStore(stores, { alone: false, signal: new AbortController().signal }),
  )
  let writing = true
  const written = Promise.all(
    writers.map(async (writer, w) => {
      for (let n = 0; n < 6; n++) {
        await storeEvents(writer, id, batchOf([0, 1, 2].map((i) => `${w}.${n}.${i}`)), now)
        await storeEvents(writer, other, batchOf([`${w}.${n}`]), now)
      }
    }),
  ).finally(() => {
    writing = false
  })
  const seen: string[] = []
  const cursors: LogCursor[] = [LOG_START]
  for (let more = true; more || writing; ) {
    const events = await eventsAfter(stores, id, cursors.at(-1) ?? LOG_START, 4)
    for (const { message, cursor } of events) {
      seen.push(message)
      cursors.push(cursor)
    }
    more = events.length > 0
  }
  await written
  expect(seen).toHaveLength(54)
  expect(new Set(seen).size).toBe(54)
  const places = cursors.map(({ commit, row }) => commit * 1000 + row)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})
