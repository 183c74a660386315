import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import {
  type Access,
  accessRoutes,
  filledAddress,
  type Problem,
  type Route,
} from '@parcurs/contract'
import type { z } from 'zod'
import { CommandProblem } from './command-problem.ts'
import {
  answers,
  dataFolder,
  holdsStores,
  isAddressOf,
  isParcurs,
  startOwnServer,
  writtenAddress,
} from './server-process.ts'

/** A server, asked through the contract's routes. */
export interface Client {
  /** Where people and clients reach it while it runs. */
  readonly address: string
  /** @throws CommandProblem with the server's own words when it refuses */
  readonly call: <
    P extends z.ZodType,
    Q extends z.ZodType,
    B extends z.ZodType,
    A extends z.ZodType,
    W extends Access,
  >(
    route: Route<P, Q, B, A, W>,
    given?: Given<P, Q, B>,
  ) => Promise<z.output<A>>
  /** The answer of a route that answers bytes. */
  readonly bytes: (route: Route, given: Pick<Asked, 'params'>) => Promise<Readable>
  /** Ends what was started for this command. */
  readonly close: () => Promise<void>
}

export interface Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>
  readonly query?: z.input<Q>
  readonly body?: z.input<B>
  /** Of a route that takes bytes: opens the file to send. */
  readonly file?: () => Readable
}

interface Asked {
  readonly params?: unknown
  readonly query?: unknown
  readonly body?: unknown
  readonly file?: () => Readable
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The server named by PARCURS_URL and PARCURS_TOKEN; else the one that runs on the data folder; else one
 * that is started on it and ended by `close`.
 *
 * @param does 'reads': a folder without a store is refused, never filled with an empty one
 */
export async function connect(
  env: Environment,
  does: 'reads' | 'writes' = 'reads',
): Promise<Client> {
  const { PARCURS_URL: url, PARCURS_TOKEN: token } = env
  if (token) {
    if (!url) throw new CommandProblem('PARCURS_TOKEN is set without PARCURS_URL: set both')
    const address = url.replace(/\/+$/, '')
    return clientOf({ url: address, token, address }, async () => {})
  }
  const home = dataFolder(env)
  const written = writtenAddress(home)
  const running = written !== null && (await answers(written))
  if (url && !(running && isAddressOf(written, url))) {
    throw new CommandProblem(
      `PARCURS_URL is ${url}, but PARCURS_TOKEN is not set: set both, or unset PARCURS_URL to use the data folder ${home}`,
    )
  }
  if (running) {
    const { publicUrl, ...server } = written
    return clientOf({ ...server, address: publicUrl ?? server.url }, async () => {})
  }
  if (does === 'reads' && !holdsStores(home, env)) throw await nothingHere(home, env)
  const own = await startOwnServer(home, env)
  // Its port is gone with the command: what is told is where the next one will be.
  return clientOf({ ...own.address, address: usualAddress(env) }, own.stop)
}

function usualAddress(env: Environment): string {
  return `http://127.0.0.1:${env['PORT'] || '4400'}`
}

/** Nothing to read: says where else a server answers, if one does. */
async function nothingHere(home: string, env: Environment): Promise<CommandProblem> {
  const elsewhere = usualAddress(env)
  const found = (await isParcurs(elsewhere))
    ? `a server of another data folder answers at ${elsewhere}: run this where it was started, or set PARCURS_HOME to its folder`
    : 'run this where Parcurs was started, set PARCURS_HOME, or begin with `parcurs start` or `parcurs import`'
  return new CommandProblem(`no data in ${home}: ${found}`)
}

/**
 * The workspace something is written to: the one asked for, else the only one that is not simulated.
 * @returns its slug
 */
export async function workspaceOf(client: Client, asked: string | undefined): Promise<string> {
  const { workspaces } = await client.call(accessRoutes.me)
  const slugs = workspaces.map(({ slug }) => slug)
  if (asked !== undefined) {
    if (slugs.includes(asked)) return asked
    throw new CommandProblem(`no workspace '${asked}'; there are ${slugs.join(', ')}`)
  }
  const real = workspaces.filter(({ simulated }) => !simulated)
  const [only] = real.length === 0 ? workspaces : real
  if (only !== undefined && real.length <= 1) return only.slug
  throw new CommandProblem(
    only === undefined
      ? 'there is no workspace yet'
      : `say which workspace with --workspace: ${real.map(({ slug }) => slug).join(', ')}`,
  )
}

interface Reached {
  readonly url: string
  readonly token: string
  readonly address: string
}

function clientOf({ url, token, address }: Reached, close: () => Promise<void>): Client {
  const send = async (route: Route, asked: Asked): Promise<Response> => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` }
    const init: RequestInit = { method: route.method, headers }
    if (asked.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(asked.body)
    }
    let answer: Response
    try {
      const address = `${url}${filledAddress(route.path, fields(asked.params), fields(asked.query))}`
      answer =
        asked.file === undefined
          ? await fetch(address, init)
          : await sendFile(address, route.method, headers, asked.file)
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new CommandProblem(`the server at ${url} does not answer: ${reason}`)
    }
    if (!answer.ok) throw await refusalOf(answer)
    return answer
  }
  return {
    address,
    async call(route, given = {}) {
      const answer = await send(route, given)
      return route.answer?.parse(await answer.json()) as never
    },
    async bytes(route, given) {
      const { body } = await send(route, given)
      return body === null ? Readable.from([]) : Readable.fromWeb(body)
    },
    close,
  }
}

// TRICKY: fetch takes a whole stream into memory before the socket has taken it; files may be larger.
async function sendFile(
  address: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  file: () => Readable,
): Promise<Response> {
  const open = address.startsWith('https:') ? https.request : http.request
  const request = open(address, {
    method,
    headers: { ...headers, 'content-type': 'application/octet-stream' },
  })
  const answered = new Promise<Response>((resolve, reject) => {
    request.once('error', reject)
    request.once('response', (response) => {
      text(response).then(
        (body) => resolve(new Response(body, { status: response.statusCode ?? 500 })),
        reject,
      )
    })
  })
  // A server that refuses answers before it has taken the file: its answer is what counts.
  const sent = pipeline(file(), request).catch(() => answered)
  const [answer] = await Promise.all([answered, sent])
  return answer
}

/** Parameters as their schema takes them in: numbers and texts. */
function fields(given: unknown): Readonly<Record<string, string | number | boolean>> {
  return Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, value]]
        : [],
    ),
  )
}

async function refusalOf(answer: Response): Promise<CommandProblem> {
  const said = await answer.text()
  try {
    const problem: Problem = JSON.parse(said)
    if (typeof problem.detail === 'string') return new CommandProblem(problem.detail, problem)
  } catch {
    // Not a server of ours, or something in between: its own words then.
  }
  return new CommandProblem(`the server answered ${answer.status}: ${said.slice(0, 200)}`)
}
