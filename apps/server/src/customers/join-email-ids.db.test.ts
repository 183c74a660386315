import { compile, customerEvents, param, sql } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import xxhash from 'xxhash-wasm'
import { storeEvents } from '../collect/store-events.ts'
import { identityKey } from '../identity/identity-key.ts'
import { readingOf } from '../journeys/reading.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { joinEmailDevices } from './join-email-ids.ts'

// apps/server SPEC.md, [DC7].

const stores = await freshStores()
const { peopled, now } = await testApp(stores)
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const { workspace } = await peopled()
const { h64 } = await xxhash()

const SPELLED = 'Ann@Shop.example'
/** As devices were keyed before: every spelling by itself. */
const former = h64(`${workspace.id}\0anonymous\0${SPELLED}`) & ~1n

const event = (
  messageId: string,
  ids: { readonly userId?: string; readonly anonymousId?: string },
) => ({
  messageId,
  type: 'track' as const,
  name: 'view',
  channel: 'web',
  path: '',
  userId: '',
  anonymousId: '',
  timeMs: now.ms - 60_000,
  position: 0,
  value: null,
  currency: '',
  orderId: '',
  properties: {},
  ...ids,
})

async function customers(): Promise<readonly string[]> {
  const reading = await readingOf(stores, workspace.id)
  const rows = await stores.clickhouse.rows<{ customer: string }>(
    compile(sql`
      SELECT DISTINCT toString(customer) AS customer FROM (${customerEvents(reading, sql`name`)})
      ORDER BY customer`),
  )
  return rows.map(({ customer }) => customer)
}

test('[DC7] a device whose id is an address joins the user of that address, from before too, and once', async () => {
  await storeEvents(
    store,
    workspace.id,
    {
      events: [
        event('1', { anonymousId: SPELLED }),
        event('2', { userId: 'ann@shop.example' }),
        event('3', { anonymousId: 'Not An Address' }),
      ],
      identifies: [],
      groups: [],
      aliases: [],
    },
    now.ms,
  )
  // The first stands there as an earlier program keyed it.
  await stores.clickhouse.command(
    compile(sql`
      INSERT INTO events SELECT * REPLACE (${param.key(former)} AS key, ${param.key(former)} AS anonymous, message + 1 AS message)
      FROM events WHERE workspace = ${param.workspace(workspace.id)} AND anonymous_id = ${param.text(SPELLED)}`),
  )
  expect(await customers()).toHaveLength(4)
  await joinEmailDevices(store, now.ms)
  const joined = await customers()
  expect(joined).toHaveLength(2)
  expect(joined).toContain(String(identityKey(workspace.id, 'user', SPELLED)))
  await joinEmailDevices(store, now.ms)
  expect(await customers()).toEqual(joined)
})
