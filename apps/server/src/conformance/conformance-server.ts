import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { openEventStore } from '../log/event-store.ts'
import { parcursApp } from '../program/app.ts'
import { openStores } from '../stores/stores.ts'
import { newSecret } from '../keys/secret.ts'
import { writeKeys } from '../keys/write-keys.ts'

/** The whole server over stores of its own, asked without a port. */
export interface ConformanceServer {
  /** Sends the calls of a case as a client would and answers how to ask about them. */
  readonly collected: (
    name: string,
    calls: readonly object[],
    zone: WorkspaceZone,
  ) => Promise<AskCase>
  readonly close: () => Promise<void>
}

export interface WorkspaceZone {
  readonly timeZone: string
  readonly weekStart: 'monday' | 'sunday'
}

/** @throws Error with what the server said when it refuses */
export type AskCase = (question: object) => Promise<unknown>

/** Past every case: nothing is in the future, nothing is still in time. */
const NOW = Date.UTC(2030, 0, 1)
const BATCH = 200

export async function conformanceServer(): Promise<ConformanceServer> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-conformance-'))
  // PostgreSQL may run as another user, who must be able to pass through.
  chmodSync(home, 0o711)
  const stores = await openStores({
    home,
    databaseUrl: null,
    clickhouseUrl: null,
    threads: 2,
    engineMemoryBytes: 1_500_000_000,
    log: () => {},
  })
  const ending = new AbortController()
  const machine = newSecret('machine')
  const app = await parcursApp({
    stores,
    events: openEventStore(stores, { alone: true, signal: ending.signal }),
    importsFolder: mkdtempSync(join(home, 'imports-')),
    erasuresFile: join(home, 'erasures.jsonl'),
    log: pino({ level: 'error' }, process.stderr),
    clock: () => NOW,
    version: '0.0.0',
    publicUrl: null,
    trustedProxies: [],
    machineHash: machine.hash,
    webFolder: null,
  })
  await app.ready()

  const post = async (url: string, authorization: string, payload: object): Promise<unknown> => {
    const answer = await app.inject({ method: 'POST', url, headers: { authorization }, payload })
    const body: unknown = answer.body === '' ? null : JSON.parse(answer.body)
    if (answer.statusCode !== 200)
      throw new Error(`${url} answered ${answer.statusCode} ${answer.body}`)
    return body
  }

  return {
    async collected(slug, calls, { timeZone, weekStart }) {
      const { id } = await stores.database
        .insertInto('workspaces')
        .values({ slug, name: slug, time_zone: timeZone, week_start: weekStart })
        .returning('id')
        .executeTakeFirstOrThrow()
      const { key } = await writeKeys(stores.database).create(id, 'conformance')
      const basic = `Basic ${Buffer.from(`${key}:`).toString('base64')}`
      for (let at = 0; at < calls.length; at += BATCH) {
        const answer = await post('/v1/batch', basic, { batch: calls.slice(at, at + BATCH) })
        const refused = refusedIn(answer)
        if (refused !== null) throw new Error(`collection refused ${refused}`)
      }
      return (question) =>
        post(`/api/workspaces/${slug}/ask`, `Bearer ${machine.text}`, { question })
    },
    async close() {
      ending.abort()
      await app.close()
      await stores.close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function refusedIn(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('refused' in answer)) return null
  return Array.isArray(answer.refused) && answer.refused.length > 0
    ? JSON.stringify(answer.refused).slice(0, 300)
    : null
}
