import { compile, customerTraits, sql } from '@parcurs/analytics'
import { expect, test } from 'vitest'
import { storeEvents } from '../collect/store-events.ts'
import { readingOf } from '../journeys/reading.ts'
import { openEventStore } from '../log/event-store.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'

const stores = await freshStores()
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
const START = Date.UTC(2026, 10, 1)
const DAY = 86_400_000

test('[DC3] every value of a trait is kept: the latest holds, as of an instant the one that held then', async () => {
  const { id } = await testWorkspace(stores)
  const said = async (day: number, plan: string, user = 'ann') => {
    const traits = { plan }
    const identify = { userId: user, anonymousId: '', timeMs: START + day * DAY, traits }
    await storeEvents(
      store,
      id,
      { events: [], identifies: [identify], groups: [], aliases: [] },
      START,
    )
  }
  const plan = async (asOfMs: number | null) => {
    const reading = await readingOf(stores, id)
    const rows = await stores.clickhouse.rows<{ value: string }>(
      compile(sql`SELECT value FROM (${customerTraits(reading, null, { asOfMs })})`),
    )
    return rows.map(({ value }) => value)
  }
  // Not in the order of time; two at one instant: the later commit holds.
  await said(5, 'gold')
  await said(1, 'free')
  await said(3, 'bronze')
  await said(3, 'silver')
  expect(await plan(null)).toEqual(['gold'])
  expect(await plan(START)).toEqual([])
  expect(await plan(START + DAY - 1)).toEqual([])
  expect(await plan(START + DAY)).toEqual(['free'])
  expect(await plan(START + 4 * DAY)).toEqual(['silver'])
  expect(await plan(START + 5 * DAY)).toEqual(['gold'])
  await stores.clickhouse.command('OPTIMIZE TABLE trait_values FINAL')
  expect(await plan(START + 4 * DAY)).toEqual(['silver'])
  // Identities are today's: what a merged customer said then is the customer's.
  await said(2, 'student', 'ann-old')
  await storeEvents(
    store,
    id,
    {
      events: [],
      identifies: [],
      groups: [],
      aliases: [{ previousId: 'ann-old', userId: 'ann', timeMs: START + 9 * DAY }],
    },
    START,
  )
  expect(await plan(START + 2 * DAY)).toEqual(['student'])
})
