import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { holderOf, lockFolder } from './folder-lock.ts'

const root = temporaryFolder()
let made = 0
const folder = () => {
  made += 1
  return join(root, `home-${made}`, 'data')
}
const silent = () => {}

test('[PR4] the folder is made, held by one, and free again afterwards', async () => {
  const home = folder()
  const lock = await lockFolder(home, silent)
  expect(holderOf(home)).toEqual({ pid: process.pid })
  await expect(lockFolder(home, silent)).rejects.toMatchObject({ code: 'already-running' })
  lock.release()
  expect(holderOf(home)).toBeNull()
  const again = await lockFolder(home, silent)
  again.release()
})

test.each([
  ['a process that is gone', (held: object) => ({ ...held, pid: 2 ** 22 - 1 })],
  ['a number that belongs to another process now', (held: object) => ({ ...held, identity: 'x' })],
])('[PR4] a lock of %s is taken over', async (_who, change) => {
  const home = folder()
  const first = await lockFolder(home, silent)
  const path = join(home, 'lock')
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')))))
  expect(holderOf(home)).toBeNull()
  const second = await lockFolder(home, silent)
  // Whoever comes back too late must not take away what is not theirs any more.
  const now = readFileSync(path, 'utf8')
  expect(JSON.parse(now)).toMatchObject({ pid: process.pid })
  second.release()
  first.release()
})

test('[PR14] a lock of another machine is taken over when it has been silent', async () => {
  const home = folder()
  const first = await lockFolder(home, silent)
  first.release()
  const path = join(home, 'lock')
  writeFileSync(path, JSON.stringify({ pid: 1, identity: '1', host: 'elsewhere' }))
  const old = new Date(Date.now() - 60_000)
  utimesSync(path, old, old)
  const lock = await lockFolder(home, silent)
  expect(holderOf(home)).toEqual({ pid: process.pid })
  lock.release()
})

test('[PR4] an empty lock file, left by a full disk, is taken over', async () => {
  const home = folder()
  const first = await lockFolder(home, silent)
  first.release()
  const path = join(home, 'lock')
  writeFileSync(path, '')
  const old = new Date(Date.now() - 60_000)
  utimesSync(path, old, old)
  const lock = await lockFolder(home, silent)
  expect(holderOf(home)).toEqual({ pid: process.pid })
  lock.release()
})
