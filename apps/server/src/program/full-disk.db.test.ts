import { compile, sql } from '@parcurs/analytics'
import { sql as postgresSql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { smallDisk } from '../testing/small-disk.ts'
import { assertDiskSpace, NEEDED_BYTES } from './disk-space.ts'
import { openStores } from '../stores/stores.ts'

test('[PR7] a start on a full disk is refused before anything is begun', () => {
  expect(() => assertDiskSpace('/data', NEEDED_BYTES)).not.toThrow()
  expect(() => assertDiskSpace('/data', 12_345_678)).toThrow(
    'the disk of the data folder /data is full (12 MB left): free at least 128 MB and start again',
  )
})

const disk = smallDisk(320)

describe.skipIf(disk === null)('on a disk that is full (needs the right to mount one)', () => {
  test('[PR8] what cannot be stored is refused with a word; what was acknowledged stays', async () => {
    if (disk === null) return
    const config = {
      home: disk.path,
      databaseUrl: null,
      clickhouseUrl: null,
      threads: 2,
      engineMemoryBytes: 1e9,
      log: () => {},
    }
    const stores = await openStores(config)
    const rows = (first: number) =>
      Array.from({ length: 20_000 }, (_, i) => ({
        workspace: 1,
        key: BigInt(first + i),
        message: BigInt(first + i),
        name: 'x'.repeat(50),
        properties: {
          noise: Math.sin(first + i)
            .toString(36)
            .repeat(4),
        },
      }))
    const stored = async (from = stores) =>
      await from.clickhouse.rows(compile(sql`SELECT toUInt32(count()) AS n FROM events`))
    await stores.clickhouse.insert('events', rows(0))
    await postgresSql`create table kept as select generate_series(1, 1000) as id`.execute(
      stores.database,
    )

    disk.fill()
    await expect(stores.clickhouse.insert('events', rows(20_000))).rejects.toMatchObject({
      code: 'disk-full',
    })
    await expect(
      postgresSql`create table more as select repeat('x', 1000) as filler from generate_series(1, 100000)`.execute(
        stores.database,
      ),
    ).rejects.toThrow('No space left on device')
    expect(await stored()).toEqual([{ n: 20_000 }])

    disk.free()
    await expect
      .poll(
        async () => {
          const { rows } = await postgresSql<{ n: number }>`select count(*) as n from kept`.execute(
            stores.database,
          )
          return rows[0]?.n
        },
        { timeout: 20_000 },
      )
      .toBe(1000)
    await stores.clickhouse.insert('events', rows(20_000))
    expect(await stored()).toEqual([{ n: 40_000 }])

    disk.fill()
    expect(() => assertDiskSpace(disk.path)).toThrow(/is full/)
    await stores.close()
    disk.free()
    const again = await openStores(config)
    expect(await stored(again)).toEqual([{ n: 40_000 }])
    await again.close()
  })
})
