import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeKey } from './rounds.ts'
import { send } from './senders.ts'
import { command, freePort, killServer, type Server, startServer, stopServer } from './server.ts'
import { compared, factsOf } from './watched-members.ts'
import { eventOf, RULES } from './watched-rules.ts'

export interface WatchingPlan {
  /** Kills with SIGKILL. */
  readonly rounds: number
  readonly connections: number
  readonly batchSize: number
  /** How long after it is up the server is killed, at random in between. */
  readonly aliveMs: readonly [least: number, most: number]
  readonly say: (line: string) => void
  /** 0–1, from a seed. */
  readonly random: () => number
}

export interface WatchingResult {
  readonly acknowledged: number
  /** Members of all segments, as decided in memory from what was acknowledged. */
  readonly members: number
  /** Changes that were told. */
  readonly changes: number
  /** Of them who left: time alone did that. */
  readonly left: number
  /** Members that are missing, and kept ones who are none, by segment and customer. */
  readonly different: readonly string[]
  /** Who entered without having left, or left without having been in it. */
  readonly twice: readonly string[]
  /** Whose changes do not add up to whether they are in it. */
  readonly untold: readonly string[]
  readonly wrong: readonly string[]
}

const HOUR_MS = 3_600_000

/**
 * Kills a server over and over while it follows watched segments, and compares who is in them, and what was told
 * of entering and leaving, with what follows from the acknowledged events.
 */
export async function surviveWatching(plan: WatchingPlan): Promise<WatchingResult> {
  const home = mkdtempSync(join(tmpdir(), 'parcurs-watching-'))
  const port = await freePort()
  // What was done within the hour is so no more from some seconds on, one event after the other.
  const beganMs = Date.now() - HOUR_MS + 10_000
  let server: Server | null = null
  try {
    server = await startServer(home, port)
    const ids: string[] = []
    for (const [name, rule] of Object.entries(RULES)) {
      const { id } = await command<{ id: string }>(server, 'POST', SEGMENTS, { name, rule })
      await command(server, 'PUT', `${SEGMENTS}/${id}/watch`, { watched: true })
      ids.push(id)
    }
    for (const id of ids) await kept(server, id, 0)
    const target = {
      url: server.url,
      writeKey: await writeKey(server),
      event: (number: number) => eventOf(number, beganMs),
      isRefused: () => false,
    }
    const sending = send(target, 0, plan.connections, plan.batchSize)
    for (let round = 0; round < plan.rounds; round++) {
      const [least, most] = plan.aliveMs
      await sleep(least + plan.random() * (most - least))
      await killServer(server)
      plan.say(`round ${round + 1}: killed after ${sending.sent.acknowledged.size} events`)
      server = await startServer(home, port)
    }
    const sent = await sending.stop()
    // Once more with nothing coming: what was sent last may not be caught up with.
    await killServer(server)
    server = await startServer(home, port)
    const ackedMs = Date.now()
    for (const id of ids) await kept(server, id, ackedMs)
    await stopServer(server)
    const numbers = [...sent.acknowledged]
    const found = await compared(home, ids, factsOf(numbers, beganMs))
    return { acknowledged: numbers.length, wrong: sent.wrong, ...found }
  } finally {
    if (server !== null) await killServer(server)
    rmSync(home, { recursive: true, force: true })
  }
}

const SEGMENTS = '/api/workspaces/main/segments'

/** Resolves when everybody was looked at, and everything that came before the instant. */
async function kept(server: Server, id: string, untilMs: number): Promise<void> {
  for (;;) {
    const { watch } = await command<{
      watch: { state: string; readToMs: number | null }
    }>(server, 'GET', `${SEGMENTS}/${id}`)
    if (watch.state === 'kept' && (watch.readToMs ?? 0) >= untilMs) return
    await sleep(50)
  }
}
