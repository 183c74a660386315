import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dropFormer, fold } from '../journeys/fold.ts'
import { openStores } from '../stores/stores.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { basic, testApp } from '../testing/test-app.ts'

const home = temporaryFolder()
const stores = await openStores({
  home,
  databaseUrl: null,
  clickhouseUrl: null,
  threads: 2,
  engineMemoryBytes: 1e9,
  log: () => {},
})
afterAll(() => stores.close())
const { ask, peopled, now } = await testApp(stores, {
  importsFolder: join(home, 'imports'),
  erasuresFile: join(home, 'erasures.jsonl'),
  folds: false,
})

/** Files of the data folder that hold the text anywhere; what is removed meanwhile holds nothing. */
function holding(text: string): readonly string[] {
  const sought = Buffer.from(text)
  return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(home, name)
    try {
      return statSync(path).isFile() && readFileSync(path).includes(sought)
    } catch {
      return false
    }
  })
}

test('[DC12] after an erasure and a fold no file of the data folder holds what the customer was known by', async () => {
  const { workspace, as, writeKey } = await peopled()
  // Random letters: nothing that compresses, so that they stand in the files as they are.
  const person = `zz${randomBytes(24).toString('base64url')}`
  const device = `dd${randomBytes(24).toString('base64url')}`
  const other = `oo${randomBytes(24).toString('base64url')}`
  const call = (userId: string, given: object) => ({
    type: 'track',
    event: 'view',
    userId,
    ...given,
  })
  const batch = [
    call(person, { anonymousId: device, properties: { note: `for ${person}` } }),
    call(other, { properties: { note: 'for nobody' } }),
    { type: 'identify', userId: person, traits: { name: person } },
    // Refused, and kept among the refusals.
    { type: 'track', userId: person },
    { type: 'track', userId: other },
  ]
  await ask(basic(writeKey), 'POST', '/v1/batch', { batch })
  const base = `/api/workspaces/${workspace.slug}`
  const refused = async () => {
    const { body } = await ask(as.editor, 'GET', `${base}/refusals`)
    return JSON.stringify(body)
  }
  expect(await refused()).toContain(person)
  await fold(stores, workspace.id, { nowMs: now.ms, wait: true })
  for (const place of ['clickhouse', 'postgres']) {
    expect(holding(person).some((file) => file.startsWith(`${place}/`))).toBe(true)
  }
  const tables = ['events', 'trait_values', 'links', 'owners', 'feedback', 'journeys']
  for (const table of tables) {
    // The engine keeps parts that were rewritten for eight minutes.
    await stores.clickhouse.command(`ALTER TABLE ${table} MODIFY SETTING old_parts_lifetime = 1`)
  }
  const { body } = await ask(as.owner, 'GET', `${base}/customers?search=${person}`)
  const [found] = (body as { customers: { customer: string }[] }).customers
  expect(await ask(as.owner, 'DELETE', `${base}/customers/${found?.customer}`)).toMatchObject({
    status: 200,
    body: { events: 1 },
  })
  expect(await refused()).not.toContain(person)
  expect(await refused()).toContain(other)
  await fold(stores, workspace.id, { nowMs: now.ms, wait: true })
  await dropFormer(stores, workspace.id, { nowMs: now.ms, graceMs: 0 })
  await expect
    .poll(() => [...holding(person), ...holding(device)], { timeout: 60_000, interval: 2000 })
    .toEqual([])
  expect(holding(other).length).toBeGreaterThan(0)
}, 120_000)
