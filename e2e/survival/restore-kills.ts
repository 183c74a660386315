import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { faultsOf } from './asking.ts'
import { beginImport, importEnds } from './imported.ts'
import { command, freePort, type Server, startServer, stopServer } from './server.ts'
import { csv, expected } from './story.ts'

export interface RestoreKills {
  readonly rounds: number
  readonly events: number
  /** After which share of the time that a restore takes it is killed, at random in between. */
  readonly aliveShare: readonly [least: number, most: number]
  readonly say: (line: string) => void
  /** 0–1, from a seed. */
  readonly random: () => number
}

const root = resolve(import.meta.dirname, '../..')

/**
 * Kills restores in the middle and starts on what they left: either the start refuses in words, or nothing had begun, or
 * everything is there; never a part. A restore that is left alone has everything.
 *
 * @returns what was found otherwise
 */
export async function killRestores(plan: RestoreKills): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'parcurs-restores-'))
  try {
    const backup = join(folder, 'backup')
    const due = await backedUp(join(folder, 'source'), backup, plan.events)
    const whole = join(folder, 'whole')
    const began = performance.now()
    const [code] = await once(startRestore(backup, whole), 'exit')
    const wholeMs = performance.now() - began
    const faults = [
      ...faultsOf([
        ['a restore that is left alone', code, 0],
        ['events after it', await startedOn(whole), String(due)],
      ]),
    ]
    for (let round = 0; round < plan.rounds; round++) {
      const home = join(folder, `killed-${round}`)
      const [least, most] = plan.aliveShare
      const restore = startRestore(backup, home)
      const gone = once(restore, 'exit')
      await Promise.race([gone, sleep(wholeMs * (least + plan.random() * (most - least)))])
      restore.kill('SIGKILL')
      await gone
      const found = await startedOn(home)
      plan.say(`restore ${round + 1} killed: the next start ${found}`)
      const fits = found === 'refuses' || found === '0' || found === String(due)
      if (!fits) faults.push(`on a killed restore the next start has ${found} events of ${due}`)
      rmSync(home, { recursive: true, force: true })
    }
    return faults
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function backedUp(home: string, backup: string, events: number): Promise<number> {
  const server = await startServer(home, await freePort())
  try {
    await importEnds(server, await beginImport(server, csv(0, events)))
    await command(server, 'POST', '/api/backup', { folder: backup })
    return expected(Array.from({ length: events }, (_, i) => i)).length
  } finally {
    await stopServer(server)
  }
}

function startRestore(backup: string, home: string): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      'tsx',
      join(root, 'apps/server/src/main.ts'),
      'restore',
      backup,
    ],
    { cwd: root, env: { ...process.env, PARCURS_HOME: home }, stdio: 'ignore' },
  )
}

/** `refuses` in words, or how many events there are. */
async function startedOn(home: string): Promise<string> {
  let server: Server
  try {
    server = await startServer(home, await freePort())
  } catch (error) {
    const said = String(error)
    return /the restore of .* was cut short/.test(said) ? 'refuses' : said.slice(0, 500)
  }
  try {
    const { events } = await command<{ events: number }>(server, 'GET', '/api/workspaces/main/log')
    return String(events)
  } finally {
    await stopServer(server)
  }
}
