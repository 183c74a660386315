import { foundEmailsQuery, foundKeysQuery, type Reading } from '@parcurs/analytics'
import { unguarded } from '@parcurs/domain'
import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { ClickHouse } from '../clickhouse/clickhouse.ts'
import { identityKey } from '../identity/identity-key.ts'
import { MAX_SECONDS } from './membership-needs.ts'

export interface FoundIds {
  /** Different ids that were given. */
  readonly ids: number
  readonly customers: readonly bigint[]
  readonly notFound: number
  /** The first of them. */
  readonly examples: readonly string[]
}

/** So many ids are looked up at once. */
const IDS_A_TIME = 20_000
const MOST_EXAMPLES = 100
/** Longer ones are cut by no client: it is not a list of ids. */
const MOST_CHARS = 1000
/** An id as spreadsheets may write it, with room around it; what is longer is none. */
const MOST_LINE_CHARS = 4 * MOST_CHARS

/** Customers behind ids, one a line: user ids, anonymous ids, or e-mails that are a trait `email`. */
export async function findIds(
  clickhouse: ClickHouse,
  reading: Reading,
  text: Readable,
  signal: AbortSignal,
): Promise<FoundIds> {
  const seen = new Set<string>()
  const customers = new Set<bigint>()
  const examples: string[] = []
  let notFound = 0
  let waiting: string[] = []

  const lookUp = async () => {
    const found = await lookUpIds(clickhouse, reading, waiting, signal)
    for (const id of waiting) {
      const customer = found.get(id)
      if (customer !== undefined) customers.add(customer)
      else if (notFound++ < MOST_EXAMPLES) examples.push(id)
    }
    waiting = []
  }

  for await (const line of linesOf(text)) {
    const id = idOfLine(line)
    if (id === '' || id.length > MOST_CHARS || seen.has(id)) continue
    seen.add(id)
    waiting.push(id)
    if (waiting.length === IDS_A_TIME) await lookUp()
  }
  if (waiting.length > 0) await lookUp()
  return { ids: seen.size, customers: [...customers], notFound, examples }
}

/** Lines, however they end. Of one that is longer than any id only the beginning is held. */
async function* linesOf(text: Readable): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let line = ''
  for await (const piece of text) {
    const [first = '', ...others] = decoder.write(Buffer.from(piece)).split(/\r\n|\n|\r/)
    line += first.slice(0, MOST_LINE_CHARS - line.length)
    for (const other of others) {
      yield line
      line = other.slice(0, MOST_LINE_CHARS)
    }
  }
  yield line
}

/** Without the mark at the beginning of a file, without quotes around it as spreadsheets write them, and without what guards it as a cell. */
function idOfLine(line: string): string {
  const text = line.replace(/^\uFEFF/, '').trim()
  const quoted = /^"((?:[^"]|"")*)"$/.exec(text)?.[1]
  return unguarded(quoted === undefined ? text : quoted.replaceAll('""', '"').trim())
}

async function lookUpIds(
  clickhouse: ClickHouse,
  reading: Reading,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, bigint>> {
  const limits = { signal, maxSeconds: MAX_SECONDS }
  const keysOf = (id: string) => [
    identityKey(reading.workspace, 'user', id),
    identityKey(reading.workspace, 'anonymous', id),
  ]
  const known = new Map<string, bigint>()
  for (const row of await clickhouse.rows<{ readonly key: string; readonly customer: string }>(
    foundKeysQuery(reading, ids.flatMap(keysOf)),
    limits,
  )) {
    known.set(row.key, BigInt(row.customer))
  }
  const found = new Map<string, bigint>()
  for (const id of ids) {
    const customer = keysOf(id)
      .map((key) => known.get(String(key)))
      .find((one) => one !== undefined)
    if (customer !== undefined) found.set(id, customer)
  }
  const emails = ids.filter((id) => !found.has(id) && id.includes('@'))
  if (emails.length === 0) return found
  const lower = new Map(emails.map((email) => [email.toLowerCase(), email]))
  for (const row of await clickhouse.rows<{ readonly email: string; readonly customer: string }>(
    foundEmailsQuery(reading, [...lower.keys()]),
    limits,
  )) {
    const email = lower.get(row.email)
    if (email !== undefined) found.set(email, BigInt(row.customer))
  }
  return found
}
