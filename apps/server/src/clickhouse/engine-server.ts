import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Session } from 'chdb'
import type { Engine, StatementKind } from './engine.ts'
import {
  addPart,
  bodyOf,
  engineRequest,
  type EngineRequest,
  RequestRefused,
  setStatement,
} from './engine-request.ts'
import type { EngineSettings } from './engine-settings.ts'
import {
  identifier,
  type InsertTarget,
  insertTarget,
  isSelect,
  literal,
  readonlyRefusal,
} from './engine-statement.ts'

const MEBIBYTE = 1_048_576
/** A statement in memory; rows to insert go through a file and have no such bound. */
const STATEMENT_BYTES = 64 * MEBIBYTE

/** ClickHouse's HTTP interface over the engine: what `@clickhouse/client` speaks, and no more. */
export function engineServer(engine: Engine, settings: EngineSettings): Server {
  const server = createServer({ maxHeaderSize: 16 * MEBIBYTE }, (request, response) => {
    void answer(engine, settings, request, response)
  })
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  return server
}

async function answer(
  engine: Engine,
  settings: EngineSettings,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://engine')
  if (url.pathname === '/ping') {
    response.end('Ok.\n')
    return
  }
  try {
    if (!mayEnter(incoming, settings.password)) {
      refuse(
        incoming,
        response,
        'Code: 516. DB::Exception: Authentication failed (AUTHENTICATION_FAILED)',
      )
      return
    }
    const request = engineRequest(url, incoming.headers, randomUUID)
    const target = request.readonly ? null : insertTarget(request.urlStatement)
    if (target === null) await ask(engine, request, incoming, response)
    else await insert(engine, settings, request, target, incoming, response)
  } catch (error) {
    refuse(incoming, response, error instanceof Error ? error.message : String(error))
  }
}

/** The rows go to a file that the engine reads: safe for binary formats, and of any size. */
async function insert(
  engine: Engine,
  settings: EngineSettings,
  request: EngineRequest,
  { table, columns, format }: InsertTarget,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = join(settings.spoolFolder, `${randomUUID()}.rows`)
  try {
    const size = await spool(bodyOf(incoming), file)
    let written = 0
    if (size > 0) {
      written = await running(engine, 'write', request, response, async (session) => {
        const done = await session.queryAsync(
          `INSERT INTO ${table} ${columns} FROM INFILE ${literal(file)} FORMAT ${format}`,
        )
        return done.rowsRead
      })
    }
    response.setHeader('X-ClickHouse-Summary', JSON.stringify({ written_rows: String(written) }))
    response.end()
  } finally {
    await rm(file, { force: true })
  }
}

/**
 * TRICKY: rows that do not fit on the disk are still read to their end: a client that is cut off while it
 * sends sees a broken connection, not our reason.
 */
async function spool(body: Readable, file: string): Promise<number> {
  const handle = await open(file, 'wx', 0o600)
  let size = 0
  let failure: unknown = null
  try {
    for await (const chunk of body) {
      size += chunk.length
      if (failure !== null) continue
      try {
        await handle.writeFile(chunk)
      } catch (error) {
        failure = error
      }
    }
  } finally {
    await handle.close()
  }
  if (failure !== null) throw failure
  return size
}

async function ask(
  engine: Engine,
  request: EngineRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { statement, params } = await statementOf(request, incoming)
  const asked = { ...request, params }
  const refusal = request.readonly ? readonlyRefusal(statement) : null
  if (refusal !== null) throw new RequestRefused(refusal)
  const streamed = isSelect(statement) && !request.buffered
  await running(engine, kindOf(statement, asked), asked, response, async (session) => {
    if (streamed) return await stream(session, asked, statement, response)
    const done = await session.queryAsync(statement, { format: asked.defaultFormat })
    const body = body200(asked, response)
    body.end(done.bytes())
  })
}

/**
 * Runs `work` in a session prepared for the request. When the asker goes away the statement is ended
 * in the engine too.
 */
