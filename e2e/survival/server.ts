import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A whole server of its own, as a process that can be killed. */
export interface Server {
  readonly process: ChildProcess
  readonly url: string
  readonly token: string
  /** What it said on standard output and standard error. */
  said(): string
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

/** Resolves when it says that it is ready. @throws with what it said when it ends before */
export async function startServer(
  home: string,
  port: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', join(root, 'apps/server/src/main.ts')],
    {
      cwd: root,
      env: {
        ...process.env,
        PARCURS_HOME: home,
        PORT: String(port),
        PARCURS_DEMO: 'off',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let said = ''
  const ready = new Promise<boolean>((settle) => {
    const hear = (chunk: Buffer) => {
      said += String(chunk)
      if (said.includes('Parcurs is ready')) settle(true)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => settle(false))
  })
  if (!(await ready)) throw new Error(`the server ended before it was ready:\n${said}`)
  const { url, token } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8'))
  return { process: child, url, token, said: () => said }
}

/** As the power cut does: no handler runs. */
export async function killServer(server: Server): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return
  const gone = once(server.process, 'exit')
  server.process.kill('SIGKILL')
  await gone
}

export async function stopServer(server: Server): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return
  const gone = once(server.process, 'exit')
  server.process.kill('SIGTERM')
  await gone
}

/** A call as the data folder's own commands make it. @throws on any answer but 2xx */
export async function command<Answer>(
  server: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${server.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
  const answer: Answer = text === '' ? undefined : JSON.parse(text)
  return answer
}
