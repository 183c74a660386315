import { Command } from 'commander'
import { addAsk } from './ask.ts'
import { addBackup } from './backup.ts'
import { CommandProblem } from './command-problem.ts'
import { addErase } from './erase.ts'
import { addFunnel } from './funnel.ts'
import { addImport } from './import.ts'
import { addLink } from './link.ts'
import { addMap } from './map.ts'
import { addPaths } from './paths.ts'
import { addSegments } from './segments.ts'
import { addSessions } from './sessions.ts'
import { addStart } from './start.ts'
import { addStatus } from './status.ts'

const program = new Command('parcurs')
  .description('Draw the journey you designed, see the journey customers live.')
  .showHelpAfterError('(parcurs --help says more)')

// Each command adds itself, one file a command.
for (const add of [
  addStart,
  addLink,
  addImport,
  addMap,
  addAsk,
  addFunnel,
  addPaths,
  addSegments,
  addSessions,
  addBackup,
  addStatus,
  addErase,
])
  add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommandProblem)) throw error
  process.stderr.write(`parcurs: ${error.message}\n`)
  process.exitCode = 1
}
