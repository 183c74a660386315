import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { forgetCommits } from '../log/commit.ts'
import { openEventStore } from '../log/event-store.ts'
import { type LogReaders, openLogReaders } from '../log/log-readers.ts'
import type { Config } from '../config/config.ts'
import { ERASURES_FILE } from '../backups/erasure-list.ts'
import { finishSteps } from './finish-steps.ts'
import { parcursApp } from './app.ts'
import { serverLog } from '../http/server-log.ts'
import { type Folding, startFolding } from '../journeys/folding.ts'
import { alone } from '../postgres/schema.ts'
import { newSecret } from '../keys/secret.ts'
import { assertDiskSpace } from './disk-space.ts'
import { firstRun } from './first-run.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import type { Progress } from '../terminal/progress.ts'
import { isParcurs } from './is-parcurs.ts'
import { readServerFile, removeServerFile, writeServerFile } from './server-file.ts'
import { segmentReader } from '../membership/segment-reader.ts'
import { StartupProblem } from '../config/startup-problem.ts'
import { openStores, type Stores } from '../stores/stores.ts'
import { VERSION } from './version.ts'

/** How often the readers of the log look for what other processes stored. */
const POLL_MS = 250

export interface Program {
  /** Where it listens, without a path; null: this process only works in the background. */
  readonly url: string | null
  /** What to open in a browser. */
  readonly link: string | null
  /** Ends in order: no new requests, those under way answered, stores closed. */
  stop(): Promise<void>
}

export interface StartNeeds {
  readonly config: Config
  readonly clock: () => number
  /** One line for the person at the terminal. */
  readonly log: (line: string) => void
  /** What they should know although nothing is wrong. */
  readonly notice: (line: string) => void
  readonly progress: Progress
}

/** @throws StartupProblem, or what `startupProblem` makes one of */
export async function startProgram(needs: StartNeeds): Promise<Program> {
  const { config, clock, log, notice, progress } = needs
  const { home } = config
  if (config.role !== 'worker') await portIsFree(config)
  if (config.databaseUrl === null || config.clickhouseUrl === null) assertDiskSpace(home)
  const lock = await lockFolder(home, log)
  let stores: Stores | null = null
  let app: FastifyInstance | null = null
  let folding: Folding | null = null
  let readers: LogReaders | null = null
  const ending = new AbortController()
  const stop = async () => {
    removeServerFile(home)
    ending.abort()
    await app?.close()
    await folding?.stop()
    await readers?.close()
    await stores?.close()
    lock.release()
  }
  try {
    const opened = await progress.during('Starting the stores', () =>
      openStores({ ...config, log, notice }),
    )
    stores = opened
    await forgetCommits(opened.database)
    const events = openEventStore(opened, {
      alone: config.clickhouseUrl === null,
      signal: ending.signal,
    })
    if (config.role !== 'api') {
      readers = openLogReaders({
        store: events,
        pollMs: config.clickhouseUrl === null ? null : POLL_MS,
        onError: (error, reader, workspace) =>
          log(`reader '${reader}' of the log of workspace ${workspace} failed: ${String(error)}`),
      })
      readers.open(segmentReader({ stores: opened, kinds: events.kinds, clock }))
    }
    await progress.during('Bringing existing data forward', () => finishSteps(events, clock))
    const fold = () =>
      startFolding({
        stores: opened,
        clock,
        onError: (error, workspace) =>
          log(`journeys of workspace ${workspace} could not be folded: ${String(error)}`),
      })
    if (config.role === 'worker') {
      folding = fold()
      return { url: null, link: null, stop }
    }
    const machine = newSecret('machine')
    app = await parcursApp({
      stores: opened,
      events,
      importsFolder: join(home, 'imports'),
      erasuresFile: join(home, ERASURES_FILE),
      log: serverLog(config.logLevel, pino.destination({ fd: 2, sync: true })),
      clock,
      steadyClock: () => performance.now(),
      version: VERSION,
      publicUrl: config.publicUrl,
      trustedProxies: config.trustedProxies,
      machineHash: machine.hash,
      folds: config.role === 'all',
      webFolder: fileURLToPath(new URL('../../../web/dist/', import.meta.url)),
    })
    const path = await alone(opened.database, () =>
      firstRun({ stores: opened, events, demo: config.demo, home, clock, progress }),
    )
    const url = await listen(app, config)
    if (config.role === 'all') folding = fold()
    writeServerFile(home, {
      url,
      token: machine.text,
      pid: process.pid,
      publicUrl: config.publicUrl,
    })
    return { url, link: `${config.publicUrl?.replace(/\/$/, '') ?? url}${path}`, stop }
  } catch (error) {
    await closeAfterFailure(stop, lock)
    throw error
  }
}

/** Whatever went wrong first is what is told; closing after it must not hide it. */
async function closeAfterFailure(stop: () => Promise<void>, lock: FolderLock): Promise<void> {
  try {
    await stop()
  } catch {
    lock.release()
  }
}

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (error) {
    throw portProblem(error, port) ?? error
  }
  const address = app.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return urlOf(host, actual)
}

function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

/** Asked before anything is begun, so that a wrong port costs nothing. */
async function portIsFree({ home, host, port }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(portProblem(error, port) ?? error))
    probe.listen(port, host, () => probe.close(() => resolve()))
  }).catch(async (problem: unknown) => {
    const url = urlOf(host, port)
    const taken = problem instanceof StartupProblem && problem.code === 'port-in-use'
    if (!taken || !(await isParcurs(url))) throw problem
    // The same folder's own server: the lock says more.
    if (readServerFile(home)?.url !== url) throw heldByParcurs(port, problem)
  })
}

function heldByParcurs(port: number, cause: unknown): StartupProblem {
  return new StartupProblem(
    'port-in-use',
    `Parcurs answers on port ${port} already, with another data folder: use that one, stop it, or set PORT to another number`,
    cause,
  )
}

function portProblem(error: unknown, port: number): StartupProblem | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new StartupProblem(
      'port-in-use',
      `port ${port} is in use by another program: stop that one, or set PORT to another number`,
      error,
    )
  }
  if (code === 'EACCES') {
    return new StartupProblem(
      'port-not-allowed',
      `port ${port} may not be opened by this user: set PORT to a number above 1023`,
      error,
    )
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new StartupProblem(
      'config-invalid',
      `PARCURS_HOST is no address of this machine: expected for instance 127.0.0.1 or 0.0.0.0`,
      error,
    )
  }
  return null
}
