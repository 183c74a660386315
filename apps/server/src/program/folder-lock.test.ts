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

interface Holder {
  readonly identity: string
}

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
  ['a process that is gone', (held: Holder) => ({ ...held, pid: 2 ** 22 - 1 })],
  [
    'this very process before the machine was started again',
    ({ identity, ...held }: Holder) => ({ ...held, identity: identity.replace(/\S+$/, 'boot') }),
  ],
  ['a number that belongs to another process now', (held: Holder) => ({ ...held, identity: 'x' })],
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

/** A folder whose lock is of a machine whose processes cannot be seen from here. */
async function lockedElsewhere(beatAgoMs: number): Promise<{ home: string; beat: () => void }> {
  const home = folder()
  const first = await lockFolder(home, silent)
  first.release()
  const path = join(home, 'lock')
  writeFileSync(path, JSON.stringify({ pid: 1, identity: '1', host: 'elsewhere' }))
  const beat = () => {
    const at = new Date(Date.now() - beatAgoMs)
    utimesSync(path, at, at)
  }
  beat()
  return { home, beat }
}

test('[PR14] a lock of another machine that is long silent is taken over at once', async () => {
  const { home } = await lockedElsewhere(3_600_000)
  const lock = await lockFolder(home, silent)
  expect(holderOf(home)).toEqual({ pid: process.pid })
  lock.release()
})

test('[PR14] the lock of another container of the same name is watched for its beat', async () => {
  const home = folder()
  const first = await lockFolder(home, silent)
  const path = join(home, 'lock')
  const held = JSON.parse(readFileSync(path, 'utf8')) as Holder
  // Seen from here there is no such process, or quite another one of that number.
  writeFileSync(path, JSON.stringify({ ...held, pid: 1, identity: '1', space: 'pid:[1]' }))
  const beating = setInterval(() => utimesSync(path, new Date(), new Date()), 50)
  await expect(lockFolder(home, silent, 5_000)).rejects.toMatchObject({ code: 'already-running' })
  clearInterval(beating)
  first.release()
})

test('[PR14] one that was just alive is taken over when no beat comes any more', async () => {
  const { home } = await lockedElsewhere(0)
  const said: string[] = []
  const lock = await lockFolder(home, (line) => said.push(line), 500)
  expect(said).toEqual([expect.stringContaining('looking for a sign of life')])
  expect(holderOf(home)).toEqual({ pid: process.pid })
  lock.release()
})

test.each([
  ['in time', 0],
  ['and whose clock is minutes behind', 300_000],
])('[PR14] one that beats %s is left alone', async (_how, beatAgoMs) => {
  const { home, beat } = await lockedElsewhere(beatAgoMs)
  const path = join(home, 'lock')
  const held = readFileSync(path, 'utf8')
  const beating = setInterval(beat, 200)
  await expect(lockFolder(home, silent, 5_000)).rejects.toMatchObject({
    code: 'already-running',
    message: expect.stringContaining('(process 1 on elsewhere)'),
  })
  clearInterval(beating)
  expect(readFileSync(path, 'utf8')).toBe(held)
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
