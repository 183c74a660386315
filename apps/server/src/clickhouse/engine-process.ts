import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { childProgram } from '../processes/child-program.ts'
import { endFormer, rememberProcess } from '../processes/former-process.ts'
import type { ClickHouseAddress } from './client.ts'
import type { EngineSettings } from './engine-settings.ts'
import { StoreFailure } from './clickhouse.ts'
import { StartupProblem } from '../config/startup-problem.ts'

export interface EngineProcess {
  /** Where it listens; waits while it is being restarted. @throws StoreFailure when it is stopped */
  readonly address: () => Promise<ClickHouseAddress>
  /** Of the process that runs now, for tests and the status page; null while there is none. */
  readonly pid: () => number | null
  stop(): Promise<void>
}

export interface EngineProcessOptions extends Omit<EngineSettings, 'port' | 'password'> {
  /** One line for the operator. */
  readonly log: (line: string) => void
}

const START_MS = 60_000
const STOP_MS = 4_000
/** Between a death and the next start, rising: an engine that cannot start must not spin. */
const PAUSES_MS = [0, 250, 1_000, 4_000]
const LASTED_MS = 60_000

/** Starts the embedded engine in its own process and starts it again whenever it dies. */
export async function startEngine(options: EngineProcessOptions): Promise<EngineProcess> {
  const { log, ...where } = options
  const password = randomBytes(24).toString('base64url')
  const pidFile = `${options.folder}.pid`
  let stopping = false
  let failures = 0
  let child: ChildProcess | null = null
  mkdirSync(dirname(pidFile), { recursive: true })
  let up = run()
  await up

  async function run(): Promise<ClickHouseAddress> {
    await pause(PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)] ?? 0)
    if (stopping) throw stopped()
    await endFormer(pidFile)
    const started = spawnEngine(options.folder)
    child = started
    rememberProcess(pidFile, started.pid)
    const startedAt = performance.now()
    const address = await ready(started, { ...where, port: 0, password })
    started.once('exit', (code, signal) => {
      child = null
      if (stopping) return
      if (performance.now() - startedAt > LASTED_MS) failures = 0
      log(`the event store's engine ended (${signal ?? `exit ${code}`}); starting it again`)
      up = restart()
      // Whoever asks next sees the failure; nobody may be asking now.
      up.catch(() => {})
    })
    return address
  }

  async function restart(): Promise<ClickHouseAddress> {
    for (;;) {
      failures += 1
      try {
        return await run()
      } catch (error) {
        if (stopping) throw error
        log(
          `the event store's engine did not start: ${error instanceof Error ? error.message : String(error)}`,
        )
        if (failures > 20) throw error
      }
    }
  }

  return {
    address: async () => {
      if (stopping) throw stopped()
      return await up
    },
    pid: () => child?.pid ?? null,
    async stop() {
      if (stopping) return
      stopping = true
      await up.catch(() => {})
      const running = child
      if (running === null || running.exitCode !== null || running.signalCode !== null) return
      const ended = once(running, 'exit')
      running.stdin?.end()
      const timer = setTimeout(() => running.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
      rmSync(pidFile, { force: true })
    },
  }
}

function spawnEngine(folder: string): ChildProcess {
  // The folder is an argument for whoever reads the list of processes; the engine is told by its input.
  const args = [...childProgram('engine-main', import.meta.url), folder]
  return spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Its own group: Ctrl-C in the terminal is for the program, which then stops this in order.
    detached: true,
    env: {
      PATH: '/usr/bin:/bin',
      TZ: 'UTC',
      // One thread a session, and some for files and compression.
      UV_THREADPOOL_SIZE: '24',
      // glibc's arenas would keep memory that queries have given back.
      MALLOC_ARENA_MAX: '2',
    },
  })
}

async function ready(child: ChildProcess, settings: EngineSettings): Promise<ClickHouseAddress> {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-4_000)
  })
  child.stdin?.on('error', () => {})
  child.stdin?.write(`${JSON.stringify(settings)}\n`)
  const stdout = child.stdout
  if (stdout === null) throw new Error('the engine has no output')
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`not ready within ${START_MS / 1000} s: ${said}`))
    }, START_MS)
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      reject(
        said.includes(NO_ENGINE)
          ? notInstalled(said)
          : new Error(said.trim() === '' ? `ended (${signal ?? code})` : said.trim()),
      )
    })
    createInterface({ input: stdout }).once('line', (line) => {
      clearTimeout(timer)
      const { port } = JSON.parse(line) as { port: number }
      resolve({ url: `http://127.0.0.1:${port}`, user: 'default', password: settings.password })
    })
  })
}

/** What the package says when the part of it for this platform is missing. */
const NO_ENGINE = 'CHDB_PLATFORM'

function notInstalled(said: string): StartupProblem {
  return new StartupProblem(
    'no-embedded-store',
    `the event store's engine for ${process.platform}-${process.arch} is not installed (chdb): run \`npm ci\` on this machine, or set CLICKHOUSE_URL to a ClickHouse server`,
    said,
  )
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function stopped(): StoreFailure {
  return new StoreFailure('interrupted', 'the event store is stopped', null)
}
