import { availableParallelism, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { StartupProblem } from './startup-problem.ts'

export type ProgramRole = 'all' | 'api' | 'worker'

/** Everything the program takes from its environment, read once in main.ts. */
export interface Config {
  /** The data folder: PARCURS_HOME, default `.parcurs` in the working folder. */
  readonly home: string
  /** PARCURS_HOST, default 127.0.0.1: no other machine reaches it unless the operator says so. */
  readonly host: string
  /** PORT, default 4400; 0: any free one. */
  readonly port: number
  /** PARCURS_URL, the address people type; null: this machine only, plain HTTP. */
  readonly publicUrl: string | null
  /** Addresses of proxies whose forwarding headers are believed: PARCURS_TRUSTED_PROXIES, by commas. */
  readonly trustedProxies: readonly string[]
  /** DATABASE_URL; null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null
  /** CLICKHOUSE_URL; null: the embedded engine. */
  readonly clickhouseUrl: string | null
  /** PARCURS_ROLE: what of the program runs in this process. */
  readonly role: ProgramRole
  /** PARCURS_DEMO=off: the first start loads no demo shop. */
  readonly demo: boolean
  /** PARCURS_PRINT_LINK: whether the first link is printed; null: to a terminal only. */
  readonly printLink: boolean | null
  /** PARCURS_LOG: debug, info, warn (default) or error, on standard error as JSON. */
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** PARCURS_ENGINE_MEMORY_MB: what the embedded engine may take while it works. */
  readonly engineMemoryBytes: number
  readonly threads: number
}

type Environment = Readonly<Record<string, string | undefined>>

/** @throws StartupProblem naming the variable, its value and what was expected */
export function readConfig(env: Environment): Config {
  const config: Config = {
    home: resolve(text(env, 'PARCURS_HOME') ?? '.parcurs'),
    host: text(env, 'PARCURS_HOST') ?? '127.0.0.1',
    port: whole(env, 'PORT', 4400, 0, 65_535),
    publicUrl: url(env, 'PARCURS_URL', ['http:', 'https:']),
    trustedProxies: list(env, 'PARCURS_TRUSTED_PROXIES'),
    databaseUrl: url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    clickhouseUrl: url(env, 'CLICKHOUSE_URL', ['http:', 'https:']),
    role: oneOf(env, 'PARCURS_ROLE', ['all', 'api', 'worker'], 'all'),
    demo: oneOf(env, 'PARCURS_DEMO', ['on', 'off'], 'on') === 'on',
    printLink: printLink(env),
    logLevel: oneOf(env, 'PARCURS_LOG', ['debug', 'info', 'warn', 'error', 'silent'], 'warn'),
    engineMemoryBytes: whole(env, 'PARCURS_ENGINE_MEMORY_MB', fittingMb(), 512, 1_048_576) * 1e6,
    threads: availableParallelism(),
  }
  assertShared(config)
  return config
}

/** Of two processes each does a part: they need stores that both reach. */
function assertShared({ role, databaseUrl, clickhouseUrl }: Config): void {
  if (role === 'all' || (databaseUrl !== null && clickhouseUrl !== null)) return
  const missing = [
    ...(databaseUrl === null ? ['DATABASE_URL'] : []),
    ...(clickhouseUrl === null ? ['CLICKHOUSE_URL'] : []),
  ].join(' and ')
  throw new StartupProblem(
    'config-invalid',
    `PARCURS_ROLE is '${role}', a part of a program whose stores several processes share: set ${missing} too, or leave PARCURS_ROLE away`,
  )
}

function printLink(env: Environment): boolean | null {
  const asked = oneOf(env, 'PARCURS_PRINT_LINK', ['on', 'off', 'terminal'], 'terminal')
  return asked === 'terminal' ? null : asked === 'on'
}

/** Less than half of the machine, and no more than our questions can use. */
function fittingMb(): number {
  return Math.max(1_000, Math.min(6_000, Math.floor((totalmem() * 0.4) / 1e6)))
}

/** An empty variable is one that is not set. */
function text(env: Environment, name: string): string | null {
  const value = env[name]?.trim()
  return value === undefined || value === '' ? null : value
}

function list(env: Environment, name: string): readonly string[] {
  return (text(env, name) ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function whole(env: Environment, name: string, usual: number, least: number, most: number): number {
  const given = text(env, name)
  if (given === null) return usual
  const value = Number(given)
  if (/^\d+$/.test(given) && value >= least && value <= most) return value
  throw invalid(name, given, `a whole number ${least}–${most}`)
}

function oneOf<T extends string>(
  env: Environment,
  name: string,
  values: readonly T[],
  usual: T,
): T {
  const given = text(env, name)
  if (given === null) return usual
  const found = values.find((value) => value === given)
  if (found === undefined) throw invalid(name, given, values.join(', '))
  return found
}

/** TRICKY: the value may hold a password, so a wrong one is never repeated. */
function url(env: Environment, name: string, protocols: readonly string[]): string | null {
  const given = text(env, name)
  if (given === null) return null
  const expected = `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`
  if (!URL.canParse(given))
    throw new StartupProblem('config-invalid', `${name}: expected ${expected}`)
  const { protocol } = new URL(given)
  if (protocols.includes(protocol)) return given
  throw invalid(name, `${protocol}//…`, expected)
}

function invalid(name: string, value: string, expected: string): StartupProblem {
  return new StartupProblem('config-invalid', `${name} is '${value}': expected ${expected}`)
}
