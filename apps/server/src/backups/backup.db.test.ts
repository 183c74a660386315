import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { compile, sql } from '@parcurs/analytics'
import { sql as postgresSql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { halfRestored, wholeAgain } from '../postgres/half-restore.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { freshStores } from '../testing/fresh-stores.ts'
import { smallDisk } from '../testing/small-disk.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { testWorkspace } from '../testing/test-workspace.ts'
import { backUp, restore } from './backup.ts'
import {
  erasedKey,
  ERASURES_FILE,
  installationSecret,
  openErasureList,
  readErasures,
} from './erasure-list.ts'

const home = temporaryFolder()
const stores = await freshStores()
const now = Date.UTC(2026, 10, 22, 3, 4, 5)
const list = openErasureList(stores.database, join(home, ERASURES_FILE))
const AS_IT_IS = { erasures: [], withoutErasures: false }
let folders = 0
const newFolder = () => {
  folders += 1
  return join(home, `backup-${folders}`)
}

const { id } = await testWorkspace(stores, { name: 'Καφέ ☕', currency: 'RON' })
await stores.database
  .insertInto('users')
  .values({ email: 'ann@example.com', password_hash: null })
  .execute()
await inWorkspace(stores.database, id, async (tx) => {
  await tx
    .insertInto('memberships')
    .values({ workspace_id: id, user_id: 1, role: 'owner' })
    .execute()
  await tx
    .insertInto('write_keys')
    .values({
      workspace_id: id,
      key_hash: Buffer.from([0, 255, 10]),
      hint: 'pw_…',
      name: 'site',
      revoked_at: null,
    })
    .execute()
  await tx
    .insertInto('touchpoints')
    .values({
      id: 't1',
      workspace_id: id,
      name: "it's a \\ 'point'",
      channel: 'web',
      presence: 'digital',
      rule: JSON.stringify({ kind: 'event', names: ['a\u00e9\n"x"'] }),
    })
    .execute()
})
await postgresSql`select nextval('commit_number'), nextval('commit_number')`.execute(
  stores.database,
)
await stores.clickhouse.insert(
  'events',
  Array.from({ length: 5000 }, (_, n) => ({
    workspace: id,
    key: 2n ** 64n - BigInt(n + 1),
    message: 2n ** 127n + BigInt(n),
    time: '2026-11-01 00:00:00.123',
    name: `name ${n}`,
    value: n % 2 === 0 ? '-12345678.9012' : null,
    properties: { a: 'x\0\n', 'b.c': '[1,2]' },
    commit: 2,
  })),
)
await stores.clickhouse.insert('trait_values', [
  { workspace: id, key: 1n, trait: 'plan', value: 'gold' },
])

/** Everything that both stores hold, as text. */
async function contents({ database, clickhouse }: Stores) {
  const events = await clickhouse.rows(compile(sql`SELECT * FROM events ORDER BY key`))
  const traits = await clickhouse.rows(compile(sql`SELECT * FROM trait_values ORDER BY key`))
  const tables = await asSystem(database, async (tx) => ({
    workspaces: await tx.selectFrom('workspaces').selectAll().execute(),
    users: await tx.selectFrom('users').selectAll().execute(),
    memberships: await tx.selectFrom('memberships').selectAll().execute(),
    keys: await tx.selectFrom('write_keys').selectAll().execute(),
    touchpoints: await tx.selectFrom('touchpoints').selectAll().execute(),
  }))
  return { events, traits, tables }
}

test('[BK1] what was backed up is restored to the last bit, and numbers go on after the last', async () => {
  const folder = newFolder()
  expect(await backUp(stores, list, folder, now)).toEqual({ ok: true, folder })
  expect(statSync(folder).mode & 0o077).toBe(0)
  const empty = await freshStores({ migrated: false })
  expect(await restore(empty, folder, AS_IT_IS)).toEqual({ ok: true, folder, erasures: [] })
  expect(await contents(empty)).toEqual(await contents(stores))
  const { rows } = await postgresSql<{ n: number }>`select nextval('commit_number') as n`.execute(
    empty.database,
  )
  expect(rows).toEqual([{ n: 2 + 1_000_000_000 + 1 }])
  expect((await testWorkspace(empty)).id).toBe(id + 1_000_000 + 1)
})

test('[BK2] a restore never writes over data', async () => {
  const folder = newFolder()
  await backUp(stores, list, folder, now)
  const before = await contents(stores)
  expect(await restore(stores, folder, AS_IT_IS)).toMatchObject({
    ok: false,
    code: 'stores-not-empty',
  })
  expect(await contents(stores)).toEqual(before)
})

test('[BK3] a back-up goes into a new or empty folder only', async () => {
  const folder = newFolder()
  mkdirSync(folder)
  appendFileSync(join(folder, 'mine.txt'), 'kept')
  expect(await backUp(stores, list, folder, now)).toMatchObject({
    ok: false,
    code: 'folder-not-empty',
  })
  expect(readdirSync(folder)).toEqual(['mine.txt'])
})

const known = async () =>
  (await stores.database.selectFrom('backups').select('folder').execute()).map((one) => one.folder)

const aFile = join(home, 'file')
writeFileSync(aFile, 'mine')
symlinkSync(join(home, 'round'), join(home, 'round'))
const lasting = newFolder()
test.each([
  ['where nothing can be made', '/proc/x', 'ENOENT'],
  ['where it may not be made', '/sys/x', 'EPERM'],
  ['below a file', join(aFile, 'backup'), 'ENOTDIR'],
  ['that is a file', aFile, 'ENOTDIR'],
  ['behind a circle of links', join(home, 'round', 'backup'), 'E'],
  ['with a name too long', join(lasting, 'x'.repeat(300)), 'ENAMETOOLONG'],
])('[BK8] a folder %s is refused in words, and nothing is left', async (_why, folder, code) => {
  const before = readdirSync(home)
  expect(await backUp(stores, list, folder, now)).toMatchObject({
    ok: false,
    code: 'folder-unusable',
    detail: expect.stringMatching(new RegExp(`^the folder '${folder}' cannot .*\\(${code}`)),
  })
  expect(readdirSync(home)).toEqual(before)
  expect(await known()).not.toContain(folder)
})

const disk = smallDisk(2)
describe.skipIf(disk === null)('on a disk that is full (needs the right to mount one)', () => {
  test.each([
    ['from the start', 0],
    ['in the middle', 8],
  ])('[BK8] the disk is full %s: refused in words, and nothing is left', async (_when, pages) => {
    if (disk === null) return
    const { bavail, bsize } = statfsSync(disk.path)
    const filler = join(disk.path, 'filler')
    writeFileSync(filler, Buffer.alloc((bavail - pages) * bsize))
    const folder = join(disk.path, 'a', 'backup')
    expect(await backUp(stores, list, folder, now)).toMatchObject({
      ok: false,
      code: 'disk-full',
      detail: expect.stringContaining('ENOSPC'),
    })
    expect(readdirSync(disk.path)).toEqual(['filler'])
    expect(await known()).not.toContain(folder)
    rmSync(filler)
  })
})

test.each([
  ['has no manifest', 'backup.json', 'remove', 'no-backup'],
  ['lost a table', 'clickhouse-events.native.gz', 'remove', 'backup-damaged'],
  ['was changed', 'postgres-users.jsonl.gz', 'change', 'backup-damaged'],
] as const)(
  '[BK4] a back-up that %s is refused before anything is written',
  async (_why, file, how, code) => {
    const folder = newFolder()
    await backUp(stores, list, folder, now)
    if (how === 'remove') rmSync(join(folder, file))
    else appendFileSync(join(folder, file), 'x')
    const empty = await freshStores({ migrated: false })
    expect(await restore(empty, folder, AS_IT_IS)).toMatchObject({ ok: false, code })
    const { rows } = await postgresSql<{ n: number }>`
    select count(*) as n from pg_class where relnamespace = 'public'::regnamespace`.execute(
      empty.database,
    )
    expect(rows).toEqual([{ n: 0 }])
  },
)

test('[BK5] a back-up of a newer schema is refused', async () => {
  const folder = newFolder()
  await postgresSql`insert into schema_versions (version, name) values (9999, 'later')`.execute(
    stores.database,
  )
  await backUp(stores, list, folder, now)
  await postgresSql`delete from schema_versions where version = 9999`.execute(stores.database)
  const empty = await freshStores({ migrated: false })
  await expect(restore(empty, folder, AS_IT_IS)).rejects.toMatchObject({ name: 'NewerSchema' })
})

test('[DC13] stores that hold a part of a back-up are told, until the restore is whole', async () => {
  const folder = newFolder()
  await backUp(stores, list, folder, now)
  const empty = await freshStores({ migrated: false })
  expect(await halfRestored(empty.database)).toBeNull()
  await restore(empty, folder, AS_IT_IS)
  expect(await halfRestored(empty.database)).toBe(folder)
  await wholeAgain(empty.database)
  expect(await halfRestored(empty.database)).toBeNull()
})

test('[DC12] a back-up without a list of erasures, or with a foreign or broken one, is refused unless told', async () => {
  const folder = newFolder()
  await backUp(stores, list, folder, now)
  const file = join(folder, ERASURES_FILE)
  const tell = { erasures: [], withoutErasures: true }
  const wrong: readonly (() => void)[] = [
    () => rmSync(file),
    () => writeFileSync(file, 'not a list\n'),
    () => writeFileSync(file, '{"installation":"another"}\n'),
  ]
  for (const spoil of wrong) {
    spoil()
    const empty = await freshStores({ migrated: false })
    expect(await restore(empty, folder, AS_IT_IS)).toMatchObject({ code: 'no-erasures' })
    expect(await halfRestored(empty.database)).toBeNull()
  }
  const empty = await freshStores({ migrated: false })
  expect(await restore(empty, folder, tell)).toMatchObject({ ok: true, erasures: [] })
})

test('[DC12] every back-up that is known is told of an erasure; the list names nobody', async () => {
  const [first, second, gone] = [newFolder(), newFolder(), newFolder()]
  for (const folder of [first, second, gone]) await backUp(stores, list, folder, now)
  rmSync(gone, { recursive: true })
  expect(await list.add(id, [123_456_789n], now)).toEqual({ untoldBackups: [] })
  const secret = await installationSecret(stores.database)
  for (const folder of [first, second]) {
    const file = join(folder, ERASURES_FILE)
    expect(readErasures(file, secret)).toEqual({
      ok: true,
      erasures: [{ key: erasedKey(secret, id, 123_456_789n), atMs: now }],
    })
    expect(readFileSync(file, 'utf8')).not.toContain('123456789')
    expect(readErasures(file, Buffer.alloc(32))).toMatchObject({ ok: false, why: 'foreign' })
  }
})
