import { spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { processIdentity } from '../processes/process-identity.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { postgresBinaries } from './binaries.ts'
import { openDatabase } from './database.ts'
import { startPostgres } from './postgres-process.ts'
import { runAs } from './run-as.ts'

// A server of its own, because it is killed.

const home = temporaryFolder()
const folder = join(home, 'postgres')
const lines: string[] = []
const log = (line: string) => lines.push(line)
let server = await startPostgres({ folder, log })
let database = await openDatabase({ connection: server.address })
afterAll(async () => {
  await database.destroy()
  await server.stop()
})
const value = async <T>(query: string) => {
  const { rows } = await sql.raw<{ value: T }>(query).execute(database)
  return rows[0]?.value
}
const postmaster = () => Number(readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')[0])

test('[ST40] it listens on a socket that we alone can reach, and on no port', async () => {
  expect(await value(`select current_setting('listen_addresses') as value`)).toBe('')
  expect(await value(`select current_setting('fsync') as value`)).toBe('on')
  expect(statSync(folder).mode & 0o077).toBe(0)
  expect(statSync(`${folder}-password`).mode & 0o777).toBe(0o600)
})

test('[ST41] it never runs as root', () => {
  const [uid] =
    /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${postmaster()}/status`, 'utf8'))?.slice(1) ?? []
  expect(Number(uid)).toBeGreaterThan(0)
  expect(Number(uid)).not.toBe(65_534)
})

test('[ST42] texts of all five languages are searched and sorted', async () => {
  expect(await value(`select getdatabaseencoding() as value`)).toBe('UTF8')
  expect(await value(`select lower('ΟΔΌΣ ЖУРНАЛ ȘI') as value`)).toBe('οδός журнал și')
  expect(await value(`select 'Ж' ~ '\\w' as value`)).toBe(true)
})

test('[ST43] a crashed server is started again and has every acknowledged row', async () => {
  await sql`create table kept (id integer)`.execute(database)
  await sql`insert into kept select generate_series(1, 1000)`.execute(database)
  const before = postmaster()
  process.kill(before, 'SIGKILL')
  await expect.poll(() => lines.join('\n'), { timeout: 20_000 }).toContain('starting it again')
  await expect.poll(postmaster, { timeout: 20_000 }).not.toBe(before)
  await expect
    .poll(() => value('select count(*) as value from kept').catch(() => null), { timeout: 20_000 })
    .toBe(1000)
})

test('[ST44] an orphan that lost its guard is ended by the next start, never fought with', async () => {
  await database.destroy()
  await server.stop()
  const { postgres } = await postgresBinaries()
  const as = runAs(folder, [folder, postgres])
  const [program, ...args] = [...as.prefix, postgres, '-D', folder, '-k', folder]
  const orphan = spawn(program, [...args, '-c', 'listen_addresses='], {
    ...as.ids,
    cwd: '/',
    stdio: 'ignore',
  })
  await expect.poll(() => existsSync(join(folder, '.s.PGSQL.5432')), { timeout: 10_000 }).toBe(true)
  const before = postmaster()
  expect(before).toBe(orphan.pid)
  server = await startPostgres({ folder, log })
  database = await openDatabase({ connection: server.address })
  expect(postmaster()).not.toBe(before)
  expect(processIdentity(before)).toBeNull()
  expect(await value('select count(*) as value from kept')).toBe(1000)
})

test('[ST45] a pid file whose number now belongs to something else is no obstacle', async () => {
  await database.destroy()
  await server.stop()
  writeFileSync(
    join(folder, 'postmaster.pid'),
    `${process.pid}\n${folder}\n1\n5432\n${folder}\n\n  1  1\n`,
    { mode: 0o600 },
  )
  server = await startPostgres({ folder, log })
  database = await openDatabase({ connection: server.address })
  expect(await value('select count(*) as value from kept')).toBe(1000)
  expect(processIdentity(process.pid)).not.toBeNull()
})

test('[ST46] a first start that was cut short is begun again', async () => {
  const cut = join(home, 'cut')
  mkdirSync(join(cut, 'base'), { recursive: true })
  const started = await startPostgres({ folder: cut, log })
  expect(existsSync(join(cut, 'PG_VERSION'))).toBe(true)
  await started.stop()
})

test('[ST47] a path too long for a socket is no obstacle', async () => {
  const long = join(home, 'a'.repeat(60), 'b'.repeat(60))
  const started = await startPostgres({ folder: long, log })
  const opened = await openDatabase({ connection: started.address })
  const { rows } = await sql<{ n: number }>`select 1 as n`.execute(opened)
  expect(rows).toEqual([{ n: 1 }])
  await opened.destroy()
  await started.stop()
})

test.skipIf(process.getuid?.() !== 0)(
  '[ST49] its programs are found under a folder closed to others (only root can show this)',
  async () => {
    const closed = join(home, 'closed')
    const { initdb } = await postgresBinaries()
    const native = join(initdb, '..', '..')
    mkdirSync(closed, { mode: 0o700 })
    cpSync(native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true })
    const data = join(closed, 'data')
    mkdirSync(data, { mode: 0o700 })
    const program = join(closed, 'native', 'bin', 'initdb')
    const as = runAs(data, [data, program])
    if (as.account !== null) chownSync(data, as.account.uid, as.account.gid)
    const [command, ...args] = [...as.prefix, program, '-D', data, '--no-sync']
    const made = spawnSync(command, args, { ...as.ids, cwd: '/', encoding: 'utf8' })
    expect(made.stderr).not.toContain('error')
    expect(existsSync(join(data, 'PG_VERSION'))).toBe(true)
  },
)

test('[ST48] it stops in order within four seconds', async () => {
  await database.destroy()
  const startedAt = performance.now()
  const pid = postmaster()
  await server.stop()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  expect(processIdentity(pid)).toBeNull()
  await delay(50)
  expect(existsSync(join(folder, 'postmaster.pid'))).toBe(false)
  server = await startPostgres({ folder, log })
  database = await openDatabase({ connection: server.address })
})
