import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fold } from '../journeys/fold.ts'
import { openEventStore } from '../log/event-store.ts'
import { wholeAgain } from '../postgres/half-restore.ts'
import { finishSteps } from '../program/finish-steps.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testApp } from '../testing/test-app.ts'
import { restore } from './backup.ts'

// cases/version-0.1.0: written and answered by the released program.
const folder = fileURLToPath(new URL('../../../../cases/version-0.1.0', import.meta.url))

interface Asked {
  readonly name: string
  readonly ask?: object
  readonly get?: string
  readonly answer: unknown
}

const asked = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as readonly Asked[]

const stores = await freshStores({ migrated: false })
const restored = await restore(stores, join(folder, 'backup'), {
  erasures: [],
  withoutErasures: true,
})
const store = openEventStore(stores, { alone: true, signal: new AbortController().signal })
/** When 0.1.0 was asked. */
const now = Date.UTC(2026, 10, 27, 6, 41)
await finishSteps(store, () => now)
await wholeAgain(stores.database)
const { ask, machine, now: clock } = await testApp(stores)
clock.ms = now

/** Of a map: shares that 0.1.0 did not settle on both sides, and what it did not tell. */
const SETTLED_SINCE = [
  'movedOnShare',
  'nextShare',
  'wentBackShare',
  'completionShare',
  'settled',
  'settledCompletions',
  'firstSettlesMs',
  'completionEstimate',
  'outcome',
]

/** Of steps that are alternatives, loop back, repeat or have a map of their own: 0.1.0 knew none. */
const STEPS_SINCE = ['detail', 'alternatives', 'loopsTo', 'repeatable', 'detailMapId']

/** Of a shop: 0.1.0 did not count orders without money, nor who placed them; one is in another currency. */
const ORDERS_SINCE = ['orders', 'buyers', 'perOrder', 'perBuyer']

/** Of leaks: a part with its interval, where 0.1.0 told a number. */
const LEAKS_SINCE = ['explained', 'explainedMoney', 'movedShare']

/** Of a map's answer: when the workspace's events begin. */
const OF_MAPS_SINCE = ['firstEventMs']

/** Of an import: what 0.1.0 did not tell; the currency that the money in others is told beside. */
const OF_IMPORTS_SINCE = [
  'stated',
  'otherMoney',
  'rejectsFormat',
  'collisions',
  'collided',
  'replaced',
]

/** As it was recorded: without what tells when and how it was asked, and what is defined otherwise since. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  const when = ['definition', 'tookMs', 'nowMs', 'read', 'cached', 'rate']
  // Of a word of the vocabulary: when it was met first.
  const ofWord = 'lastMs' in value && 'name' in value ? ['firstMs'] : []
  const beside = 'otherMoney' in value ? ['currency'] : []
  // Money at risk: its interval is drawn, and all steps have one table of draws since.
  const drawn = 'amount' in value && 'low' in value ? ['low', 'high'] : []
  const told = new Set([
    ...when,
    ...SETTLED_SINCE,
    ...STEPS_SINCE,
    ...OF_MAPS_SINCE,
    ...LEAKS_SINCE,
    ...ORDERS_SINCE,
    ...ofWord,
    ...OF_IMPORTS_SINCE,
    ...beside,
    ...drawn,
  ])
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, held]) => (told.has(name) ? [] : [[name, bare(held)]])),
  )
}

async function answer({ ask: question, get }: Asked): Promise<unknown> {
  const base = '/api/workspaces/main'
  const { body } =
    question === undefined
      ? await ask(machine, 'GET', `${base}/${get}`)
      : await ask(machine, 'POST', `${base}/ask`, { question })
  return bare(body)
}

test('[BK5] a back-up of version 0.1.0 is restored and gives the numbers that 0.1.0 gave', async () => {
  expect(restored).toMatchObject({ ok: true })
  for (const one of asked) {
    expect(await answer(one), one.name).toEqual(bare(one.answer))
  }
})

test('[BK5] and after the first fold', async () => {
  expect(await fold(stores, 1, { nowMs: now })).toMatchObject({ state: 'folded', customers: 72 })
  for (const one of asked) {
    expect(await answer(one), one.name).toEqual(bare(one.answer))
  }
})

test('[DC7] two spellings of an e-mail address are one customer after the migration, and it runs once', async () => {
  const found = async (search: string) =>
    await ask(machine, 'GET', `/api/workspaces/main/customers?search=${search}`)
  for (const spelling of ['ann@shop.example', 'Ann@Shop.example', 'ANN@SHOP.EXAMPLE']) {
    expect(await found(encodeURIComponent(spelling))).toMatchObject({
      body: { total: 1, customers: [{ events: 2 }] },
    })
  }
  await stores.database.deleteFrom('finished_steps').execute()
  await finishSteps(store, () => now)
  expect(await found('')).toMatchObject({ body: { total: 72 } })
})
