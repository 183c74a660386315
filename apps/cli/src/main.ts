import { Command } from 'commander'
import { CommandProblem } from './command-problem.ts'
import { addImport } from './import.ts'
import { addLink } from './link.ts'
import { addStart } from './start.ts'

const program = new Command('parcurs')
  .description('Draw the journey you designed, see the journey customers live.')
  .showHelpAfterError('(parcurs --help says more)')

// Each command adds itself, one file a command.
for (const add of [addStart, addLink, addImport]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommandProblem)) throw error
  process.stderr.write(`parcurs: ${error.message}\n`)
  process.exitCode = 1
}
