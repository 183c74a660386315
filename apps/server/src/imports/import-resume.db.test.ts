import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, expect, test, vi } from 'vitest'
import { openEventStore } from '../log/event-store.ts'
import { eventFigures } from '../testing/event-figures.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { type ImportRecord, importRecords } from './import-record.ts'
import { type Imports, openImports } from './imports.ts'
import { openSpool } from './spool.ts'

// SPEC.md [IM18]: an import goes on after a restart, whatever was done and not yet remembered.

// Whole files and threads take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000 })

const stores = await freshStores()
const folder = mkdtempSync(join(tmpdir(), 'parcurs-imports-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const records = importRecords(stores.database)

// Three chunks of 100,000 rows, with identical rows far apart and rows that are refused.
const ROWS = 230_000
const GOOD = ROWS - ROWS / 1000
const csv = Array.from({ length: ROWS }, (_, i) =>
  i % 1000 === 7 ? `,2026-01-01,x,${i}` : `u${i % 997},2026-01-01,x,${i % 40_000}`,
)
const FILE = `user_id,time,event,n\n${csv.join('\n')}\n`

/** The program's imports as after a start of their own. */
function opened(): Imports {
  const store = openEventStore(stores, { alone: false, signal: new AbortController().signal })
  const log = pino({ level: 'silent' })
  return openImports({
    store,
    spool: openSpool(folder),
    clock: Date.now,
    log,
    onStored: () => {},
    takeAway: async () => 0,
  })
}

async function fileSent(imports: Imports, id: number) {
  const sent = await imports.upload(id, 'events.csv', Readable.from([Buffer.from(FILE)]))
  const record = sent.kind === 'uploaded' ? sent.records[0] : undefined
  if (record === undefined) throw new Error('the file was not taken')
  return record
}

async function begun() {
  const { id } = await testWorkspace(stores)
  const imports = opened()
  const uploaded = await fileSent(imports, id)
  const look = await imports.look(uploaded, {}, 'UTC')
  if (look?.ok !== true || look.detection.mapping === null) throw new Error('nothing detected')
  const plan = {
    options: {},
    shape: look.shape,
    mapping: look.detection.mapping,
    dryRun: false,
    replaces: [],
  }
  const record = await imports.run(uploaded, plan)
  const now = async () => (await records.find(id, record.importId)) ?? record
  return { id, imports, now, figures: eventFigures(stores.clickhouse, id) }
}

async function until(
  now: () => Promise<ImportRecord>,
  reached: (record: ImportRecord) => boolean,
): Promise<ImportRecord> {
  for (;;) {
    const record = await now()
    if (reached(record)) return record
    await delay(20)
  }
}

const over = ({ state }: ImportRecord) => state !== 'running'

const whole = { stored: GOOD, repeated: 0, rejected: ROWS / 1000, rows: ROWS }

test('[IM18] stopped after the first chunk, it goes on with the second', async () => {
  const { imports, now, figures } = await begun()
  await until(now, ({ progress }) => progress.storedTo > 0)
  await imports.stop()
  const stopped = await now()
  expect(stopped.state).toBe('running')
  expect(stopped.progress.storedTo).toBeLessThan(ROWS)
  await opened().resume()
  expect((await until(now, over)).state).toBe('done')
  expect((await now()).progress).toMatchObject(whole)
  expect(await figures.counts()).toMatchObject({ events: GOOD, customers: 997 })
})

test('[IM18] killed between storing a chunk and remembering it, the chunk counts once', async () => {
  const { imports, now, figures } = await begun()
  const early = await until(now, ({ progress }) => progress.storedTo > 0)
  await until(now, over)
  await imports.stop()
  // As if the program had died before it wrote down the chunks after `early`.
  await records.save({ ...early, state: 'running' })
  writeFileSync(join(folder, early.importId, 'upload'), FILE)
  await opened().resume()
  expect((await until(now, over)).state).toBe('done')
  expect((await now()).progress).toMatchObject(whole)
  expect(await figures.counts()).toMatchObject({ events: GOOD })
})

test('[IM18] what was stored to the middle of a chunk goes on in the middle', async () => {
  const { imports, now, figures } = await begun()
  const early = await until(now, ({ progress }) => progress.storedTo > 0)
  await until(now, over)
  await imports.stop()
  // As if a version with smaller chunks had begun.
  const progress = { ...early.progress, storedTo: 30_000, stored: 29_970 }
  await records.save({ ...early, state: 'running', progress })
  writeFileSync(join(folder, early.importId, 'upload'), FILE)
  await opened().resume()
  expect((await until(now, over)).state).toBe('done')
  expect((await now()).progress).toMatchObject({ rows: ROWS, rejected: ROWS / 1000 })
  expect(await figures.counts()).toMatchObject({ events: GOOD })
})

test('[IM18] a row from before an interruption is known as it was: the file again changes nothing', async () => {
  const { id, imports, now, figures } = await begun()
  await until(now, over)
  const again = await fileSent(imports, id)
  const look = await imports.look(again, {}, 'UTC')
  if (look?.ok !== true || look.detection.mapping === null) throw new Error('nothing detected')
  const plan = {
    options: {},
    shape: look.shape,
    mapping: look.detection.mapping,
    dryRun: false,
    replaces: [],
  }
  await imports.run(again, plan)
  const find = async () => (await records.find(id, again.importId)) ?? again
  const ended = await until(find, over)
  expect(ended.progress).toMatchObject({ stored: 0, repeated: GOOD })
  expect(await figures.counts()).toMatchObject({ events: GOOD })
})

test('[IM49] an import that is stopped stays in the list with what it stored; stopped again it is forgotten', async () => {
  const { id, imports, now } = await begun()
  await imports.remove(await now())
  const stopped = await now()
  expect(stopped.state).toBe('cancelled')
  expect(stopped.progress.endedMs).not.toBeNull()
  await imports.remove(stopped)
  expect(await records.find(id, stopped.importId)).toBeNull()
})
