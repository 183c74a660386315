import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { compile, sql } from '@parcurs/analytics'
import { afterAll, expect, test } from 'vitest'
import { processIdentity } from '../processes/process-identity.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { connectClickHouse } from './client.ts'
import { StoreFailure } from './clickhouse.ts'
import { startEngine } from './engine-process.ts'

// An engine of its own, because it is killed.

const home = temporaryFolder()
const lines: string[] = []
const options = {
  folder: join(home, 'clickhouse'),
  spoolFolder: join(home, 'spool'),
  threads: 2,
  memoryBytes: 1_500_000_000,
  log: (line: string) => lines.push(line),
}
const engine = await startEngine(options)
const clickhouse = connectClickHouse({ address: engine.address, database: 'default' })
afterAll(async () => {
  await clickhouse.close()
  await engine.stop()
})
await clickhouse.command(
  `CREATE TABLE rows (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS fsync_after_insert = 1`,
)
const counted = async () => {
  const [row] = await clickhouse.rows<{ n: string; distinct: string }>(
    compile(sql`SELECT count() AS n, uniqExact(a) AS distinct FROM rows`),
  )
  return { n: Number(row?.n), distinct: Number(row?.distinct) }
}
/** A question that meets the dying engine fails with a word and is asked again, as its askers do. */
const countedAtLast = async () => {
  for (;;) {
    try {
      return await counted()
    } catch (error) {
      if (!(error instanceof StoreFailure) || error.code !== 'interrupted') throw error
      // Without a pause an engine that was stopped meanwhile would let nothing else happen, no time limit either.
      await delay(20)
    }
  }
}
const kill = () => {
  const pid = engine.pid()
  if (pid !== null) process.kill(pid, 'SIGKILL')
}

test('[ST13] what the program looks up is answered while more questions wait than run at once', async () => {
  const stop = new AbortController()
  let answered = 0
  const slow = Array.from({ length: 80 }, async () => {
    await clickhouse.rows(compile(sql`SELECT sleep(2)`), { signal: stop.signal, maxSeconds: 100 })
    answered += 1
  })
  const all = Promise.allSettled(slow)
  // By now the first eight are under way and all others wait behind them.
  await delay(500)
  expect(await counted()).toEqual({ n: 0, distinct: 0 })
  await clickhouse.insert('rows', [{ a: 1 }])
  expect(answered).toBeLessThan(40)
  stop.abort()
  await all
  await clickhouse.command('TRUNCATE TABLE rows')
})

test('[ST30] nobody enters without its password', async () => {
  const { url } = await engine.address()
  for (const headers of [{}, { 'x-clickhouse-user': 'default', 'x-clickhouse-key': '' }]) {
    const answer = await fetch(`${url}/?query=SELECT+1`, { headers })
    expect(answer.status).toBe(403)
  }
})

test('[ST31] when it dies, questions under way fail with a word and can be asked again', async () => {
  const asked = clickhouse.rows(compile(sql`SELECT sleep(3)`))
  setTimeout(kill, 200)
  await expect(asked).rejects.toMatchObject({
    code: 'interrupted',
    message: expect.stringContaining('ask again'),
  })
  expect(await countedAtLast()).toEqual({ n: 0, distinct: 0 })
  expect(lines.join('\n')).toContain('starting it again')
})

test('[ST32] killed in the middle of inserts, every acknowledged row is there and none twice', async () => {
  let acknowledged = 0
  for (let round = 0; round < 3; round += 1) {
    let running = true
    const writer = async () => {
      while (running) {
        const first = acknowledged
        const rows = Array.from({ length: 100 }, (_, i) => ({ a: first + i }))
        try {
          await clickhouse.insert('rows', rows)
          acknowledged += 100
        } catch {
          return
        }
      }
    }
    const writing = writer()
    await new Promise((resolve) => setTimeout(resolve, 150 + round * 70))
    kill()
    await writing
    running = false
    const { n, distinct } = await countedAtLast()
    // The batch under way when it died may be there, whole.
    expect([acknowledged, acknowledged + 100]).toContain(n)
    expect(distinct).toBe(n)
    acknowledged = n
  }
  expect(acknowledged).toBeGreaterThan(0)
})

test('[ST33] stops within its time although a question runs, and starts again with everything', async () => {
  const before = await counted()
  const asked = clickhouse.rows(
    compile(sql`SELECT sum(sipHash64(number)) FROM numbers(1000000000000)`),
  )
  asked.catch(() => {})
  await new Promise((resolve) => setTimeout(resolve, 200))
  const startedAt = performance.now()
  await engine.stop()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  await expect(asked).rejects.toMatchObject({ code: 'interrupted' })
  await expect(counted()).rejects.toMatchObject({ code: 'interrupted' })

  const again = await startEngine(options)
  const reader = connectClickHouse({ address: again.address, database: 'default' })
  expect(await reader.rows(compile(sql`SELECT toUInt32(count()) AS n FROM rows`))).toEqual([
    { n: before.n },
  ])
  await reader.close()
  const pid = again.pid() ?? 0
  await again.stop()
  expect(processIdentity(pid)).toBeNull()
})
