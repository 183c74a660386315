import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { postgresBinaries } from '../postgres/binaries.ts'
import { runAs } from '../postgres/run-as.ts'

/** A PostgreSQL that is not ours: reached over TCP, with a password, as an operator's server is. */
export interface TcpPostgres {
  readonly host: string
  readonly port: number
  readonly superuser: string
  readonly password: string
  url(user: string, password: string, database: string): string
}

const PASSWORD = 'p@ss/word with:all%'

/** The folders of the binaries there are: the embedded ones, and the system's own version. */
export async function serverBinaries(): Promise<readonly { name: string; bin: string }[]> {
  const { postgres } = await postgresBinaries()
  const systems = ['15', '16', '17'].map((version) => ({
    name: `the system's PostgreSQL ${version}`,
    bin: `/usr/lib/postgresql/${version}/bin`,
  }))
  return [
    { name: 'the embedded binaries', bin: join(postgres, '..') },
    ...systems.filter(({ bin }) => existsSync(join(bin, 'initdb'))),
  ]
}

/** Ended when the test file is done. */
export async function startTcpPostgres(bin: string, home: string): Promise<TcpPostgres> {
  const folder = join(home, `tcp-${bin.replaceAll(/\W/g, '').slice(-12)}`)
  const initdb = join(bin, 'initdb')
  const passwordFile = `${folder}-password`
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(passwordFile, `${PASSWORD}\n`)
  const as = runAs(folder, [home, initdb])
  if (as.account !== null) chownSync(folder, as.account.uid, as.account.gid)
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
  const [make, ...options] = [
    ...as.prefix,
    initdb,
    '-D',
    folder,
    '-U',
    'admin',
    '--pwfile',
    passwordFile,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  const made = spawnSync(make, options, { ...as.ids, cwd: '/', env, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()
  const [program, ...args] = [
    ...as.prefix,
    join(bin, 'postgres'),
    '-D',
    folder,
    '-k',
    folder,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    'shared_buffers=16MB',
  ]
  const child = spawn(program, args, {
    ...as.ids,
    cwd: '/',
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  afterAll(async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGINT')
    await ended
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('exit', () => reject(new Error(said)))
  })
  return {
    host: '127.0.0.1',
    port,
    superuser: 'admin',
    password: PASSWORD,
    url: (user, password, database) =>
      `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
  }
}

/** Free at this moment; whoever opens it next has it. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
