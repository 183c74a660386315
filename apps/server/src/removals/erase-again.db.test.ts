import { join } from 'node:path'
import { compile, sql } from '@parcurs/analytics'
import type { IncomingEvent } from '@parcurs/domain'
import { expect, test } from 'vitest'
import { backUp, restore } from '../backups/backup.ts'
import {
  ERASURES_FILE,
  openErasureList,
  readErasures,
  installationSecret,
} from '../backups/erasure-list.ts'
import { storeEvents } from '../collect/store-events.ts'
import { identityKey } from '../identity/identity-key.ts'
import { fold } from '../journeys/fold.ts'
import { openEventStore } from '../log/event-store.ts'
import type { Stores } from '../stores/stores.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { eraseRestored } from './erase-again.ts'
import { eraseCustomer } from './erase-customer.ts'

const home = temporaryFolder()
const stores = await freshStores()
const open = (of: Stores) =>
  openEventStore(of, { alone: true, signal: new AbortController().signal })
const store = open(stores)
const list = openErasureList(stores.database, join(home, ERASURES_FILE))
const now = Date.UTC(2026, 10, 22)

const event = (messageId: string, userId: string, anonymousId = ''): IncomingEvent => ({
  messageId,
  type: 'track',
  name: 'view',
  channel: 'web',
  path: '',
  userId,
  anonymousId,
  timeMs: now,
  position: 0,
  value: null,
  currency: '',
  orderId: '',
  properties: {},
})
const send = async (to: ReturnType<typeof open>, id: number, events: readonly IncomingEvent[]) =>
  await storeEvents(to, id, { events, identifies: [], groups: [], aliases: [] }, now)

async function users({ clickhouse }: Stores): Promise<readonly string[]> {
  const rows = await clickhouse.rows<{ message: string; user_id: string }>(
    compile(sql`SELECT user_id FROM events WHERE workspace > 0 ORDER BY user_id`),
  )
  return rows.map(({ user_id }) => user_id)
}

test('[DC12] a restore erases again whom the lists name, keeps who came back, and may be done twice', async () => {
  const { id } = await testWorkspace(stores)
  await send(store, id, [event('1', 'ann', 'phone'), event('2', 'bob')])
  const before = join(home, 'before')
  await backUp(stores, list, before, now)
  const erase = { store, list, forget: async () => {}, forgetKeys: async () => {}, clock: Date.now }
  await eraseCustomer(erase, id, identityKey(id, 'user', 'ann'))
  // The database's clock says when an event was received.
  await new Promise((later) => setTimeout(later, 30))
  await send(store, id, [event('3', 'ann')])
  const after = join(home, 'after')
  await backUp(stores, list, after, now)

  const secret = await installationSecret(stores.database)
  for (const [folder, expected] of [
    [before, ['bob']],
    [after, ['ann', 'bob']],
  ] as const) {
    const empty = await freshStores({ migrated: false })
    const restored = await restore(empty, folder, { erasures: [], withoutErasures: false })
    if (!restored.ok) throw new Error(restored.detail)
    const file = join(home, `restored-${expected.length}`)
    const again = open(empty)
    await eraseRestored(again, restored.erasures, file, now)
    await fold(empty, id, { nowMs: now, wait: true })
    expect(await users(empty)).toEqual(expected)
    expect(await eraseRestored(again, restored.erasures, file, now)).toBe(0)
    expect(await users(empty)).toEqual(expected)
    expect(readErasures(file, secret)).toEqual({ ok: true, erasures: restored.erasures })
    // What was erased is still known to its sender.
    expect(await send(again, id, [event('1', 'ann', 'phone')])).toMatchObject({ duplicates: 1 })
  }
})
