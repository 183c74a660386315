import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withoutBodies } from './bodies.ts'
import { beginImport, importEnds } from './imported.ts'
import { mapNumbers } from './map-numbers.ts'
import { send, type Target } from './senders.ts'
import { command, freePort, killServer, type Server, startServer, stopServer } from './server.ts'
import { csv, event, expected, isRefused } from './story.ts'
import { storedNumbers } from './stored-numbers.ts'

export interface SurvivalPlan {
  /** Kills with SIGKILL. */
  readonly rounds: number
  readonly connections: number
  readonly batchSize: number
  /** Rows of the file whose import is running in every second round. */
  readonly importRows: number
  /** How long after it is up the server is killed, at random in between. */
  readonly aliveMs: readonly [least: number, most: number]
  readonly say: (line: string) => void
  /** 0–1, from a seed. */
  readonly random: () => number
}

export interface SurvivalResult {
  readonly acknowledged: number
  readonly retried: number
  /** Numbers acknowledged and not stored. */
  readonly lost: readonly number[]
  /** Numbers stored more than once. */
  readonly twice: readonly number[]
  /** Numbers stored that were refused or never sent. */
  readonly strange: readonly number[]
  /** Answers that nobody should get. */
  readonly wrong: readonly string[]
  /** The living map after it all, and of the same events imported cleanly. */
  readonly map: unknown
  readonly cleanMap: unknown
}

interface RunningImport {
  readonly importId: string
  readonly first: number
}

/** First number of imported events; the senders count from 0. */
const IMPORTED_FROM = 10_000_000
/** Connections that send headers and never a body: more than requests may be under way. */
const HEADERS_ALONE = 1_005

/** Kills a server over and over while events are collected and files imported, then counts what is there. */
export async function survive(plan: SurvivalPlan): Promise<SurvivalResult> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-survival-'))
  const port = await freePort()
  let server: Server | null = null
  try {
    server = await startServer(home, port)
    const target: Target = {
      url: server.url,
      writeKey: await writeKey(server),
      event,
      isRefused,
    }
    const sending = send(target, 0, plan.connections, plan.batchSize)
    const imports: RunningImport[] = []
    for (let round = 0; round < plan.rounds; round++) {
      if (round % 2 === 0) {
        const first = IMPORTED_FROM + imports.length * plan.importRows
        imports.push({ first, importId: await beginImport(server, csv(first, plan.importRows)) })
      }
      const [least, most] = plan.aliveMs
      await sleep(least + plan.random() * (most - least))
      await killServer(server)
      plan.say(
        `round ${round + 1}: killed after ${sending.sent.acknowledged.size} acknowledged events`,
      )
      server = await startServer(home, port)
    }
    const refused = await withoutBodies(server, HEADERS_ALONE)
    const sent = await sending.stop()
    for (const { importId } of imports) await importEnds(server, importId)
    const numbers = [
      ...sent.acknowledged,
      ...imports.flatMap(({ first }) =>
        Array.from({ length: plan.importRows }, (_, i) => first + i),
      ),
    ]
    plan.say(`counting ${numbers.length} events`)
    const map = await mapNumbers(server)
    await stopServer(server)
    const due = expected(numbers)
    const stored = await storedNumbers(home)
    return {
      acknowledged: sent.acknowledged.size,
      retried: sent.retried,
      wrong: [...sent.wrong, ...refused],
      ...compare(due, stored),
      map,
      cleanMap: await cleanly(due),
    }
  } finally {
    if (server !== null) await killServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}

function compare(due: readonly number[], stored: ReadonlyMap<number, number>) {
  const wanted = new Set(due)
  return {
    lost: due.filter((number) => !stored.has(number)),
    twice: [...stored].filter(([, times]) => times > 1).map(([number]) => number),
    strange: [...stored.keys()].filter((number) => !wanted.has(number)),
  }
}

/** The same events imported into an empty installation that nobody disturbs. */
async function cleanly(numbers: readonly number[]): Promise<unknown> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-survival-'))
  let server: Server | null = null
  try {
    server = await startServer(home, await freePort())
    const [header, ...rows] = numbers
      .map((number) => csv(number, 1).split('\n').slice(0, 2))
      .flatMap((lines, i) => (i === 0 ? lines : lines.slice(1)))
    await importEnds(server, await beginImport(server, `${[header, ...rows].join('\n')}\n`))
    return await mapNumbers(server)
  } finally {
    if (server !== null) await stopServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}

export async function writeKey(server: Server): Promise<string> {
  const made = await command<{ key: string }>(server, 'POST', '/api/workspaces/main/write-keys', {
    name: 'survival',
  })
  return made.key
}
