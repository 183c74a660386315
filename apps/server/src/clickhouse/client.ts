import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClickHouseClient, createClient } from '@clickhouse/client'
import type { Compiled } from '@parcurs/analytics'
import type { AskOptions, ClickHouse, InsertOptions, OutputFormat } from './clickhouse.ts'
import { storeFailure } from './failure.ts'

export interface ClickHouseAddress {
  readonly url: string
  readonly user: string
  readonly password: string
}

export interface ClickHouseConnection {
  /** Where the store is now: the embedded engine moves when it is restarted. Waits until it is up. */
  readonly address: () => Promise<ClickHouseAddress>
  readonly database: string
}

const ASK_MS = 3_600_000
/** JSONEachRow text handed to the wire at a time. */
const CHUNK_CHARS = 262_144
const ATTEMPTS = 3
const ATTEMPT_PAUSE_MS = 150

/** @param connection where; the client is made anew whenever the address changes */
export function connectClickHouse(connection: ClickHouseConnection): ClickHouse {
  let held: { readonly url: string; readonly ways: Ways } | null = null

  async function ways(): Promise<Ways> {
    const address = await connection.address()
    if (held !== null && held.url === address.url) return held.ways
    const former = held?.ways
    held = { url: address.url, ways: openWays(address, connection.database) }
    await closeWays(former)
    return held.ways
  }

  /** Every way out of the store passes here, so that nothing but StoreFailure gets out. */
  async function asking<T>(
    { signal, maxSeconds }: Pick<AskOptions, 'signal' | 'maxSeconds'>,
    work: (client: ClickHouseClient) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        signal?.throwIfAborted()
        const { own, questions } = await ways()
        return await work(maxSeconds === undefined ? own : questions)
      } catch (error) {
        // Nobody listened, so nothing was begun: the engine is about to be started again.
        if (!refusedConnection(error) || attempt === ATTEMPTS) throw storeFailure(error, signal)
        await delay(ATTEMPT_PAUSE_MS)
      }
    }
  }

  return {
    rows: <Row>(query: Compiled, options: AskOptions = {}) =>
      asking(options, async (client) => {
        const answer = await client.query({
          query: query.text,
          query_params: query.params,
          format: 'JSONEachRow',
          ...abortable(options.signal),
          clickhouse_settings: { ...settings(options), wait_end_of_query: 1 },
        })
        const read = summaryOf(answer.response_headers['x-clickhouse-summary'])
        if (read !== null) options.onRead?.(read)
        return await answer.json<Row>()
      }),

    bytes: (query: Compiled, format: OutputFormat, options: AskOptions = {}) =>
      asking(options, async (client) => {
        const answer = await client.exec({
          query: `${query.text}\nFORMAT ${format}`,
          query_params: query.params,
          ...abortable(options.signal),
          clickhouse_settings: settings(options),
        })
        return answer.stream
      }),

    insert: (table, rows, options: InsertOptions = {}) =>
      asking(options, async (client) => {
        if (Array.isArray(rows) && rows.length === 0) return
        const columns = options.columns === undefined ? '' : ` (${options.columns.join(', ')})`
        const format = options.format ?? 'JSONEachRow'
        const answer = await client.exec({
          query: `INSERT INTO ${table}${columns} FORMAT ${format}`,
          values: rows instanceof Readable ? rows : Readable.from(jsonLines(rows)),
          ...abortable(options.signal),
          clickhouse_settings: { input_format_skip_unknown_fields: 0, wait_end_of_query: 1 },
        })
        await drained(answer.stream)
      }),

    command: (statement, options: AskOptions = {}) =>
      asking(options, async (client) => {
        const { text, params } =
          typeof statement === 'string' ? { text: statement, params: {} } : statement
        await client.command({
          query: text,
          query_params: params,
          ...abortable(options.signal),
          clickhouse_settings: { ...settings(options), wait_end_of_query: 1 },
        })
      }),

    async close() {
      await closeWays(held?.ways)
      held = null
    },
  }
}

/** Connections of their own: what the program itself must know does not wait behind questions. */
interface Ways {
  readonly own: ClickHouseClient
  /** Whose askers set a limit of time. */
  readonly questions: ClickHouseClient
}

function openWays(address: ClickHouseAddress, database: string): Ways {
  return { own: newClient(address, database), questions: newClient(address, database) }
}

async function closeWays(ways: Ways | undefined): Promise<void> {
  await Promise.all([ways?.own.close(), ways?.questions.close()])
}

function newClient({ url, user, password }: ClickHouseAddress, database: string): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    database,
    application: 'parcurs',
    request_timeout: ASK_MS,
    max_open_connections: 64,
    // Long lists of keys do not fit a URL.
    use_multipart_params_auto: true,
    keep_alive: { enabled: true, idle_socket_ttl: 2000 },
    // Failures are thrown and told once, by whoever asked.
    log: { LoggerClass: SilentLogger },
  })
}

const SETTINGS = {
  output_format_json_quote_64bit_integers: 1,
  date_time_input_format: 'best_effort',
  // A segment's rule of 100 conditions is longer than the engine expects of a statement.
  max_ast_elements: 1_000_000,
  max_expanded_ast_elements: 2_000_000,
} as const

function settings(options: AskOptions): Record<string, string | number> {
  return {
    ...SETTINGS,
    ...(options.maxSeconds === undefined ? {} : { max_execution_time: options.maxSeconds }),
    ...(options.maxMemoryBytes === undefined
      ? {}
      : { max_memory_usage: `${options.maxMemoryBytes}` }),
    ...(options.readonly === true ? { readonly: '1' } : {}),
  }
}

/** null: the store did not say what it read. */
function summaryOf(
  header: string | readonly string[] | undefined,
): { readonly rows: number; readonly bytes: number } | null {
  if (typeof header !== 'string') return null
  const told: { readonly read_rows?: string; readonly read_bytes?: string } = JSON.parse(header)
  return told.read_rows === undefined || told.read_bytes === undefined
    ? null
    : { rows: Number(told.read_rows), bytes: Number(told.read_bytes) }
}

function refusedConnection(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
}

function abortable(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { abort_signal: signal }
}

function* jsonLines(rows: readonly object[]): Generator<Buffer> {
  let text = ''
  for (const row of rows) {
    text += `${JSON.stringify(row, bigintAsText)}\n`
    if (text.length > CHUNK_CHARS) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text !== '') yield Buffer.from(text)
}

function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}

async function drained(stream: Readable): Promise<void> {
  for await (const _chunk of stream);
}

class SilentLogger {
  trace(): void {}
  debug(): void {}
  info(): void {}
  warn(): void {}
  error(): void {}
}
