/** What a person at the terminal can do something about: told in one line, exit code 1. */
export class CommandProblem extends Error {
  override readonly name = 'CommandProblem'
}
