import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import { connectClickHouse } from '../clickhouse/client.ts'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { startEngine } from '../clickhouse/engine-process.ts'
import { migrateClickHouse } from '../clickhouse/schema.ts'
import { openDatabase, type PostgresAddress } from '../postgres/database.ts'
import { startPostgres } from '../postgres/postgres-process.ts'
import { alone, migratePostgres } from '../postgres/schema.ts'
import type { Database } from '../postgres/tables.ts'
import { halfRestored } from '../postgres/half-restore.ts'
import { StartupProblem } from '../config/startup-problem.ts'

/** Both stores, migrated and ready. Everything that remembers anything goes through these two. */
export interface Stores {
  readonly clickhouse: ClickHouse
  readonly database: Kysely<Database>
  close(): Promise<void>
}

export interface StoresConfig {
  /** The data folder. Holds the embedded stores; the caller holds its lock. */
  readonly home: string
  /** null: the embedded server. */
  readonly databaseUrl: string | null
  /** null: the embedded engine. User, password and database stand in the URL. */
  readonly clickhouseUrl: string | null
  readonly threads: number
  readonly engineMemoryBytes: number
  /** False: the schemas are left as they are, for a restore. */
  readonly migrate?: boolean
  readonly log: (line: string) => void
  /** What whoever starts it should know although nothing is wrong; default: `log`. */
  readonly notice?: (line: string) => void
}

/** Starts what is embedded, connects, and brings both to this program's schema. */
export async function openStores(config: StoresConfig): Promise<Stores> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const [postgres, clickhouse] = await both(
      openPostgresStore(config, closers),
      openClickHouseStore(config, closers),
    )
    if (config.migrate === false) return { database: postgres, clickhouse, close }
    const half = await halfRestored(postgres)
    if (half !== null) {
      throw new StartupProblem(
        'half-restored',
        `the restore of '${half}' was cut short and these stores hold a part of it: delete the data folder (or empty both databases) and restore again`,
      )
    }
    await alone(postgres, async () => {
      await migratePostgres(postgres)
      await migrateClickHouse(clickhouse)
    })
    return { database: postgres, clickhouse, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Closers = (() => Promise<void>)[]

async function openPostgresStore(
  { home, databaseUrl, log, notice = log }: StoresConfig,
  closers: Closers,
): Promise<Kysely<Database>> {
  const connection = async (): Promise<PostgresAddress['connection']> => {
    if (databaseUrl !== null) return { connectionString: databaseUrl }
    const server = await startPostgres({ folder: join(home, 'postgres'), log, notice })
    closers.push(() => server.stop())
    return server.address
  }
  const database = await openDatabase({ connection: await connection() }).catch(
    (error: unknown) => {
      throw databaseUrl === null ? error : unreachable('postgres', databaseUrl, error)
    },
  )
  closers.push(() => database.destroy())
  return database
}

async function openClickHouseStore(config: StoresConfig, closers: Closers): Promise<ClickHouse> {
  if (config.clickhouseUrl !== null) {
    const { address, database } = clickhouseAddress(config.clickhouseUrl)
    const clickhouse = connectClickHouse({ address: async () => address, database })
    closers.push(() => clickhouse.close())
    await clickhouse.command('SELECT 1').catch((error: unknown) => {
      throw unreachable('clickhouse', config.clickhouseUrl ?? '', error)
    })
    return clickhouse
  }
  const folder = join(config.home, 'clickhouse')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const engine = await startEngine({
    folder,
    spoolFolder: join(config.home, 'spool'),
    threads: config.threads,
    memoryBytes: config.engineMemoryBytes,
    log: config.log,
  })
  closers.push(() => engine.stop())
  const clickhouse = connectClickHouse({ address: engine.address, database: 'default' })
  closers.push(() => clickhouse.close())
  return clickhouse
}

/** `http://user:password@host:8123/database`, as far as each part is given. */
export function clickhouseAddress(text: string) {
  const url = new URL(text)
  return {
    address: {
      url: url.origin,
      user: decodeURIComponent(url.username) || 'default',
      password: decodeURIComponent(url.password),
    },
    database: decodeURIComponent(url.pathname.slice(1)) || 'default',
  }
}

const REACHED_BY = {
  postgres: { name: 'PostgreSQL', variable: 'DATABASE_URL', code: 'postgres-unreachable' },
  clickhouse: { name: 'ClickHouse', variable: 'CLICKHOUSE_URL', code: 'clickhouse-unreachable' },
} as const

/** One line that never holds the password. */
function unreachable(store: keyof typeof REACHED_BY, text: string, error: unknown): StartupProblem {
  const { name, variable, code } = REACHED_BY[store]
  const { host, pathname, username } = new URL(text)
  const why =
    error instanceof Error ? (error.message || String(error)).split('\n')[0] : String(error)
  const who = username === '' ? '' : ` as ${decodeURIComponent(username)}`
  return new StartupProblem(
    code,
    `cannot open ${name} at ${host}${pathname}${who} (${why}): check ${variable}, and that the server runs and lets us in`,
    error,
  )
}

/** Both, or, when one fails, its error after the other has come to its end too. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  const [first, second] = await Promise.allSettled([a, b])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}
