import { existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { StartupProblem } from '../config/startup-problem.ts'

/** What a first start of both embedded stores writes, with room to recover from a crash. */
export const NEEDED_BYTES = 128_000_000

/** @throws StartupProblem 'disk-full', before anything is begun */
export function assertDiskSpace(home: string, freeBytes = freeBytesAt(home)): void {
  if (freeBytes >= NEEDED_BYTES) return
  const [free, needed] = [freeBytes, NEEDED_BYTES].map((bytes) => Math.floor(bytes / 1e6))
  throw new StartupProblem(
    'disk-full',
    `the disk of the data folder ${home} is full (${free} MB left): free at least ${needed} MB and start again`,
  )
}

function freeBytesAt(home: string): number {
  let folder = home
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, blocks, bsize } = statfsSync(folder)
  // What has no blocks is no disk (/proc): that nothing can be made there is told when it is tried.
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize
}
