import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { connectClickHouse } from '../../apps/server/src/clickhouse/client.ts'
import { startEngine } from '../../apps/server/src/clickhouse/engine-process.ts'
import { serverBinaries, startTcpPostgres } from '../../apps/server/src/testing/tcp-postgres.ts'
import { mapNumbers } from '../survival/map-numbers.ts'
import { command } from '../survival/server.ts'
import { event, isRefused } from '../survival/story.ts'
import { type ProgramProcess, program, serverFile } from './program-process.ts'

// As docs/servers.md tells it: one PostgreSQL and one ClickHouse, a process that answers, another that
// works in the background, each with a data folder of its own.

const EVENTS = 8_000
/** As often as the worker looks for something to fold, and a little more. */
const LOOK_MS = 7_000

const root = mkdtempSync(join(tmpdir(), 'parcurs-e2e-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
// Root runs PostgreSQL as somebody else.
chmodSync(root, 0o711)
const [embedded] = await serverBinaries()
if (embedded === undefined) throw new Error('no PostgreSQL')
const postgres = await startTcpPostgres(embedded.bin, root)
const engine = await startEngine({
  folder: join(root, 'clickhouse'),
  spoolFolder: join(root, 'spool'),
  threads: 2,
  memoryBytes: 1_000_000_000,
  log: () => {},
})
afterAll(() => engine.stop())
const { url, user, password } = await engine.address()
const clickhouseUrl = Object.assign(new URL(url), {
  username: user,
  password,
  pathname: 'journeys',
})
const clickhouse = connectClickHouse({ address: engine.address, database: 'default' })
afterAll(() => clickhouse.close())
await clickhouse.command('CREATE DATABASE journeys')
const databaseUrl = postgres.url(postgres.superuser, postgres.password, 'postgres')

function start(role: 'api' | 'worker'): ProgramProcess {
  return program({
    env: {
      PARCURS_HOME: join(root, role),
      PARCURS_ROLE: role,
      DATABASE_URL: databaseUrl,
      CLICKHOUSE_URL: clickhouseUrl.href,
    },
  })
}

async function folded(): Promise<readonly unknown[]> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query('select fold from folds where fold > 0')
  await client.end()
  return rows
}

test('[PR15] one process answers and never folds, another folds and opens no port', async () => {
  const [api, worker] = [start('api'), start('worker')]
  await api.ready
  await expect.poll(worker.out, { timeout: 60_000 }).toContain('Parcurs is ready\n')
  expect(() => serverFile(join(root, 'worker'))).toThrow('ENOENT')
  worker.child.kill('SIGTERM')
  expect(await worker.ended).toBe(0)

  const server = { process: api.child, said: api.out, ...serverFile(join(root, 'api')) }
  const { key } = await command<{ key: string }>(
    server,
    'POST',
    '/api/workspaces/main/write-keys',
    { name: 'roles' },
  )
  const numbers = Array.from({ length: EVENTS }, (_, i) => i).filter((i) => !isRefused(i))
  for (let at = 0; at < numbers.length; at += 500) {
    const answer = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ batch: numbers.slice(at, at + 500).map(event) }),
    })
    expect(answer.status).toBe(200)
  }
  const before = await mapNumbers(server)
  await sleep(LOOK_MS)
  expect(await folded()).toEqual([])

  const again = start('worker')
  await expect.poll(folded, { timeout: 60_000 }).toHaveLength(1)
  expect(await mapNumbers(server)).toEqual(before)

  await parquetIsImported(server)
  for (const { child, ended, err } of [api, again]) {
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(err()).toBe('')
  }
})

/** The store is elsewhere and cannot read our files: that of ours reads them here. */
async function parquetIsImported(server: Parameters<typeof command>[0]): Promise<void> {
  const rows = `SELECT 'pq' || toString(number % 7) AS user_id, 'view_item' AS event,
    toDateTime64('2026-06-01 00:00:00', 3, 'UTC') + number AS time FROM numbers(1000)`
  const bytes = await buffer(await clickhouse.bytes({ text: rows, params: {} }, 'Parquet'))
  const path = '/api/workspaces/main/imports'
  const uploaded = await fetch(`${server.url}${path}?name=events.parquet`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${server.token}`,
      'content-type': 'application/octet-stream',
    },
    body: new Uint8Array(bytes),
  })
  const { importId }: { importId: string } = await uploaded.json()
  await command(server, 'POST', `${path}/${importId}/run`, {})
  const view = () => command<object>(server, 'GET', `${path}/${importId}`)
  await expect.poll(view, { timeout: 60_000 }).toMatchObject({
    state: 'done',
    progress: { stored: 1000, rejected: 0 },
  })
}
