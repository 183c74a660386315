import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { smallDisk } from '../../apps/server/src/testing/small-disk.ts'
import { processesOf, program, serverFile } from './program-process.ts'

let home = ''
beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'parcurs-e2e-'))
  chmodSync(parent, 0o755)
  home = join(parent, 'data')
})
afterEach(() => rmSync(join(home, '..'), { recursive: true, force: true }))

const NOBODY = 65_534
const asRoot = process.getuid?.() === 0
/** Root may write everywhere: the program is started as somebody who may read everything, no more. */
const powerless = asRoot
  ? [
      'setpriv',
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      '--inh-caps=-all,+dac_read_search',
      '--ambient-caps=-all,+dac_read_search',
    ]
  : []

describe('[PR9] a folder without write permission', () => {
  test('that would have to be made', async () => {
    chmodSync(join(home, '..'), 0o555)
    const refused = program({ env: { PARCURS_HOME: home }, prefix: powerless })
    expect(await refused.ended).toBe(1)
    expect(refused.err()).toBe(line('EACCES'))
    chmodSync(join(home, '..'), 0o755)
  })

  test('that is there', async () => {
    mkdirSync(home, { mode: 0o555 })
    const refused = program({ env: { PARCURS_HOME: home }, prefix: powerless })
    expect(await refused.ended).toBe(1)
    expect(refused.err()).toBe(line('EACCES'))
    expect(readdirSync(home)).toEqual([])
  })

  test('that cannot be made by anybody', async () => {
    const refused = program({ env: { PARCURS_HOME: '/proc/parcurs/data' } })
    expect(await refused.ended).toBe(1)
    expect(refused.err()).toBe(
      'parcurs: the data folder /proc/parcurs/data cannot be made (ENOENT): set PARCURS_HOME to another folder\n',
    )
  })

  const line = (code: string) =>
    `parcurs: cannot write to the data folder ${home} (${code}): give its owner write permission, or set PARCURS_HOME to another folder\n`
})

test('[PR9] an ordinary user runs it like root does', async () => {
  mkdirSync(home)
  if (asRoot) chownSync(home, NOBODY, NOBODY)
  const started = program({ env: { PARCURS_HOME: home }, prefix: powerless })
  await started.ready
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
})

test.skipIf(!asRoot)(
  '[PR10] root runs it under a folder closed to everybody else (only root can show this)',
  async () => {
    chmodSync(join(home, '..'), 0o700)
    for (let round = 0; round < 2; round += 1) {
      const started = program({ env: { PARCURS_HOME: home } })
      await started.ready
      started.child.kill('SIGTERM')
      expect(await started.ended).toBe(0)
    }
  },
)

const disk = smallDisk(16)

test.skipIf(disk === null)(
  '[PR11] a full disk is refused in one line and nothing is begun (needs the right to mount one)',
  async () => {
    if (disk === null) return
    disk.fill()
    const refused = program({ env: { PARCURS_HOME: join(disk.path, 'data') } })
    expect(await refused.ended).toBe(1)
    expect(refused.err()).toMatch(
      /^parcurs: the disk of the data folder .* is full \(0 MB left\): free at least 128 MB and start again\n$/,
    )
    expect(readdirSync(disk.path)).toEqual(['filler'])
  },
)

test('[PR12] when the engine dies, the program goes on and its health comes back', async () => {
  const started = program({ env: { PARCURS_HOME: home } })
  await started.ready
  const health = async (): Promise<unknown> =>
    await (await fetch(`${serverFile(home).url}/health`)).json()
  const engine = processesOf(join(home, 'clickhouse'))
  expect(engine).toHaveLength(1)
  for (const pid of engine) process.kill(pid, 'SIGKILL')
  await expect.poll(health, { timeout: 20_000 }).toMatchObject({ state: 'up' })
  expect(started.err()).toContain('starting it again')
  started.child.kill('SIGTERM')
  expect(await started.ended).toBe(0)
  expect(processesOf(home)).toEqual([])
})
