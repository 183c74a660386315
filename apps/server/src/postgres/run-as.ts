import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** PostgreSQL refuses to run as root, so root runs it as somebody else. */
export interface RunAs {
  /** Who must own the data; null: ourselves. */
  readonly account: Account | null
  /** Options for spawn. */
  readonly ids: Partial<Account>
  /** What stands before the command line, for reaching folders that are closed to that account. */
  readonly prefix: readonly string[]
  /** What whoever runs it should know; null: nothing. */
  readonly warning: string | null
}

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Shared by whatever else has no account of its own. */
const NOBODY_ID = 65_534
/** Ours alone, where the machine has it. */
const OWN = 'parcurs'
const SHARED = 'postgres'

/**
 * Who PostgreSQL runs as: ourselves, or, when we are root, the owner of the existing data, else the
 * account `parcurs`, else `postgres` with a warning (whoever else runs as that can read everything), else an
 * account `parcurs` that is made for it. Never `nobody`: data of that account gets another owner.
 *
 * When that account cannot reach the data or the binaries (a clone under /root, which is closed to
 * all others), it is given the right to pass closed folders, and nothing else, by setpriv.
 *
 * @param needed paths it must reach
 * @throws Error when it cannot be made to
 */
export function runAs(dataFolder: string, needed: readonly string[]): RunAs {
  if (process.getuid?.() !== 0) return { account: null, ids: {}, prefix: [], warning: null }
  const held = ownerOf(dataFolder)
  const kept = held?.uid === NOBODY_ID ? null : held
  const account = kept ?? accountNamed(OWN) ?? accountNamed(SHARED) ?? madeAccount()
  if (held !== null && kept === null) {
    spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, dataFolder])
  }
  const shared = account.uid === accountNamed(SHARED)?.uid
  const warning = shared
    ? `PostgreSQL runs as the account '${SHARED}', and whatever else runs as it can read this installation's data: start Parcurs as an ordinary user, or make an account of its own (useradd --system ${OWN}) before the first start`
    : null
  if (reaches(account, [], needed)) return { account, ids: account, prefix: [], warning }
  const prefix = [
    'setpriv',
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    // TRICKY: without this bit access(2), by which PostgreSQL looks for its own programs, ignores the right.
    '--securebits=+no_setuid_fixup',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
  ]
  if (reaches(null, prefix, needed)) return { account, ids: {}, prefix, warning }
  throw new Error(
    `PostgreSQL does not run as root, and the account it would run as (uid ${account.uid}) cannot reach ${needed.join(' or ')}: ` +
      'start Parcurs as an ordinary user, or move it to a folder that others may enter',
  )
}

/** @throws Error with what to do, where the machine does not let us */
function madeAccount(): Account {
  const shell = '/usr/sbin/nologin'
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', shell, OWN])
  // Where there is busybox only.
  if (accountNamed(OWN) === null) spawnSync('adduser', ['-S', '-D', '-H', '-s', shell, OWN])
  const made = accountNamed(OWN)
  if (made !== null) return made
  throw new Error(
    `PostgreSQL does not run as root, and there is no account '${OWN}' for it: make one (useradd --system ${OWN}), or start Parcurs as an ordinary user`,
  )
}

function reaches(
  as: Account | null,
  prefix: readonly string[],
  needed: readonly string[],
): boolean {
  const [command = '', ...args] = [
    ...prefix,
    '/bin/sh',
    '-c',
    'for path; do test -e "$path" || exit 1; done',
    'reach',
    ...needed,
  ]
  return spawnSync(command, args, { ...as, cwd: '/' }).status === 0
}

function ownerOf(dataFolder: string): Account | null {
  const found = statSync(join(dataFolder, 'PG_VERSION'), { throwIfNoEntry: false })
  return found === undefined || found.uid === 0 ? null : { uid: found.uid, gid: found.gid }
}

function accountNamed(name: string): Account | null {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([account]) => account === name)
  const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])]
  return entry === undefined || !(uid > 0) ? null : { uid, gid }
}
