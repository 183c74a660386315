import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, type ZlibOptions } from 'node:zlib'
import { type Refusal, refuse } from '@parcurs/contract'
import { type BodyLimits, bodyTooLarge, pacedBody } from './body-pace.ts'
import { whereJsonBreaks } from './json-place.ts'
import { withLongNumbersAsText } from './long-numbers.ts'

const unzip = promisify<Buffer, ZlibOptions, Buffer>(gunzip)

/** Deeper than any schema of ours goes; below the depth at which recursive code could overflow. */
const MAX_DEPTH = 60

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal }

/**
 * Reads a JSON body of at most `limitBytes` (after `content-encoding: gzip` is undone).
 * An absent body is `undefined`. `tolerant`: calls of clients, whatever the content type; keys that could reach a
 * prototype and characters that PostgreSQL cannot store are left for the reader, who judges event by event, and whole
 * numbers beyond 2^53 come as text.
 */
export async function readJson(
  request: IncomingMessage,
  { tolerant, ...limits }: BodyLimits & { readonly tolerant: boolean },
): Promise<Body> {
  if (tolerant) return await readCalls(request, limits)
  const type = request.headers['content-type']
  const encoding = encodingOf(request)
  if (typeof encoding !== 'string') return no(encoding)
  if (type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    return no(
      refuse(
        'content-type-unsupported',
        `content-type is '${short(type)}': expected application/json`,
      ),
    )
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type ?? '')?.[1]
  if (
    charset !== undefined &&
    charset.toLowerCase() !== 'utf-8' &&
    charset.toLowerCase() !== 'utf8'
  ) {
    return no(
      refuse(
        'content-type-unsupported',
        `the body's charset is '${short(charset)}': expected utf-8`,
      ),
    )
  }
  const read = await readBytes(request, limits, encoding === 'gzip')
  if ('kind' in read) return no(read)
  if (read.length === 0) return { ok: true, value: undefined }
  if (type === undefined) {
    return no(
      refuse('content-type-unsupported', 'content-type is missing: expected application/json'),
    )
  }
  return parseJson(read, false)
}

function encodingOf({ headers }: IncomingMessage): 'identity' | 'gzip' | Refusal {
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity' || encoding === 'gzip'
    ? encoding
    : refuse(
        'content-type-unsupported',
        `content-encoding is '${short(encoding)}': expected gzip or none`,
      )
}

/**
 * Calls of clients: the content type says nothing (JSON comes as text, as a form, as nothing), so the bytes do. gzip is
 * undone by its magic, said or not; a form holds the JSON in its field `data`, percent-encoded or as base64.
 */
async function readCalls(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  const encoding = encodingOf(request)
  if (typeof encoding !== 'string') return no(encoding)
  const sent = await readBytes(request, limits, false)
  if ('kind' in sent) return no(sent)
  const zipped = sent.length > 1 && sent[0] === 0x1f && sent[1] === 0x8b
  if (encoding === 'gzip' && !zipped && sent.length > 0) {
    return no(
      refuse('request-malformed', 'the body is not gzip: expected what content-encoding says'),
    )
  }
  const bytes = zipped ? await unzipped(sent, limits.limitBytes) : sent
  if ('kind' in bytes) return no(bytes)
  if (bytes.length === 0) return { ok: true, value: undefined }
  return parseJson(formData(bytes) ?? bytes, true)
}

/** The JSON in a form's field `data`; null: the body is no such form. */
function formData(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, 5).equals(Buffer.from('data='))) return null
  const data = new URLSearchParams(bytes.toString('utf8')).get('data') ?? ''
  return /^[[{]/.test(data.trim()) ? Buffer.from(data) : Buffer.from(data, 'base64')
}

export function parseJson(bytes: Buffer, tolerant: boolean): Body {
  if (!isUtf8(bytes)) {
    return no(
      refuse('body-not-json', 'the body holds bytes that are not UTF-8: expected JSON in UTF-8'),
    )
  }
  const depth = depthOf(bytes)
  if (depth > MAX_DEPTH) {
    return no(
      refuse('body-not-json', `the body nests ${depth} levels deep: expected at most ${MAX_DEPTH}`),
    )
  }
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(tolerant ? withLongNumbersAsText(text) : text)
  } catch {
    return no(refuse('body-not-json', whereItBroke(text)))
  }
  if (!tolerant && SUSPECT.test(text)) {
    const found = unwanted(value, 'body')
    if (found !== null) return no(refuse('value-invalid', found))
  }
  return { ok: true, value }
}

// A quick look at the text, so that only a suspicious body is walked. A key may be spelt in escapes.
const SUSPECT = /__proto__|\\u(0000|[dD][89a-fA-F]|005[fF])/

/** Names that could reach a prototype, and text that PostgreSQL's jsonb refuses. */
function unwanted(value: unknown, place: string): string | null {
  if (typeof value === 'string') {
    if (value.includes('\0')) return `${place} holds the character U+0000: expected text without it`
    if (/\p{Surrogate}/u.test(value))
      return `${place} holds half a surrogate pair: expected whole characters`
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, held] of Object.entries(value)) {
    if (key === '__proto__') {
      return `${place} has the field '${key}': expected no such name`
    }
    const found =
      unwanted(key, `the name of a field in ${place}`) ?? unwanted(held, `${place}.${short(key)}`)
    if (found !== null) return found
  }
  return null
}

/** The deepest nesting of brackets outside strings; broken JSON gets some number, the parser then says more. */
function depthOf(bytes: Buffer): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) {
      inString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest) deepest = depth
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--
    }
  }
  return deepest
}

function whereItBroke(text: string): string {
  const at = whereJsonBreaks(text)
  if (text.slice(at).trim() === '') return 'the JSON ends too early: expected one whole value'
  const before = text.slice(0, at).split('\n')
  const found = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd)
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} of the body is '${found}': expected JSON`
}

async function readBytes(
  request: IncomingMessage,
  limits: BodyLimits,
  gzipped: boolean,
): Promise<Buffer | Refusal> {
  const whole = await pacedBody(request, limits)
  if (!Buffer.isBuffer(whole) || !gzipped || whole.length === 0) return whole
  return await unzipped(whole, limits.limitBytes)
}

async function unzipped(bytes: Buffer, limitBytes: number): Promise<Buffer | Refusal> {
  try {
    return await unzip(bytes, { maxOutputLength: limitBytes })
  } catch (error) {
    return error instanceof RangeError
      ? bodyTooLarge(limitBytes)
      : refuse('request-malformed', 'the body is not gzip: expected what content-encoding says')
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function no(refusal: Refusal): Body {
  return { ok: false, refusal }
}
