import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresBinaries } from './binaries.ts'
import type { SocketAddress } from './database.ts'
import { endOrphan } from './orphan.ts'
import { type Account, type RunAs, runAs } from './run-as.ts'

export interface PostgresProcess {
  readonly address: SocketAddress
  readonly pid: () => number | null
  stop(): Promise<void>
}

export interface PostgresProcessOptions {
  /** Of the cluster. Its parent holds the password. */
  readonly folder: string
  /** One line for the operator. */
  readonly log: (line: string) => void
  /** What whoever starts it should know although nothing is wrong; default: `log`. */
  readonly notice?: (line: string) => void
  /** Beyond our own, as `name=value`; tests use it to listen on TCP. */
  readonly settings?: readonly string[]
}

const USER = 'postgres'
const PORT = 5432
const STOP_MS = 4_000
/** A unix socket's whole path has at most 107 bytes. */
const SOCKET_FOLDER_BYTES = 90
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

const SETTINGS = [
  'listen_addresses=',
  'unix_socket_permissions=0700',
  'shared_buffers=48MB',
  'max_connections=60',
  'max_parallel_workers_per_gather=0',
  'autovacuum_max_workers=1',
  'autovacuum_worker_slots=4',
  'jit=off',
  'io_method=sync',
  'min_wal_size=32MB',
  'max_wal_size=512MB',
  'wal_level=minimal',
  // An old segment is removed, not written over later: what was erased must not stay in it.
  'wal_recycle=off',
  'max_wal_senders=0',
]

/**
 * Runs the server and, when its input ends because we are gone however that came about, shuts it
 * down. TRICKY: a shell between, because a server that outlives `kill -9` of its parent would keep
 * the folder.
 */
const GUARD = `exec 3<&0 </dev/null
"$@" & server=$!
(read _ <&3; kill -INT $server 2>/dev/null) & watch=$!
exec 3<&-
wait $server; code=$?
kill $watch 2>/dev/null
exit $code`

/** Starts the embedded PostgreSQL on a unix socket: no other machine can reach it. */
export async function startPostgres(options: PostgresProcessOptions): Promise<PostgresProcess> {
  const { folder, log } = options
  const { postgres, initdb } = await postgresBinaries()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const as = runAs(folder, [folder, postgres])
  if (as.warning !== null) (options.notice ?? log)(as.warning)
  const password = keepPassword(`${folder}-password`)
  if (!existsSync(join(folder, 'PG_VERSION'))) create(initdb, folder, password, as)
  if ((await endOrphan(folder)) === 'ended') {
    log('ended the PostgreSQL that a killed program had left behind')
  }
  const socketFolder = shortFolder(folder, as.account)
  const settings = [...SETTINGS, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting])
  const command = [postgres, '-D', folder, '-p', String(PORT), '-k', socketFolder, ...settings]

  let stopping = false
  let child: ChildProcess | null = null
  await run()

  async function run(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const started = spawnGuarded(command, as)
      const said = await ready(started)
      if (said === null) {
        child = started
        started.once('exit', () => {
          child = null
          if (stopping) return
          log('PostgreSQL ended; starting it again')
          void again()
        })
        return
      }
      // The last of a server that was just killed still holds the shared memory for a moment.
      if (attempt === 20 || !/lock file|shared memory/.test(said)) {
        throw new Error(`PostgreSQL did not start: ${lastLine(said)}`)
      }
      await delay(250)
    }
  }

  async function again(): Promise<void> {
    for (let pauseMs = 100; !stopping; pauseMs = Math.min(pauseMs * 2, 10_000)) {
      await delay(pauseMs)
      try {
        await endOrphan(folder)
        await run()
        return
      } catch (error) {
        log(error instanceof Error ? error.message : String(error))
      }
    }
  }

  return {
    address: { host: socketFolder, port: PORT, user: USER, password, database: USER },
    pid: () => child?.pid ?? null,
    async stop() {
      stopping = true
      const running = child
      if (running === null || running.exitCode !== null || running.signalCode !== null) return
      const ended = once(running, 'exit')
      running.stdin?.end()
      const timer = setTimeout(() => void endOrphan(folder), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

function create(initdb: string, folder: string, password: string, as: RunAs): void {
  // An interrupted first start leaves a folder without PG_VERSION, which initdb would refuse.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const passwordFile = `${folder}-initdb-${process.pid}`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (as.account !== null) {
    chownSync(folder, as.account.uid, as.account.gid)
    chownSync(passwordFile, as.account.uid, as.account.gid)
  }
  try {
    const [first, ...rest] = [...as.prefix, initdb]
    const args = [
      '-D',
      folder,
      '-U',
      USER,
      '--pwfile',
      passwordFile,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      // Plain C would leave trigram search dead in Greek, Russian and Chinese.
      '--locale-provider=builtin',
      '--builtin-locale=PG_UNICODE_FAST',
      '--lc-collate=C',
      '--lc-ctype=C.UTF-8',
    ]
    const done = spawnSync(first, [...rest, ...args], { ...as.ids, cwd: '/', env: ENVIRONMENT })
    if (done.status === 0) return
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`PostgreSQL could not make its folder: ${lastLine(String(done.stderr))}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

function spawnGuarded(command: readonly string[], as: RunAs): ChildProcess {
  const [program = '', ...args] = [...as.prefix, '/bin/sh', '-c', GUARD, 'postgres', ...command]
  return spawn(program, args, {
    ...as.ids,
    cwd: '/',
    env: ENVIRONMENT,
    // Its own group: Ctrl-C in the terminal is for the program, which then stops this in order.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
}

/** @returns null when it accepts connections, else what it said before it ended */
function ready(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdin?.on('error', () => {})
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-8_000)
      if (said.includes('ready to accept connections')) resolve(null)
    })
    child.once('error', reject)
    child.once('exit', () => resolve(said))
  })
}

/** Made once, readable by us alone. */
function keepPassword(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const password = randomBytes(24).toString('base64url')
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

/** The data folder itself, unless its path is too long for a socket. */
function shortFolder(folder: string, owner: Account | null): string {
  if (Buffer.byteLength(folder) <= SOCKET_FOLDER_BYTES) return folder
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const short = join(tmpdir(), `parcurs-${name}`)
  mkdirSync(short, { recursive: true, mode: 0o700 })
  const expected = owner?.uid ?? process.getuid?.() ?? 0
  if (owner !== null && statSync(short).uid === 0) chownSync(short, owner.uid, owner.gid)
  if (statSync(short).uid !== expected) throw new Error(`${short} belongs to somebody else`)
  chmodSync(short, 0o700)
  return short
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