async function running<T>(
  engine: Engine,
  kind: StatementKind,
  request: EngineRequest,
  response: ServerResponse,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return await engine.session(kind, async (session) => {
    if (response.destroyed) throw new RequestRefused('the asker went away')
    let running = true
    const gone = () => {
      if (running) engine.kill(request.id).catch(() => {})
    }
    response.once('close', gone)
    try {
      if (request.database !== 'default') {
        await session.queryAsync(`USE ${identifier(request.database)}`)
      }
      await session.queryAsync(setStatement(request))
      return await work(session)
    } finally {
      running = false
      response.off('close', gone)
    }
  })
}

function kindOf(statement: string, { settings }: EngineRequest): StatementKind {
  if (!isSelect(statement)) return 'write'
  return settings.has('max_execution_time') ? 'question' : 'read'
}

async function stream(
  session: Session,
  request: EngineRequest,
  statement: string,
  response: ServerResponse,
): Promise<void> {
  const rows = session.queryStream(statement, { format: request.defaultFormat })
  let body: Writable | null = null
  for await (const chunk of rows) {
    if (response.destroyed) {
      rows.cancel()
      return
    }
    body ??= body200(request, response)
    if (!body.write(chunk.raw())) await drainedOrClosed(body, response)
  }
  body ??= body200(request, response)
  body.end()
}

function body200(request: EngineRequest, response: ServerResponse): Writable {
  response.statusCode = 200
  response.setHeader('X-ClickHouse-Query-Id', request.id)
  if (!request.compressed) return response
  response.setHeader('Content-Encoding', 'gzip')
  const zipped = createGzip({ level: 1 })
  zipped.pipe(response)
  return zipped
}

function drainedOrClosed(body: Writable, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      body.off('drain', done)
      response.off('close', done)
      resolve()
    }
    body.on('drain', done)
    response.on('close', done)
  })
}

/** The statement is the URL's, then the body's; a multipart body carries it with the parameters. */
async function statementOf(request: EngineRequest, incoming: IncomingMessage) {
  const body = await bytesOf(incoming)
  const type = incoming.headers['content-type'] ?? ''
  const params = new Map(request.params)
  if (!type.startsWith('multipart/form-data')) {
    const text = body.toString('utf8')
    const parts = [request.urlStatement, text].filter((part) => part !== '')
    return { statement: parts.join('\n'), params }
  }
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData()
  let statement = request.urlStatement
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new RequestRefused(`part '${name}': expected text`)
    if (name === 'query') statement = value
    else addPart(name, value, params, new Map())
  }
  return { statement, params }
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of bodyOf(incoming)) {
    size += chunk.length
    if (size > STATEMENT_BYTES) throw new RequestRefused('the statement is larger than 64 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function mayEnter(incoming: IncomingMessage, password: string): boolean {
  const { authorization } = incoming.headers
  const key = incoming.headers['x-clickhouse-key']
  const given =
    typeof key === 'string'
      ? key
      : Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
  return timingSafeEqual(digest(given), digest(password))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const STATUSES: Readonly<Record<string, number>> = { 516: 403, 60: 404, 81: 404, 62: 400, 164: 403 }

/** As ClickHouse answers: the text of the exception, its number also in a header. */
function refuse(incoming: IncomingMessage, response: ServerResponse, message: string): void {
  if (response.destroyed) return
  if (response.headersSent) {
    // Rows are already out: only a broken connection tells that they are not all.
    response.destroy()
    return
  }
  if (!incoming.complete) {
    // Rows that nobody will read stand before the next request on this connection.
    response.setHeader('Connection', 'close')
    incoming.resume()
  }
  const code = /^Code: (\d+)/.exec(message)?.[1] ?? '1002'
  response.statusCode = STATUSES[code] ?? 500
  response.setHeader('X-ClickHouse-Exception-Code', code)
  response.setHeader('Content-Type', 'text/plain; charset=UTF-8')
  response.end(
    message.startsWith('Code:') ? message : `Code: 1002. DB::Exception: ${message} (STD_EXCEPTION)`,
  )
}
