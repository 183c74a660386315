import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Database } from './tables.ts'

export interface PostgresAddress {
  /** A postgres:// URL, or for the embedded server the parts of its socket. */
  readonly connection: { readonly connectionString: string } | SocketAddress
  /** Keep the given user's rights, superuser or not: for making and dropping databases. */
  readonly asGiven?: boolean
}

export interface SocketAddress {
  /** The folder of the unix socket. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
}

/** What the program's own role is called on servers where we enter as a superuser. */
export const APP_ROLE = 'parcurs_app'

const CONNECT_MS = 10_000

/**
 * Opens the store of what is agreed. Row-level security does not bind superusers, so when the given
 * user is one (or bypasses it) every connection of the pool takes on a role that is bound.
 */
export async function openDatabase(
  address: PostgresAddress,
  maxConnections = 10,
): Promise<Kysely<Database>> {
  const config: pg.PoolConfig = {
    ...address.connection,
    connectionTimeoutMillis: CONNECT_MS,
    types: { getTypeParser: typeParser },
  }
  const role = address.asGiven === true ? null : await boundRole(config)
  const pool = new pg.Pool({ ...config, max: maxConnections, idleTimeoutMillis: 30_000 })
  // A connection that breaks while idle is replaced by the pool; whoever uses one sees its error.
  pool.on('error', () => {})
  // TRICKY: one that breaks between two queries of a transaction tells it by an event, which without a
  // listener would end the whole program; the next query on it fails and tells it to whoever asks.
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<Database>({
    dialect: new PostgresDialect({
      pool,
      onCreateConnection: async (connection) => {
        if (role === null) return
        await connection.executeQuery(CompiledQuery.raw(`set role ${role}`))
      },
    }),
  })
}

/** @returns the role to take on, or null when the user is bound by row-level security as it is */
async function boundRole(config: pg.ClientConfig): Promise<string | null> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    const { rows } = await client.query<{ unbound: boolean; database: string }>(
      `select rolsuper or rolbypassrls as unbound, quote_ident(current_database()) as database
       from pg_roles where rolname = current_user`,
    )
    const [self] = rows
    if (self === undefined || !self.unbound) return null
    // Two programs may start at once; roles belong to the whole server, so no lock of a database helps.
    await client.query(`do $$ begin
      create role ${APP_ROLE} nologin nosuperuser nobypassrls;
    exception when duplicate_object or unique_violation then null; end $$`)
    await client.query('select pg_advisory_lock(7283461)')
    await client.query(`grant ${APP_ROLE} to current_user`)
    await client.query(`grant create on database ${self.database} to ${APP_ROLE}`)
    await client.query(`grant usage, create on schema public to ${APP_ROLE}`)
    return APP_ROLE
  } finally {
    await client.end()
  }
}

const INT8 = 20

/** bigint columns are counters and marks, far below 2^53: a number, and an error if ever not. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 && format !== 'binary') return safeInteger
  return format === undefined
    ? pg.types.getTypeParser(oid)
    : pg.types.getTypeParser(oid, format as 'text')
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a number`)
  return value
}
