import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ProgramProcess, processesOf, program, serverFile } from './program-process.ts'

let home = ''
const running: ProgramProcess[] = []
beforeEach(() => {
  home = join(mkdtempSync(join(tmpdir(), 'parcurs-e2e-')), 'data')
})
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
  rmSync(join(home, '..'), { recursive: true, force: true })
})

function start(env: Readonly<Record<string, string>> = {}): ProgramProcess {
  const started = program({ env: { PARCURS_HOME: home, ...env } })
  running.push(started)
  return started
}

const ask = async (path: string) => {
  const { url, token } = serverFile(home)
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: await answer.json() }
}

describe('[PR1] a start', () => {
  test('says one link, listens on this machine only, and leaves a token for its commands', async () => {
    const started = start()
    const link = await started.ready
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\/link#\S+$/)
    expect(started.out().match(/http/g)).toHaveLength(1)
    const { url, pid } = serverFile(home)
    expect(link.startsWith(`${url}/`)).toBe(true)
    expect(pid).toBe(started.child.pid)
    expect(statSync(join(home, 'server.json')).mode & 0o777).toBe(0o600)
    expect(statSync(join(home, 'lock')).mode & 0o777).toBe(0o600)
    expect(await ask('/health')).toMatchObject({ status: 200, body: { state: 'up' } })
    for (const address of otherAddresses()) {
      await expect(fetch(`http://${address}:${new URL(url).port}/health`)).rejects.toThrow(
        'fetch failed',
      )
    }
  })
})

describe('[PR2] an end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s: clean, within 5 s, nothing left behind',
    async (signal) => {
      const started = start()
      await started.ready
      // As the terminal does it: to the whole group.
      process.kill(-(started.child.pid ?? 0), signal)
      const before = performance.now()
      expect(await started.ended).toBe(0)
      expect(performance.now() - before).toBeLessThan(5_000)
      expect(started.err()).toBe('')
      expect(processesOf(home)).toEqual([])
      expect(() => serverFile(home)).toThrow('ENOENT')
      expect(() => statSync(join(home, 'lock'))).toThrow('ENOENT')
    },
  )

  test('connections that say nothing, or half of something, do not delay it', async () => {
    const started = start()
    await started.ready
    const { url } = serverFile(home)
    const { hostname, port, host } = new URL(url)
    const head = `POST /api/sign-in HTTP/1.1\r\nhost: ${host}\r\n`
    for (const sent of [
      '',
      head,
      `${head}content-type: application/json\r\ncontent-length: 9\r\n\r\n`,
    ]) {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => {}).resume()
      await once(socket, 'connect')
      if (sent !== '') socket.write(sent)
    }
    await ask('/health')
    const before = performance.now()
    started.child.kill('SIGTERM')
    expect(await started.ended).toBe(0)
    expect(performance.now() - before).toBeLessThan(5_000)
  })

  test('while it is still starting', async () => {
    const started = start()
    await expect.poll(() => processesOf(home).length, { timeout: 20_000 }).toBeGreaterThan(1)
    started.child.kill('SIGTERM')
    await started.ended
    await expect.poll(() => processesOf(home), { timeout: 5_000 }).toEqual([])
  })
})

test('[PR3] killed, its children end by themselves and the next start has everything', async () => {
  const first = start()
  await first.ready
  const made = await fetch(`${serverFile(home).url}/api/me`, {
    headers: { authorization: `Bearer ${serverFile(home).token}` },
  })
  expect(made.status).toBeLessThan(500)
  first.child.kill('SIGKILL')
  await first.ended
  // At once, without waiting for the children.
  const second = start()
  await second.ready
  expect(await ask('/health')).toMatchObject({ status: 200, body: { state: 'up' } })
  second.child.kill('SIGKILL')
  await second.ended
  await expect.poll(() => processesOf(home), { timeout: 10_000 }).toEqual([])
})

