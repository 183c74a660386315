import { Readable } from 'node:stream'
import { compile, param, sql } from '@parcurs/analytics'
import { describe, expect, test } from 'vitest'
import { freshStores } from '../testing/fresh-stores.ts'

// Through @clickhouse/client over the wire, as against a server.

const { clickhouse } = await freshStores()
await clickhouse.command('CREATE TABLE t (a UInt64, s String) ENGINE = MergeTree ORDER BY a')

const one = async (query: ReturnType<typeof sql>) => (await clickhouse.rows(compile(query)))[0]

describe('[ST15] every parameter arrives as it was given', () => {
  const texts = [
    "it's",
    'tab\tnewline\nreturn\r',
    'back\\slash',
    'nul\0',
    'ăΩж中🙂',
    '',
    "'); DROP TABLE t",
  ]

  test.each(texts)('text %j', async (text) => {
    expect(await one(sql`SELECT ${param.text(text)} AS v`)).toEqual({ v: text })
  })

  test('lists', async () => {
    const keys = [0n, 2n ** 63n, 2n ** 64n - 1n]
    expect(
      await one(
        sql`SELECT ${param.texts(texts)} AS ts, ${param.keys(keys)} AS ks, ${param.codes([])} AS none`,
      ),
    ).toEqual({ ts: texts, ks: keys.map(String), none: [] })
  })

  test('numbers and times', async () => {
    expect(
      await one(
        sql`SELECT ${param.ms(-1)} AS ms, ${param.number(0.1)} AS n, ${param.instant(1_700_000_000_123)} AS t`,
      ),
    ).toEqual({ ms: '-1', n: 0.1, t: '2023-11-14 22:13:20.123' })
  })

  test('a list of 100,000 keys, beyond any URL', async () => {
    const keys = Array.from({ length: 100_000 }, (_, i) => BigInt(i) * 10n ** 13n)
    expect(await one(sql`SELECT length(${param.keys(keys)}) AS n`)).toEqual({ n: '100000' })
  })
})

test('[ST16] no parameter or setting of one question is left for the next', async () => {
  await clickhouse.rows(compile(sql`SELECT ${param.text('secret')}`), { maxSeconds: 7 })
  await expect(clickhouse.rows({ text: 'SELECT {p0:String}', params: {} })).rejects.toMatchObject({
    code: 'statement',
  })
  expect(await one(sql`SELECT toUInt32(getSetting('max_execution_time')) AS s`)).toEqual({ s: 0 })
})

test('[ST16] rows of a question that failed half-way reach nobody', async () => {
  const failing = () =>
    clickhouse.rows(compile(sql`SELECT number, throwIf(number = 900000) FROM numbers(1000000)`))
  const right = () => clickhouse.rows(compile(sql`SELECT 'mine' AS v`))
  const settled = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? failing() : right())),
  )
  for (const [i, answer] of settled.entries()) {
    expect(answer.status).toBe(i % 2 === 0 ? 'rejected' : 'fulfilled')
    if (answer.status === 'fulfilled') expect(answer.value).toEqual([{ v: 'mine' }])
  }
})

test('[ST17] rows go in and come out in binary formats, streamed', async () => {
  const row = (n: number) => {
    const text = Buffer.from(`row ${n} \0\n`)
    const bytes = Buffer.alloc(8 + 1)
    bytes.writeBigUInt64LE(BigInt(n))
    bytes[8] = text.length
    return Buffer.concat([bytes, text])
  }
  const rows = Readable.from(
    (function* () {
      for (let n = 0; n < 1000; n++) yield row(n)
    })(),
  )
  await clickhouse.insert('t', rows, { format: 'RowBinary', columns: ['a', 's'] })
  const stream = await clickhouse.bytes(compile(sql`SELECT a, s FROM t ORDER BY a`), 'RowBinary')
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  expect(
    Buffer.concat(chunks).equals(Buffer.concat(Array.from({ length: 1000 }, (_, n) => row(n)))),
  ).toBe(true)
})

