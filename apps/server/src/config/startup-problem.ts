import { NewerSchema } from '../schema/schema-files.ts'

export type StartupProblemCode =
  | 'half-restored'
  | 'config-invalid'
  | 'already-running'
  | 'folder-not-writable'
  | 'disk-full'
  | 'port-in-use'
  | 'port-not-allowed'
  | 'newer-schema'
  | 'postgres-unreachable'
  | 'clickhouse-unreachable'
  | 'no-embedded-store'

/** Why the program does not start: one line that says what to do. What an operator can cause. */
export class StartupProblem extends Error {
  override readonly name = 'StartupProblem'
  readonly code: StartupProblemCode

  constructor(code: StartupProblemCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** What the operator can mend, in one line; null for a bug of ours. */
export function startupProblem(error: unknown, home: string): StartupProblem | null {
  if (error instanceof StartupProblem) return error
  if (error instanceof NewerSchema) return new StartupProblem('newer-schema', error.message, error)
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'disk-full' || /No space left on device/.test(error.message)) {
    return new StartupProblem(
      'disk-full',
      `the disk of the data folder ${home} is full: free some space and start again`,
      error,
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartupProblem(
      'folder-not-writable',
      `cannot write to the data folder ${home} (${code}): give its owner write permission, or set PARCURS_HOME to another folder`,
      error,
    )
  }
  // Of the folder itself: what stands in it is ours, and missing there is a bug.
  const made = 'syscall' in error && error.syscall === 'mkdir'
  if (made && 'path' in error && home.startsWith(String(error.path))) {
    return new StartupProblem(
      'folder-not-writable',
      `the data folder ${home} cannot be made (${String(code)}): set PARCURS_HOME to another folder`,
      error,
    )
  }
  return null
}
