import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { processIdentity } from './process-identity.ts'

const GRACE_MS = 3_000
const CHECK_MS = 20

/** Writes down a child, so that the next start can see whether it is still there. */
export function rememberProcess(file: string, pid: number | undefined): void {
  if (pid === undefined) return
  writeFileSync(file, processIdentity(pid) ?? '', { mode: 0o600 })
}

/**
 * Waits until the child that a killed program left behind has ended, which it does by itself, and ends
 * it when it does not. Two engines on one folder would damage it.
 */
export async function endFormer(file: string): Promise<void> {
  const identity = remembered(file)
  const pid = Number(identity.split(' ')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  const startedAt = performance.now()
  for (let killed = false; processIdentity(pid) === identity; await delay(CHECK_MS)) {
    if (!killed && performance.now() - startedAt > GRACE_MS) {
      killed = true
      process.kill(pid, 'SIGKILL')
    }
  }
}

function remembered(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