test('[ST17] a million rows stream through without being held', async () => {
  const stream = await clickhouse.bytes(compile(sql`SELECT number FROM numbers(1000000)`), 'Native')
  let size = 0
  for await (const chunk of stream) size += chunk.length
  expect(size).toBeGreaterThan(8_000_000)
})

test('[ST18] a row with an unknown column is refused whole', async () => {
  await expect(clickhouse.insert('t', [{ a: 1, typo: 2 }])).rejects.toMatchObject({
    code: 'statement',
    message: expect.stringContaining('typo'),
  })
})

describe('[ST19] a question has its limits', () => {
  const endless = compile(sql`SELECT sum(sipHash64(number)) AS s FROM numbers(1000000000000)`)

  test('the asker gives up: it is ended in the store', async () => {
    const before = await running()
    const asker = new AbortController()
    const asked = clickhouse.rows(endless, { signal: asker.signal })
    setTimeout(() => asker.abort(), 200)
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(running, { timeout: 5_000 }).toBe(before)
  })

  test('a stream nobody reads on is ended too', async () => {
    const before = await running()
    const rows = await clickhouse.bytes(
      compile(sql`SELECT number, repeat('x', 100) FROM numbers(1000000000)`),
      'JSONEachRow',
    )
    for await (const _chunk of rows) break
    await expect.poll(running, { timeout: 5_000 }).toBe(before)
  })

  test('time', async () => {
    await expect(clickhouse.rows(endless, { maxSeconds: 1 })).rejects.toMatchObject({
      code: 'too-slow',
    })
  })

  test('memory', async () => {
    const greedy = compile(sql`SELECT length(groupArray(number)) FROM numbers(100000000)`)
    await expect(clickhouse.rows(greedy, { maxMemoryBytes: 50_000_000 })).rejects.toMatchObject({
      code: 'too-much-memory',
    })
  })

  async function running(): Promise<string> {
    const row = await one(
      sql`SELECT toString(count()) AS n FROM system.processes WHERE query LIKE '%numbers(1000000000%'`,
    )
    return JSON.stringify(row)
  }
})

describe('[ST22] SQL that a user wrote reads tables and nothing else', () => {
  test.each([
    "SELECT * FROM file('/etc/passwd', 'LineAsString')",
    "SELECT * FROM url('http://127.0.0.1/', 'LineAsString')",
    "SELECT * FROM remote('127.0.0.1', system.one)",
    'SELECT 1 SETTINGS max_execution_time = 0',
    "WITH 1 AS x SELECT x INTO/**/OUTFILE '/tmp/parcurs-outfile'",
    "SELECT $a$ ' $a$ INTO OUTFILE '/tmp/parcurs-outfile'",
    'SET readonly = 0',
    'INSERT INTO t VALUES (1, 2)',
    "INSERT INTO FUNCTION file('/tmp/x', 'CSV') SELECT 1",
    "SELECT 1 INTO OUTFILE '/tmp/parcurs-outfile'",
    'DROP TABLE t',
    'CREATE TABLE u (a UInt8) ENGINE = Memory',
    'SELECT 1; DROP TABLE t',
    'SYSTEM SHUTDOWN',
    'KILL QUERY WHERE 1',
    "BACKUP TABLE t TO File('/tmp/parcurs-backup')",
  ])('%s', async (text) => {
    await expect(
      clickhouse.rows({ text, params: {} }, { readonly: true, maxSeconds: 9 }),
    ).rejects.toMatchObject({
      code: 'statement',
    })
  })

  test('a table is read', async () => {
    const rows = await clickhouse.rows(compile(sql`SELECT toUInt8(1) AS v FROM t LIMIT 1`), {
      readonly: true,
    })
    expect(rows).toEqual([{ v: 1 }])
  })
})
