import { gzipSync } from 'node:zlib'
import {
  componentOf,
  type Json,
  type JsonObject,
  listOf,
  objectOf,
  pathParams,
  type Route,
  ROUTES,
} from '@parcurs/contract'
import {
  HOSTILE_JSON,
  HOSTILE_SEGMENTS,
  HOSTILE_TEXTS,
  type Random,
  seeded,
} from './hostile-values.ts'

/** Who the requests come from: most get past the door, so that what lies behind it is tried. */
export interface HostileAim {
  readonly host: string
  readonly workspace: string
  /** Header lines. A session would be ended by the first request that signs out. */
  readonly machine: string
  readonly writeKey: string
}

const ZIP_BOMB = gzipSync(Buffer.alloc(30_000_000))

/** The nth hostile request, as the bytes that go over the wire. */
export function hostileRequest(aim: HostileAim, seed: number): Buffer {
  const random = seeded(seed)
  const kind = random.unit()
  if (kind < 0.06) return wireNonsense(aim, random)
  const route = random.pick(ROUTES)
  const method = random.chance(0.04)
    ? random.pick(['PUT', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'PURGE', 'DELETE', 'POST', 'get'])
    : route.method
  const body = method === 'GET' || method === 'HEAD' ? null : bodyFor(route, random)
  const headers = [
    `Host: ${random.chance(0.02) ? random.pick(['', 'evil.example', 'a b', '[::1', ':']) : aim.host}`,
    ...credentials(aim, route, random),
    ...contentHeaders(body, random),
    ...strayHeaders(random),
    'Connection: close',
  ]
  const head = `${method} ${addressFor(aim, route, random)} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)])
}

function credentials(aim: HostileAim, route: Route, random: Random): readonly string[] {
  if (random.chance(0.08)) {
    return [
      random.pick([
        'Authorization: Basic',
        'Authorization: Basic ====',
        `Authorization: Basic ${Buffer.from('\0\uFFFD:').toString('base64')}`,
        `Authorization: Basic ${'A'.repeat(5_000)}`,
        'Authorization: Bearer',
        "Authorization: Bearer ' or 1=1",
        `Authorization: Bearer ${'a'.repeat(190)}`,
        'Authorization: Digest x=y',
        `Cookie: parcurs_session=${'x'.repeat(2_000)}`,
        'Cookie: parcurs_session=%00; ; =; a',
        'Cookie: __proto__=1; constructor=2',
      ]),
    ]
  }
  return route.access === 'write-key' ? [aim.writeKey] : [aim.machine]
}

function contentHeaders(body: Buffer | null, random: Random): readonly string[] {
  if (body === null) return []
  const zipped = body.length > 2 && body[0] === 0x1f && body[1] === 0x8b
  const type = random.chance(0.06)
    ? random.pick([
        'text/plain',
        'application/xml',
        'application/json; charset=utf-16',
        'application/json; charset="',
        'multipart/form-data; boundary=x',
        'application/x-www-form-urlencoded',
        '///',
        '',
        'application/json'.repeat(50),
      ])
    : 'application/json'
  const encoding =
    zipped || random.chance(0.03)
      ? random.pick(['gzip', 'gzip', 'br', 'deflate', 'gzip, gzip', 'x'])
      : null
  return [
    ...(random.chance(0.02) ? [] : [`Content-Type: ${type}`]),
    ...(encoding === null ? [] : [`Content-Encoding: ${encoding}`]),
    `Content-Length: ${body.length}`,
  ]
}

function strayHeaders(random: Random): readonly string[] {
  if (!random.chance(0.1)) return []
  return [
    random.pick([
      'Range: bytes=0-99999999999,5-1,-0',
      'If-None-Match: W/"',
      'If-Modified-Since: yesterday',
      'Accept-Encoding: br;q=NaN, *;q=-1, gzip;;;',
      'Accept: text/html,*/*;q=9',
      'Accept-Language: \u00ff',
      'X-Forwarded-For: 999.1.1.1, ::ffff:x',
      'X-Forwarded-Host: evil.example',
      'Forwarded: for=";',
      'Origin: null',
      'Origin: https://evil.example',
      'Sec-Fetch-Site: cross-site',
      'Upgrade: websocket',
      'Expect: 100-continue',
      'X-HTTP-Method-Override: DELETE',
      `X-Long: ${'x'.repeat(9_000)}`,
      `Cookie: ${'a=b; '.repeat(1_000)}`,
    ]),
  ]
}

function addressFor(aim: HostileAim, route: Route, random: Random): string {
  const path = pathParams(route.path).reduce((held, name) => {
    const usual = name === 'workspace' ? aim.workspace : random.pick(['1', 'home', 'a-b'])
    const hostile = random.chance(name === 'workspace' ? 0.04 : 0.5)
    return held.replace(`:${name}`, () => (hostile ? random.pick(HOSTILE_SEGMENTS) : usual))
  }, route.path)
  if (random.chance(0.02))
    return path + random.pick(['/', '//', '/..', '?', '#', '%', '%00', '/%2e%2e'])
  const query = queryFor(route, random)
  return query === '' ? path : `${path}?${query}`
}

function queryFor(route: Route, random: Random): string {
  const known = Object.keys(objectOf(componentOf(route.query, 'input', 'Query', {})['properties']))
  if (known.length === 0 && !random.chance(0.05)) return ''
  const names = [...known, ...(random.chance(0.2) ? ['__proto__', 'a[]', 'a[b]', '', '%'] : [])]
  return names
    .filter(() => random.chance(0.6))
    .flatMap((name) => Array.from({ length: random.chance(0.1) ? 3 : 1 }, () => name))
    .map((name) =>
      random.chance(0.5)
        ? `${name}=${random.pick(['1', '100', 'a', 'left', 'visited', '1790000000000'])}`
        : `${name}=${random.pick(HOSTILE_SEGMENTS)}`,
    )
    .join('&')
}

function bodyFor(route: Route, random: Random): Buffer {
  const kind = random.unit()
  if (kind < 0.03) return Buffer.alloc(0)
  if (kind < 0.06) return Buffer.from(random.pick(HOSTILE_JSON))
  if (kind < 0.07) return ZIP_BOMB
  if (kind < 0.1) return Buffer.from(Array.from({ length: 200 }, () => random.below(256)))
  const schemas: Record<string, Json> = {}
  const schema = componentOf(route.body, 'input', 'Body', schemas)
  let text = sample(schema, schemas, random, 0)
  if (kind < 0.14) text = text.slice(0, random.below(text.length + 1))
  if (kind < 0.16) return Buffer.from(text, 'utf16le')
  if (kind < 0.18) return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
  if (kind < 0.2) return gzipSync(text)
  const bytes = Buffer.from(text)
  if (kind < 0.24 && bytes.length > 0) bytes[random.below(bytes.length)] = 0x80 + random.below(128)
  return bytes
}

/** JSON text near to what the schema asks for, with something wrong here and there. */
function sample(schema: Json | undefined, schemas: Schemas, random: Random, depth: number): string {
  if (random.chance(depth === 0 ? 0.02 : 0.06)) return random.pick(HOSTILE_JSON)
  if (random.chance(0.05)) return `"${random.pick(HOSTILE_TEXTS)}"`
  const held = objectOf(schema)
  const { $ref, enum: values, const: only, type } = held
  if (typeof $ref === 'string') {
    return depth > 12
      ? 'null'
      : sample(schemas[$ref.replace('#/components/schemas/', '')], schemas, random, depth + 1)
  }
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(values)) return JSON.stringify(random.pick(listOf(values)))
  const branches = listOf(held['anyOf'] ?? held['oneOf'])
  if (branches.length > 0) return sample(random.pick(branches), schemas, random, depth + 1)
  switch (type) {
    case 'object':
      return objectSample(held, schemas, random, depth)
    case 'array': {
      const fixed = listOf(held['prefixItems'])
      const most = depth > 6 ? 2 : random.pick([1, 2, 3, 40])
      const items =
        fixed.length > 0
          ? fixed
          : Array.from({ length: random.below(most + 1) }, () => held['items'] ?? {})
      return `[${items.map((item) => sample(item, schemas, random, depth + 1)).join(',')}]`
    }
    case 'integer':
    case 'number':
      return random.pick(['0', '1', '2', '30', '86400000', '1790000000000', '1795000000000'])
    case 'boolean':
      return random.pick(['true', 'false'])
    case 'string':
      return JSON.stringify(
        random.pick(['a', 'purchase', 'page_view', 'ann', '2026-11-01T00:00:00Z', 'EUR', 'home']),
      )
    default:
      return random.pick([...HOSTILE_JSON, '"a"', '1', '{"a":1}'])
  }
}

type Schemas = Readonly<Record<string, Json>>

function objectSample(held: JsonObject, schemas: Schemas, random: Random, depth: number): string {
  const fields = Object.entries(objectOf(held['properties']))
    .filter(([name]) => listOf(held['required']).includes(name) || random.chance(0.6))
    .filter(() => !random.chance(0.03))
    .map(([name, schema]) => `"${name}":${sample(schema, schemas, random, depth + 1)}`)
  if (held['additionalProperties'] !== false && held['additionalProperties'] !== undefined) {
    for (let i = random.below(4); i > 0; i--) {
      const name = random.pick(HOSTILE_TEXTS)
      fields.push(`"${name}":${sample(held['additionalProperties'], schemas, random, depth + 1)}`)
    }
  }
  if (random.chance(0.05))
    fields.push(`"${random.pick(HOSTILE_TEXTS)}":${random.pick(HOSTILE_JSON)}`)
  return `{${fields.join(',')}}`
}

/** What is hardly HTTP any more. */
function wireNonsense(aim: HostileAim, random: Random): Buffer {
  const host = `Host: ${aim.host}\r\n`
  const end = 'Connection: close\r\n\r\n'
  return Buffer.from(
    random.pick([
      '\r\n\r\n',
      '\0\0\0\0',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'BREW /pot HTTP/1.1\r\n\r\n',
      'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
      `GET http://evil.example/ HTTP/1.1\r\n${host}${end}`,
      `GET * HTTP/1.1\r\n${host}${end}`,
      `OPTIONS * HTTP/1.1\r\n${host}${end}`,
      `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}${end}`,
      `GET / HTTP/1.1\r\n${host}X: ${'y'.repeat(40_000)}\r\n${end}`,
      `GET / HTTP/1.1\r\n${host}${Array.from({ length: 3_000 }, (_, i) => `H${i}: v\r\n`).join('')}${end}`,
      `GET / HTTP/1.1\r\n${end}`,
      `GET / HTTP/1.1\r\n${host}${host}${end}`,
      `GET /\u00ff\u00fe HTTP/1.1\r\n${host}${end}`,
      `GET / HTTP/1.1\r\n${host}Bad Header: x\r\n${end}`,
      `GET / HTTP/1.1\r\n${host} folded: x\r\n${end}`,
      `POST /v1/track HTTP/1.1\r\n${host}Content-Length: -5\r\n${end}`,
      `POST /v1/track HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n${end}`,
      `POST /v1/track HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`,
      `POST /api/sign-in HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${end}zz\r\nhello\r\n`,
      `POST /api/sign-in HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n${end}2\r\n{}\r\n0\r\n\r\n`,
      `POST /api/sign-in HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: gzip, chunked\r\n${end}0\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host}Upgrade: h2c\r\nHTTP2-Settings: x\r\n${end}`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ]),
    'latin1',
  )
}
