import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { processIdentity, processSpace } from '../processes/process-identity.ts'
import { makeFolder } from '../config/make-folder.ts'
import { StartupProblem } from '../config/startup-problem.ts'

/** One program at a time on a data folder. */
export interface FolderLock {
  release(): void
}

interface Holder {
  readonly pid: number
  readonly identity: string | null
  readonly host: string
  /** Whose numbers of processes these are: containers of one name count for themselves. Not in locks from before. */
  readonly space?: string | null
}

const BEAT_MS = 5_000
/** A lock of another machine or container, whose processes cannot be seen, is dead when no beat comes for so long. */
const SILENT_MS = 20_000
/** One that is this old needs no watching: clocks of two machines differ less. */
const LONG_SILENT_MS = 10 * 60_000
const POLL_MS = 1_000

/**
 * Takes the folder, making it if needed. A lock whose process is gone is taken over.
 * @param silentMs how long a lock of another machine is watched for a beat
 * @throws StartupProblem 'already-running'; whatever the file system refuses
 */
export async function lockFolder(
  home: string,
  log: (line: string) => void,
  silentMs = SILENT_MS,
): Promise<FolderLock> {
  // Root runs PostgreSQL as somebody else, who must be able to pass through to its own folder.
  makeFolder(home, process.getuid?.() === 0 ? 0o711 : 0o700)
  const path = lockPath(home)
  const self: Holder = {
    pid: process.pid,
    identity: processIdentity(process.pid),
    host: hostname(),
    space: processSpace(),
  }
  let watched: { readonly beatAt: number; readonly since: number } | null = null
  while (!tryCreate(path, self)) {
    const holder = readHolder(path)
    const state = stateOf(holder, path)
    if (state === 'held') throw alreadyRunning(home, holder)
    if (state === 'free') {
      takeAway(path, holder)
      continue
    }
    const beatAt = beatOf(path)
    if (beatAt === null) continue
    if (watched === null) {
      log(`the data folder ${home} seems in use elsewhere: looking for a sign of life`)
      watched = { beatAt, since: performance.now() }
    }
    if (beatAt !== watched.beatAt) throw alreadyRunning(home, holder)
    if (performance.now() - watched.since > silentMs) takeAway(path, holder)
    else await delay(POLL_MS)
  }
  const beat = setInterval(() => touch(path), BEAT_MS)
  beat.unref()
  return {
    release() {
      clearInterval(beat)
      if (same(readHolder(path), self)) rmSync(path, { force: true })
    },
  }
}

/** Who holds the folder now, if that process is alive on this machine; null: nobody. */
export function holderOf(home: string): { readonly pid: number } | null {
  const holder = readHolder(lockPath(home))
  return holder !== null && stateOf(holder, lockPath(home)) === 'held' ? { pid: holder.pid } : null
}

function lockPath(home: string): string {
  return join(home, 'lock')
}

/** 'unknown': only its beats can tell, or a file that is being written at this moment. */
function stateOf(holder: Holder | null, path: string): 'held' | 'free' | 'unknown' {
  if (holder !== null && seenFromHere(holder)) {
    const alive = holder.identity !== null && processIdentity(holder.pid) === holder.identity
    return alive ? 'held' : 'free'
  }
  const oldMs = Date.now() - (beatOf(path) ?? Date.now())
  return oldMs > (holder === null ? POLL_MS : LONG_SILENT_MS) ? 'free' : 'unknown'
}

/** Whether the holder's process could be seen from here, so that not seeing it means something. */
function seenFromHere({ host, space }: Holder): boolean {
  return host === hostname() && (space === undefined || space === processSpace())
}

/** When the lock was last touched, by the clock of whoever did; null: it is gone. */
function beatOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null
}

/** Creating fails when the file exists, also when two do it at the same moment. */
function tryCreate(path: string, self: Holder): boolean {
  try {
    writeFileSync(path, `${JSON.stringify(self)}\n`, { mode: 0o600, flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    // On a full disk the name is made and stays empty.
    if (
      readHolder(path) === null &&
      error instanceof Error &&
      'code' in error &&
      error.code === 'ENOSPC'
    )
      rmSync(path, { force: true })
    throw error
  }
}

/** Removes a dead lock; puts back what turns out to be somebody's who was faster. */
function takeAway(path: string, dead: Holder | null): void {
  const aside = `${path}-${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const taken = readHolder(aside)
  if (taken !== null && (dead === null || !same(taken, dead))) tryCreate(path, taken)
  rmSync(aside, { force: true })
}

function readHolder(path: string): Holder | null {
  try {
    const held: Holder = JSON.parse(readFileSync(path, 'utf8'))
    return held
  } catch {
    return null
  }
}

function same(a: Holder | null, b: Holder): boolean {
  return (
    a !== null &&
    a.pid === b.pid &&
    a.identity === b.identity &&
    a.host === b.host &&
    (a.space ?? null) === (b.space ?? null)
  )
}

function touch(path: string): void {
  const now = new Date()
  try {
    utimesSync(path, now, now)
  } catch {
    // The folder was removed under us: the stores will say so better.
  }
}

function alreadyRunning(home: string, holder: Holder | null): StartupProblem {
  const where = holder?.host === hostname() ? '' : ` on ${holder?.host}`
  return new StartupProblem(
    'already-running',
    `Parcurs already runs on the data folder ${home} (process ${holder?.pid}${where}): use that one, stop it with \`npx parcurs stop\`, or set PARCURS_HOME to another folder`,
  )
}
