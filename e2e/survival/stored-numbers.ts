import { compile, sql } from '@parcurs/analytics'
import { openStores } from '../../apps/server/src/stores/stores.ts'
import { readConfig } from '../../apps/server/src/config/config.ts'

/** How often each number is stored in a data folder whose server is stopped. */
export async function storedNumbers(home: string): Promise<ReadonlyMap<number, number>> {
  const stores = await openStores({ ...readConfig({ PARCURS_HOME: home }), log: () => {} })
  try {
    const rows = await stores.clickhouse.rows<{ number: string; times: string }>(
      compile(sql`
        SELECT properties['number'] AS number, count() AS times FROM events GROUP BY number`),
    )
    return new Map(rows.map(({ number, times }) => [Number(number), Number(times)]))
  } finally {
    await stores.close()
  }
}
