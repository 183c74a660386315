import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const FAST_MS = 10_000
const CHECK_MS = 50

/**
 * Ends a PostgreSQL that a killed program left behind on this folder, and removes a pid file whose
 * number now belongs to something else (usual in containers, where numbers start again at 1).
 * Only called by whoever holds the lock of the data folder.
 */
export async function endOrphan(dataFolder: string): Promise<'none' | 'ended'> {
  const pidFile = join(dataFolder, 'postmaster.pid')
  if (!existsSync(pidFile)) return 'none'
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1 || !alive(pid)) return 'none'
  if (!servesFolder(pid, dataFolder)) {
    rmSync(pidFile, { force: true })
    return 'none'
  }
  // Fast shutdown first; if it hangs, at once: the write-ahead log makes both safe.
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    send(pid, signal)
    const until = performance.now() + FAST_MS
    while (performance.now() < until) {
      if (!alive(pid)) return 'ended'
      await delay(CHECK_MS)
    }
  }
  throw new Error(`PostgreSQL (process ${pid}) still serves ${dataFolder} and does not end`)
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  // A process that ended and was not collected yet serves nobody.
  return !/^State:\s+Z/m.test(read(`/proc/${pid}/status`))
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended in between.
  }
}

/** A postmaster's working directory is its data folder. Without /proc the pid file is believed. */
function servesFolder(pid: number, dataFolder: string): boolean {
  if (!existsSync('/proc/self')) return true
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder)
  } catch {
    return false
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