describe('[PR4] one program at a time on a folder', () => {
  test('the second is told where the first is, and the first goes on', async () => {
    const first = start()
    await first.ready
    const second = start()
    expect(await second.ended).toBe(1)
    expect(second.err()).toBe(
      `parcurs: Parcurs already runs on the data folder ${home} (process ${first.child.pid}): use that one, stop it with \`npx parcurs stop\`, or set PARCURS_HOME to another folder\n`,
    )
    expect(await ask('/health')).toMatchObject({ status: 200 })
  })

  test('of three at once, one runs', async () => {
    const all = [start(), start(), start()]
    const settled = await Promise.all(
      all.map(
        async ({ ready }) =>
          await ready.then(
            () => 'ready',
            () => 'refused',
          ),
      ),
    )
    expect(settled.toSorted()).toEqual(['ready', 'refused', 'refused'])
    for (const { err, ended } of all.filter((_, i) => settled[i] === 'refused')) {
      expect(await ended).toBe(1)
      expect(err()).toMatch(/^parcurs: Parcurs already runs on .*\n$/)
    }
  })

  test('a lock whose process is gone is no obstacle', async () => {
    const first = start()
    await first.ready
    first.child.kill('SIGTERM')
    await first.ended
    writeFileSync(
      join(home, 'lock'),
      JSON.stringify({ pid: process.pid, identity: 'somebody else', host: hostnameOfLock() }),
    )
    expect(await start().ready).toContain('http')
  })

  function hostnameOfLock(): string {
    return readFileSync('/proc/sys/kernel/hostname', 'utf8').trim()
  }
})

test('[PR5] a port in use is told, and nothing is begun', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const refused = start({ PORT: String(port) })
  expect(await refused.ended).toBe(1)
  expect(refused.err()).toBe(
    `parcurs: port ${port} is in use by another program: stop that one, or set PORT to another number\n`,
  )
  expect(() => statSync(home)).toThrow('ENOENT')
  other.close()
})

test('[PR5] a port that Parcurs itself holds is told as that', async () => {
  const first = start()
  await first.ready
  const { port } = new URL(serverFile(home).url)
  const elsewhere = program({ env: { PARCURS_HOME: `${home}-2`, PORT: port } })
  expect(await elsewhere.ended).toBe(1)
  expect(elsewhere.err()).toBe(
    `parcurs: Parcurs answers on port ${port} already, with another data folder: use that one, stop it, or set PORT to another number\n`,
  )
  const again = start({ PORT: port })
  expect(await again.ended).toBe(1)
  expect(again.err()).toMatch(/^parcurs: Parcurs already runs on the data folder /)
})

test('[PR16] a link that signs in goes to no log unless asked for', async () => {
  const started = start({ PARCURS_PRINT_LINK: 'terminal' })
  await expect
    .poll(started.out, { timeout: 60_000 })
    .toMatch(
      /^Parcurs is ready on http:\/\/127\.0\.0\.1:\d+: `npx parcurs link` makes a link to sign in with$/m,
    )
  expect(started.out()).not.toContain('token')
})

test.each([
  [{ PORT: '70000' }, "PORT is '70000': expected a whole number 0–65535"],
  [{ PARCURS_ROLE: 'cook' }, "PARCURS_ROLE is 'cook': expected all, api, worker"],
  [
    { DATABASE_URL: 'mysql://u:secret@h/d' },
    "DATABASE_URL is 'mysql://…': expected a URL that begins with postgres:// or postgresql://",
  ],
  [
    { CLICKHOUSE_URL: 'not a url with secret' },
    'CLICKHOUSE_URL: expected a URL that begins with http:// or https://',
  ],
])('[PR6] %j is refused in one line', async (env, line) => {
  const refused = start(env)
  expect(await refused.ended).toBe(1)
  expect(refused.err()).toBe(`parcurs: ${line}\n`)
  expect(refused.err()).not.toContain('secret')
})

function otherAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
}
