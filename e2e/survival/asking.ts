import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './server.ts'

/** Who asks, as the headers that say so. */
export type Who = Readonly<Record<string, string>>

export const nobody: Who = {}

export interface Answered {
  /** 0: no answer came in time. */
  readonly status: number
  readonly body: unknown
  readonly text: string
  readonly cookie: string | null
}

const PATIENCE_MS = 120_000

/** Asks once; whoever is told to come again does. */
export async function ask(
  server: Server,
  who: Who,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  for (;;) {
    const answer = await askOnce(server, who, method, path, body)
    if (answer.status !== 429 || path.startsWith('/api/sign-in')) return answer
    await sleep(100)
  }
}

export async function askOnce(
  server: Server,
  who: Who,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answered> {
  const json = typeof body === 'string' ? body : JSON.stringify(body)
  try {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...who, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: json }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const text = await response.text()
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? null
    return { status: response.status, body: parsed(text), text, cookie }
  } catch (error) {
    return { status: 0, body: null, text: String(error), cookie: null }
  }
}

export const machine = (server: Server): Who => ({ authorization: `Bearer ${server.token}` })
export const sender = (key: string): Who => ({
  authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
})

/** A text under a name of an answer. */
export function textOf(answer: Answered, name: string): string {
  const value: unknown = Reflect.get(Object(answer.body), name)
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new Error(`no '${name}' in ${answer.status} ${answer.text.slice(0, 300)}`)
}

export async function newKey(server: Server, kind: 'browser' | 'server'): Promise<string> {
  const path = '/api/workspaces/main/write-keys'
  return textOf(await ask(server, machine(server), 'POST', path, { name: kind, kind }), 'key')
}

/** Signs in by what stands behind the # of a link. */
export async function byLink(server: Server, link: string): Promise<Answered> {
  return await ask(server, nobody, 'POST', '/api/sign-in/link', { token: link.split('#')[1] })
}

/** A session of the installation's owner. */
export async function owner(server: Server): Promise<Who> {
  const made = await ask(server, machine(server), 'POST', '/api/sign-in/links', {})
  return signedIn(await byLink(server, textOf(made, 'link')))
}

export function signedIn(answer: Answered): Who {
  if (answer.cookie === null) throw new Error(`not signed in: ${answer.status} ${answer.text}`)
  return { cookie: answer.cookie }
}

/** What was not answered as it should be, as lines. */
export function faultsOf(found: readonly (readonly [what: string, got: unknown, due: unknown])[]) {
  return found.flatMap(([what, got, due]) =>
    JSON.stringify(got) === JSON.stringify(due)
      ? []
      : [`${what}: ${JSON.stringify(got)} where ${JSON.stringify(due)} was expected`],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
