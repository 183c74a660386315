import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { compile, param, sql } from '@parcurs/analytics'
import { EVENT_COLUMNS } from '../apps/server/src/log/event-row.ts'
import { openStores } from '../apps/server/src/stores/stores.ts'
import { type Figure, perSecond, plain } from './report.ts'
import { startServer } from './server-program.ts'
import { race } from './stopwatch.ts'

export interface CollectionNeeds {
  readonly home: string
  readonly batches: number
  readonly rounds: number
  readonly say: (line: string) => void
}

const CONNECTIONS = 8
const BATCH = 100

/**
 * Part (c): batches of 100 events over 8 connections, each answered when it is on disk; then the very
 * same rows, in the very same groups, put into an equal table by nothing but inserts.
 */
export async function collection({
  home,
  batches,
  rounds,
  say,
}: CollectionNeeds): Promise<readonly Figure[]> {
  const server = await startServer(home, false)
  let collectedMs: number
  let latencies: Float64Array
  try {
    const { key } = await server.call<{ key: string }>('POST', '/api/workspaces/main/write-keys', {
      name: 'bench',
    })
    const warm = bodies('warm', Math.min(100, batches))
    await send(server.url, key, warm)
    const bench = bodies('bench', batches)
    say(`collecting ${batches * BATCH} events`)
    const startMs = performance.now()
    latencies = await send(server.url, key, bench)
    collectedMs = performance.now() - startMs
  } finally {
    await server.stop()
  }
  const bare = await bareInsert(home, batches * BATCH, rounds)
  const events = batches * BATCH
  const p = (share: number) =>
    `${(latencies.toSorted()[Math.floor(latencies.length * share)] ?? 0).toFixed(0)} ms`
  const p99 = latencies.toSorted()[Math.floor(latencies.length * 0.99)] ?? 0
  const held = events / collectedMs / (bare.rows / bare.ms)
  return [
    {
      part: 'collection',
      what: `durable over HTTP, to a bare insert of the same rows in the same ${bare.groups} groups`,
      value: `${held.toFixed(2)}× (${perSecond(events, collectedMs)} to ${perSecond(bare.rows, bare.ms)})`,
      target: '≥ 0.4×',
      met: held >= 0.4,
    },
    {
      part: 'collection',
      what: `p99 of a batch of ${BATCH} events, ${CONNECTIONS} connections`,
      value: `${p99.toFixed(0)} ms (p50 ${p(0.5)})`,
      target: '< 250 ms',
      met: p99 < 250,
    },
    plain('collection', 'events a group commit', `${Math.round(bare.rows / bare.groups)}`),
  ]
}

/** Each body in Segment's shape, written before the clock starts. */
function bodies(prefix: string, count: number): readonly Buffer[] {
  return Array.from({ length: count }, (_, b) => {
    const batch = Array.from({ length: BATCH }, (_, i) => {
      const number = b * BATCH + i
      return {
        type: 'track',
        event: number % 25 === 0 ? 'purchase' : `event_${number % 20}`,
        messageId: `${prefix}-${number}`,
        anonymousId: `visitor-${(number * 7919) % 50_000}`,
        timestamp: new Date(Date.UTC(2026, 9, 1) + number * 1000).toISOString(),
        properties: {
          product: `p-${number % 300}`,
          price: number % 90,
          ...(number % 25 === 0
            ? { value: 10 + (number % 90), currency: 'EUR', order_id: `${prefix}${number}` }
            : {}),
        },
        context: { page: { path: `/p/${number % 50}` }, userAgent: 'bench' },
      }
    })
    return Buffer.from(JSON.stringify({ batch }))
  })
}

/** @returns milliseconds of each batch */
async function send(url: string, key: string, batches: readonly Buffer[]): Promise<Float64Array> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const latencies = new Float64Array(batches.length)
  const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
  let next = 0
  const connection = async () => {
    for (let i = next++; i < batches.length; i = next++) {
      const body = batches[i]
      if (body === undefined) return
      const startMs = performance.now()
      await post(`${url}/v1/batch`, agent, authorization, body)
      latencies[i] = performance.now() - startMs
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  agent.destroy()
  return latencies
}

async function post(url: string, agent: Agent, authorization: string, body: Buffer): Promise<void> {
  const { status, text } = await new Promise<{ status: number; text: string }>(
    (resolve, reject) => {
      const sent = request(
        url,
        {
          agent,
          method: 'POST',
          headers: {
            authorization,
            'content-type': 'application/json',
            'content-length': body.length,
          },
        },
        (answer) => {
          buffer(answer).then(
            (held) => resolve({ status: answer.statusCode ?? 0, text: held.toString() }),
            reject,
          )
        },
      )
      sent.on('error', reject).end(body)
    },
  )
  if (status !== 200 || !text.includes('"refused":[]')) throw new Error(`${status} ${text}`)
}

async function bareInsert(home: string, rows: number, rounds: number) {
  const stores = await openStores({
    home,
    databaseUrl: null,
    clickhouseUrl: null,
    threads: 2,
    engineMemoryBytes: 4e9,
    log: () => {},
  })
  try {
    const { clickhouse } = stores
    const columns = EVENT_COLUMNS.join(', ')
    const commits = await clickhouse.rows<{ commit: string; many: string }>({
      text: `SELECT commit, count() AS many FROM events GROUP BY commit ORDER BY commit DESC`,
      params: {},
    })
    const groups: { readonly bytes: Buffer; readonly many: number }[] = []
    let taken = 0
    for (const { commit, many } of commits) {
      if (taken >= rows) break
      const query = compile(sql`SELECT * FROM events WHERE commit = ${param.count(BigInt(commit))}`)
      const text = query.text.replace('*', columns)
      groups.push({
        bytes: await buffer(await clickhouse.bytes({ ...query, text }, 'RowBinary')),
        many: Number(many),
      })
      taken += Number(many)
    }
    const insert = async () => {
      await clickhouse.command('DROP TABLE IF EXISTS bare')
      await clickhouse.command('CREATE TABLE bare AS events')
      for (const { bytes } of groups) {
        await clickhouse.insert('bare', Readable.from([bytes]), {
          format: 'RowBinary',
          columns: EVENT_COLUMNS,
        })
      }
    }
    const { insert: timing } = await race({ insert }, rounds)
    return { rows: taken, groups: groups.length, ms: timing.bestMs }
  } finally {
    await stores.close()
  }
}
