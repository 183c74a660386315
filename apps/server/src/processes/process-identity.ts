import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * A text that no other process ever has: the number alone is given out again, in containers at every
 * start. Null: no such process, or one that has ended.
 */
export function processIdentity(pid: number): string | null {
  if (existsSync('/proc/self/stat')) return fromProc(pid)
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  const started = stdout.trim()
  return started === '' ? null : `${pid} ${started}`
}

/** Within which processes are numbered and seen; null: this system has one only, or does not say. */
export function processSpace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}

function fromProc(pid: number): string | null {
  let stat: string
  let boot: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return null
  }
  // The second field is the program's name in parentheses and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startTime] = [fields[0], fields[19]]
  return state === 'Z' || state === 'X' ? null : `${pid} ${startTime} ${boot}`
}
