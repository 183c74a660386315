import type { IncomingMessage } from 'node:http'
import { createGunzip } from 'node:zlib'
import type { Readable } from 'node:stream'
import { literal } from './engine-statement.ts'

/** One request of ClickHouse's HTTP interface, taken apart. */
export interface EngineRequest {
  readonly id: string
  readonly database: string
  readonly defaultFormat: string
  /** The statement as far as the URL carries it. */
  readonly urlStatement: string
  readonly params: ReadonlyMap<string, string>
  readonly settings: ReadonlyMap<string, string>
  readonly readonly: boolean
  /** The whole answer is made before the first byte is sent, so an error has its own status. */
  readonly buffered: boolean
  readonly compressed: boolean
}

/** Parts of the protocol that are not engine settings. */
const NOT_SETTINGS = new Set([
  'query',
  'query_id',
  'database',
  'default_format',
  'wait_end_of_query',
  'enable_http_compression',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'user',
  'password',
  'readonly',
])
const NAME = /^\w+$/

/** @throws RequestRefused for a parameter that is no name or a feature that is not served */
export function engineRequest(url: URL, headers: IncomingMessage['headers'], newId: () => string) {
  const params = new Map<string, string>()
  const settings = new Map<string, string>()
  for (const [key, value] of url.searchParams) addPart(key, value, params, settings)
  const query = url.searchParams
  const request: EngineRequest = {
    id: query.get('query_id') ?? newId(),
    database: query.get('database') ?? 'default',
    defaultFormat: query.get('default_format') ?? 'TabSeparated',
    urlStatement: query.get('query') ?? '',
    params,
    settings,
    readonly: query.get('readonly') === '1',
    buffered: query.get('wait_end_of_query') === '1',
    compressed:
      query.get('enable_http_compression') === '1' &&
      /\bgzip\b/.test(String(headers['accept-encoding'] ?? '')),
  }
  return request
}

export function addPart(
  key: string,
  value: string,
  params: Map<string, string>,
  settings: Map<string, string>,
): void {
  const isParam = key.startsWith('param_')
  const name = isParam ? key.slice('param_'.length) : key
  if (!NAME.test(name)) throw new RequestRefused(`a name in the URL is not a word: ${key}`)
  if (isParam) params.set(name, value)
  else if (name === 'session_id') throw new RequestRefused('sessions are not served here')
  else if (!NOT_SETTINGS.has(name)) settings.set(name, value)
}

export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
}

/** The body as sent before compression. */
export function bodyOf(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return request
  if (encoding !== 'gzip') throw new RequestRefused(`content-encoding '${encoding}': expected gzip`)
  const unzipped = createGunzip()
  request.on('error', (error) => unzipped.destroy(error))
  return request.pipe(unzipped)
}

/**
 * The statement that gives a session its parameters and settings. `readonly` comes last of all: from
 * then on nothing can be set.
 */
export function setStatement(request: EngineRequest): string {
  const pairs = [
    `log_comment = ${literal(request.id)}`,
    ...[...request.params].map(([name, value]) => `param_${name} = ${literal(value)}`),
    ...[...request.settings].map(([name, value]) => `${name} = ${literal(value)}`),
    ...(request.readonly ? ['readonly = 1'] : []),
  ]
  return `SET ${pairs.join(', ')}`
}
