import { expect, test, vi } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'
import { basic, testApp } from '../testing/test-app.ts'
import { openEventStore } from './event-store.ts'
import { openLogReaders } from './log-readers.ts'

const stores = await freshStores()
const { app, ask, peopled, machine } = await testApp(stores)

test('[LO13] readers are told of, set back by owners, and scraped', async () => {
  const { workspace, as, token, writeKey } = await peopled()
  const { workspace: other } = await peopled()
  const store = openEventStore(stores, { alone: false, signal: new AbortController().signal })
  let read = 0
  const readers = openLogReaders({ store, pollMs: 20, onError: () => {} })
  readers.open({
    name: 'counting',
    begins: 'at-start',
    wants: null,
    ticksMs: null,
    work: async ({ workspace: id, entries }) => {
      if (id === workspace.id) read += entries.length
    },
  })
  const call = { event: 'view', userId: 'ann', messageId: 'm1' }
  expect((await ask(basic(writeKey), 'POST', '/v1/track', call)).status).toBe(200)
  const path = `/api/workspaces/${workspace.slug}/log`
  await vi.waitFor(
    async () =>
      expect((await ask(as.viewer, 'GET', path)).body).toMatchObject({
        events: 1,
        fold: null,
        readers: [{ name: 'counting', behindEvents: 0, behindMs: 0, problem: null }],
      }),
    { timeout: 60_000, interval: 50 },
  )
  await readers.close()
  const back = `${path}/readers/counting/set-back`
  expect((await ask(as.editor, 'POST', back, { sinceMs: null })).status).toBe(403)
  expect((await ask(as.owner, 'POST', back, { sinceMs: Date.now() })).body).toMatchObject({
    readers: [{ behindEvents: 0 }],
  })
  expect((await ask(as.owner, 'POST', back, { sinceMs: 0 })).body).toMatchObject({
    readers: [{ commit: 0, behindEvents: 1 }],
  })
  const nobody = await ask(as.owner, 'POST', `${path}/readers/nobody/set-back`, { sinceMs: null })
  expect(nobody).toMatchObject({ status: 404, body: { detail: expect.stringContaining('nobody') } })
  const scraped = async (who: Readonly<Record<string, string>>) =>
    (await app.inject({ url: '/metrics', headers: { ...who } })).body
  const line = `parcurs_reader_lag_events{workspace="${workspace.slug}",reader="counting"} 1`
  expect(await scraped(machine)).toContain(line)
  expect(await scraped(machine)).toContain(`workspace="${other.slug}"`)
  expect(await scraped(token.viewer)).toContain(line)
  expect(await scraped(token.viewer)).not.toContain(other.slug)
  expect(await scraped(as.viewer)).not.toContain(other.slug)
  expect(read).toBe(1)
})
