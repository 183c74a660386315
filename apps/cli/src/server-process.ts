import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ADDRESSES } from '@parcurs/contract/addresses'
import { CommandProblem } from './command-problem.ts'

/** A server and the token that opens it. */
export interface ServerAddress {
  readonly url: string
  readonly token: string
  readonly pid: number
  /** The address people type, where the operator has set one. */
  readonly publicUrl?: string | null
}

type Environment = Readonly<Record<string, string | undefined>>

export function dataFolder(env: Environment): string {
  return resolve(env['PARCURS_HOME'] || '.parcurs')
}

/** What a server wrote into its data folder; null: none runs there, or the last one ended in order. */
export function writtenAddress(home: string): ServerAddress | null {
  try {
    const held: ServerAddress = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'))
    return held
  } catch {
    return null
  }
}

/** Whether there is something to read: both stores elsewhere, or a folder that was started on. */
export function holdsStores(home: string, env: Environment): boolean {
  if (env['DATABASE_URL'] && env['CLICKHOUSE_URL']) return true
  return existsSync(join(home, 'postgres')) || existsSync(join(home, 'clickhouse'))
}

/** Whether this is how people reach that server. */
export function isAddressOf({ url, publicUrl }: ServerAddress, asked: string): boolean {
  const plain = (address: string) => address.replace(/\/+$/, '')
  return [url, publicUrl].some((one) => one != null && plain(one) === plain(asked))
}

/** Whether a Parcurs server answers there, whoever's it is. */
export async function isParcurs(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}${ADDRESSES.health.path}`, {
      signal: AbortSignal.timeout(1_000),
    })
    const said: unknown = await answer.json()
    return typeof said === 'object' && said !== null && 'version' in said && 'state' in said
  } catch {
    return false
  }
}

/** Whether the server still answers: after a crash the file stays and the server does not. */
export async function answers({ url, token }: ServerAddress): Promise<boolean> {
  try {
    const answer = await fetch(`${url}${ADDRESSES.me.path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    })
    return answer.ok
  } catch {
    return false
  }
}

/** Arguments for `node` that run the server program: compiled, or from its sources as we are ourselves. */
export function serverProgram(): readonly string[] {
  const from = import.meta.url
  const path = (kind: string) => fileURLToPath(new URL(`../../server/${kind}`, from))
  if (!from.endsWith('.ts')) return [path('dist/main.js')]
  const loader = pathToFileURL(createRequire(from).resolve('tsx')).href
  return ['--conditions=source', `--import=${loader}`, path('src/main.ts')]
}

export interface OwnServer {
  readonly address: ServerAddress
  readonly stop: () => Promise<void>
}

const START_MS = 60_000
const STOP_MS = 10_000

/** Starts the server program on any free port, for as long as the command runs. */
export async function startOwnServer(home: string, env: Environment): Promise<OwnServer> {
  const child = spawn(process.execPath, serverProgram(), {
    env: { ...env, PARCURS_HOME: home, PORT: '0', PARCURS_HOST: '127.0.0.1', PARCURS_DEMO: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C is for the command, which ends the server when it has said what became of its work.
    detached: true,
  })
  let said = ''
  child.stderr?.on('data', (text: Buffer) => {
    said = (said + text.toString('utf8')).slice(-10_000)
  })
  const stop = () => end(child)
  // The server must not outlive a command that is interrupted.
  process.once('exit', () => child.kill('SIGTERM'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      // A command that listens itself has something to end first.
      if (process.listenerCount(signal) === 0) process.exit(130)
    })
  }
  const until = Date.now() + START_MS
  while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
    const address = writtenAddress(home)
    if (address !== null && address.pid === child.pid && (await answers(address))) {
      return { address, stop }
    }
    await delay(50)
  }
  await stop()
  const reason = said
    .trim()
    .split('\n')
    .at(-1)
    ?.replace(/^parcurs: /, '')
  throw new CommandProblem(reason || 'the server did not start')
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(timer)
}
