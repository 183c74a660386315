import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')

/** The program as a process, as `npm start` runs it but from the sources. */
export interface ProgramProcess {
  readonly child: ChildProcess
  /** What it printed, standard output and standard error apart. */
  readonly out: () => string
  readonly err: () => string
  /** Its link, when it says that it is ready. @throws with what it said when it ends before */
  readonly ready: Promise<string>
  /** Its exit code; a signal's name when one ended it. */
  readonly ended: Promise<number | string>
}

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>
  /** What stands before `node`, e.g. to take rights away. */
  readonly prefix?: readonly string[]
}

export function program({ env, prefix = [] }: ProgramOptions): ProgramProcess {
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    '--conditions=source',
    '--import',
    join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
    join(ROOT, 'apps/server/src/main.ts'),
  ]
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      PARCURS_DEMO: 'off',
      PARCURS_PRINT_LINK: 'on',
      ...env,
    },
  })
  let out = ''
  let err = ''
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      const link = /ready: (\S+)/.exec(out)?.[1]
      if (link !== undefined) resolve(link)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text
    })
    ended.then((code) => reject(new Error(`ended with ${code}: ${out}${err}`)), reject)
  })
  // A test that only waits for the end does not look at this.
  ready.catch(() => {})
  return { child, out: () => out, err: () => withoutNoise(err), ready, ended }
}

/** What Node says of its own accord. */
function withoutNoise(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\(node:\d+\)|^\(Use `node --trace/.test(line))
    .join('\n')
}

export interface ServerFile {
  readonly url: string
  readonly token: string
  readonly pid: number
}

export function serverFile(home: string): ServerFile {
  const held: ServerFile = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'))
  return held
}

/** Living processes that hold something of this folder open or in their arguments. */
export function processesOf(home: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      const state = /^State:\s+(\S)/m.exec(read(`/proc/${pid}/status`))?.[1]
      return state !== 'Z' && usesFolder(pid, home)
    })
    .map(Number)
}

function usesFolder(pid: string, home: string): boolean {
  if (read(`/proc/${pid}/cmdline`).includes(home)) return true
  return (
    read(`/proc/${pid}/environ`).includes(`PARCURS_HOME=${home}\0`) ||
    read(`/proc/${pid}/maps`).includes(home)
  )
}

function read(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  } catch {
    return ''
  }
}

/** `parcurs` with these words. */
export async function command(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      join(ROOT, 'node_modules/tsx/dist/loader.mjs'),
      join(ROOT, 'apps/cli/src/main.ts'),
      ...words,
    ],
    {
      cwd: '/',
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err: withoutNoise(err) }
}
