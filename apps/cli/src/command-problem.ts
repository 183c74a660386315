import type { Problem } from '@parcurs/contract'

/** What a person at the terminal can do something about: told in one line, exit code 1. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem'
  /** What the server answered; null: the command itself refuses. */
  readonly problem: Problem | null

  constructor(message: string, problem: Problem | null = null) {
    super(message)
    this.problem = problem
  }
}

/** What `--json` prints in place of an answer: the server's own problem, else code `command` and the words. */
export function problemOf(
  error: Error,
): Problem | { readonly code: 'command'; readonly detail: string } {
  if (error instanceof CommandProblem && error.problem !== null) return error.problem
  return { code: 'command', detail: error.message.replace(/^error: /, '') }
}
