import { join } from 'node:path'
import { compile, sql } from '@parcurs/analytics'
import { sql as postgresSql } from 'kysely'
import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { connectClickHouse } from '../clickhouse/client.ts'
import { asSystem, inWorkspace } from '../postgres/workspace-scope.ts'
import { serverBinaries, startTcpPostgres, type TcpPostgres } from '../testing/tcp-postgres.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { clickhouseAddress, openStores, type Stores, type StoresConfig } from './stores.ts'

const home = temporaryFolder()
const engine = inject('clickhouse')
const admin = connectClickHouse({ address: async () => engine, database: 'default' })

let made = 0
/** CLICKHOUSE_URL to an engine that runs as a separate process, with a database of its own. */
async function clickhouseUrl(): Promise<string> {
  made += 1
  const name = `url_${process.pid}_${made}`
  await admin.command(`CREATE DATABASE ${name}`)
  const url = new URL(engine.url)
  url.username = engine.user
  url.password = engine.password
  url.pathname = name
  return url.href
}

function config(databaseUrl: string, clickhouse: string): StoresConfig {
  return {
    home: join(home, 'unused'),
    databaseUrl,
    clickhouseUrl: clickhouse,
    threads: 2,
    engineMemoryBytes: 1e9,
    log: () => {},
  }
}

async function asSuperuser(server: TcpPostgres, statements: readonly string[]): Promise<void> {
  const client = new pg.Client(server.url(server.superuser, server.password, 'postgres'))
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

async function closedRows({ database }: Stores) {
  const { id } = await database
    .insertInto('workspaces')
    .values({ slug: 'mine', name: 'Mine' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await inWorkspace(database, id, (tx) =>
    tx.insertInto('folds').values({ workspace_id: id }).execute(),
  )
  const seen = (tx: typeof database) => tx.selectFrom('folds').selectAll().execute()
  return {
    inside: (await inWorkspace(database, id, seen)).length,
    outside: (await seen(database)).length,
    elsewhere: (await inWorkspace(database, id + 1, seen)).length,
    system: (await asSystem(database, seen)).length,
  }
}

for (const { name, bin } of await serverBinaries()) {
  describe(`[ST50] DATABASE_URL over TCP with a password: ${name}`, async () => {
    const server = await startTcpPostgres(bin, home)

    test('as a superuser, whom row-level security would not bind', async () => {
      await asSuperuser(server, ['create database as_super'])
      const url = server.url(server.superuser, server.password, 'as_super')
      const stores = await openStores(config(url, await clickhouseUrl()))
      expect(await closedRows(stores)).toEqual({ inside: 1, outside: 0, elsewhere: 0, system: 1 })
      await stores.close()
    })

    test('as an ordinary user who owns the database', async () => {
      await asSuperuser(server, [
        `create role app login password 'other'`,
        'create database as_owner owner app',
      ])
      const stores = await openStores(
        config(server.url('app', 'other', 'as_owner'), await clickhouseUrl()),
      )
      expect(await closedRows(stores)).toEqual({ inside: 1, outside: 0, elsewhere: 0, system: 1 })
      await stores.close()
    })

    test('two programs that start at once on empty stores', async () => {
      await asSuperuser(server, ['create database at_once'])
      const url = server.url(server.superuser, server.password, 'at_once')
      const both = config(url, await clickhouseUrl())
      const opened = await Promise.all([openStores(both), openStores(both), openStores(both)])
      const [first] = opened
      const { rows } = await postgresSql<{ n: number }>`
        select count(*) as n from schema_versions where version = 1`.execute(first.database)
      expect(rows).toEqual([{ n: 1 }])
      expect(
        await first.clickhouse.rows(
          compile(sql`SELECT toUInt32(count()) AS n FROM schema_versions WHERE version = 1`),
        ),
      ).toEqual([{ n: 1 }])
      for (const stores of opened) await stores.close()
    })

    test('a schema that a newer program wrote is refused and left as it is', async () => {
      await asSuperuser(server, ['create database newer'])
      const url = server.url(server.superuser, server.password, 'newer')
      const newer = config(url, await clickhouseUrl())
      const stores = await openStores(newer)
      await stores.database
        .insertInto('workspaces')
        .values({ slug: 'kept', name: 'Kept' })
        .execute()
      await postgresSql`insert into schema_versions (version, name) values (9999, 'later')`.execute(
        stores.database,
      )
      await stores.close()
      await expect(openStores(newer)).rejects.toMatchObject({
        name: 'NewerSchema',
        message: expect.stringMatching(/schema 9999.*start the newer Parcurs/),
      })
    })

    test('a wrong password is told in one line, without the password', async () => {
      const url = server.url(server.superuser, 'secret-wrong', 'postgres')
      const error: unknown = await openStores(config(url, await clickhouseUrl())).catch(
        (caught: unknown) => caught,
      )
      expect(error).toMatchObject({ name: 'StartupProblem', code: 'postgres-unreachable' })
      const message = error instanceof Error ? error.message : ''
      expect(message).toContain('DATABASE_URL')
      expect(message).not.toMatch(/secret-wrong|\n/)
    })
  })
}

test('[ST51] a ClickHouse of a newer schema is refused', async () => {
  const [{ bin } = { bin: '' }] = await serverBinaries()
  const server = await startTcpPostgres(bin, temporaryFolder())
  const both = config(
    server.url(server.superuser, server.password, 'postgres'),
    await clickhouseUrl(),
  )
  const stores = await openStores(both)
  await stores.clickhouse.insert('schema_versions', [{ version: 9999, name: 'later' }])
  await stores.close()
  await expect(openStores(both)).rejects.toMatchObject({
    name: 'NewerSchema',
    message: expect.stringContaining('ClickHouse'),
  })
})

test('[ST52] stores that are not there are told by their variable', async () => {
  const nowhere = 'http://user:secret@127.0.0.1:1/'
  await expect(
    openStores(config('postgres://user:secret@127.0.0.1:1/x', nowhere)),
  ).rejects.toMatchObject({
    code: 'postgres-unreachable',
    message: expect.stringMatching(/DATABASE_URL(?!.*secret)/),
  })
  const [{ bin } = { bin: '' }] = await serverBinaries()
  const server = await startTcpPostgres(bin, temporaryFolder())
  await expect(
    openStores(config(server.url(server.superuser, server.password, 'postgres'), nowhere)),
  ).rejects.toMatchObject({
    code: 'clickhouse-unreachable',
    message: expect.stringMatching(/CLICKHOUSE_URL(?!.*secret)/),
  })
})

test.each([
  ['http://h:8123', { url: 'http://h:8123', user: 'default', password: '', database: 'default' }],
  ['https://u:p%40@h/db', { url: 'https://h', user: 'u', password: 'p@', database: 'db' }],
])('[ST53] CLICKHOUSE_URL %s', (url, expected) => {
  const { address, database } = clickhouseAddress(url)
  expect({ ...address, database }).toEqual(expected)
})
