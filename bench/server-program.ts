import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readServerFile } from '../apps/server/src/program/server-file.ts'
import { proportionalMemoryOfTree } from './machine.ts'

/** The built server, as operators run it, in a process of its own. */
export interface ServerProgram {
  readonly url: string
  /** Of the data folder: may do everything. */
  readonly token: string
  /** Milliseconds from the start of the process to its word that it is ready. */
  readonly readyMs: number
  readonly memoryMb: () => number | null
  readonly call: <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T>
  readonly stop: () => Promise<void>
}

const READY_MS = 120_000

export async function startServer(home: string, demo: boolean): Promise<ServerProgram> {
  const main = fileURLToPath(new URL('../apps/server/dist/main.js', import.meta.url))
  const startMs = performance.now()
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      PARCURS_HOME: home,
      PORT: '0',
      PARCURS_DEMO: demo ? 'on' : 'off',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  while (!said.includes('is ready')) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}: ${said}`)
    if (performance.now() - startMs > READY_MS) throw new Error(`the server is not ready: ${said}`)
    await delay(20)
  }
  const readyMs = performance.now() - startMs
  const file = readServerFile(home)
  if (file === null || child.pid === undefined) throw new Error('the server left no word of itself')
  const { pid } = child
  const { url, token } = file
  return {
    url,
    token,
    readyMs,
    memoryMb: () => proportionalMemoryOfTree(pid),
    async call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return JSON.parse(text)
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
