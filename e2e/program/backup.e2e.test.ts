import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { command, program, serverFile } from './program-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'parcurs-e2e-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const [home, backup, restored] = ['home', 'backup', 'restored'].map((name) =>
  join(folder, name),
) as [string, string, string]

async function workspaces(of: string): Promise<unknown> {
  const { url, token } = serverFile(of)
  const answer = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
  return await answer.json()
}

test('[BK6] one command backs up a running server, one restores it elsewhere', async () => {
  const first = program({ env: { PARCURS_HOME: home } })
  await first.ready
  const before = await workspaces(home)
  expect(await command(['backup', backup], { PARCURS_HOME: home })).toMatchObject({
    code: 0,
    out: `backed up into ${backup}\n`,
  })
  const again = await command(['backup', backup], { PARCURS_HOME: home })
  expect(again.code).toBe(1)
  expect(again.err).toContain('is not empty')
  const nowhere = await command(['backup', '/proc/x'], { PARCURS_HOME: home })
  expect(nowhere.code).toBe(1)
  expect(nowhere.err).toContain("the folder '/proc/x' cannot be backed up into")
  const onto = await command(['restore', backup], { PARCURS_HOME: home })
  expect(onto.code).toBe(1)
  expect(onto.err).toContain('Parcurs already runs')
  first.child.kill('SIGTERM')
  await first.ended
  const over = await command(['restore', backup], { PARCURS_HOME: home })
  expect(over.code).toBe(1)
  expect(over.err).toContain('the stores hold data already')

  expect(await command(['restore', backup, '--home', restored], {})).toMatchObject({ code: 0 })
  const second = program({ env: { PARCURS_HOME: restored } })
  await second.ready
  expect(await workspaces(restored)).toEqual(before)
  second.child.kill('SIGTERM')
  await second.ended
})

test('[BK7] with no server running, the command opens the stores itself', async () => {
  const alone = join(folder, 'alone')
  expect(await command(['backup', alone], { PARCURS_HOME: home })).toMatchObject({ code: 0 })
  expect(
    await command(['restore', join(folder, 'nothing')], { PARCURS_HOME: join(folder, 'x') }),
  ).toMatchObject({
    code: 1,
    err: expect.stringContaining('holds no whole back-up'),
  })
})
