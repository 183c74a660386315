import { complain, note, print } from './terminal-text.ts'
import { Command, CommanderError } from 'commander'
import { addAsk } from './ask.ts'
import { addBackup } from './backup.ts'
import { CommandProblem, problemOf } from './command-problem.ts'
import { addErase } from './erase.ts'
import { addFunnel } from './funnel.ts'
import { addImport } from './import.ts'
import { addImports } from './imports.ts'
import { addKey } from './key.ts'
import { addLink } from './link.ts'
import { addMap } from './map.ts'
import { addPaths } from './paths.ts'
import { addSegments } from './segments.ts'
import { addSessions } from './sessions.ts'
import { addStart } from './start.ts'
import { addStatus } from './status.ts'
import { addVariants } from './variants.ts'
import { VERSION } from './version.ts'

const asJson = process.argv.includes('--json')

const program = new Command('parcurs')
  .description('Draw the journey you designed, see the journey customers live.')
  .version(VERSION, '--version', 'print the version')
  .showHelpAfterError('(parcurs --help says more)')
  .exitOverride()
program.configureOutput({ writeErr: (text) => (asJson ? undefined : note(text.trimEnd())) })

// Whoever reads on, as `head` does, may have read enough: what is under way is finished all the same.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

// Each command adds itself, one file a command.
for (const add of [
  addStart,
  addLink,
  addKey,
  addImport,
  addImports,
  addMap,
  addAsk,
  addFunnel,
  addPaths,
  addVariants,
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
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0
  else if (error instanceof CommanderError || error instanceof CommandProblem) {
    process.exitCode = 1
    if (asJson) print([JSON.stringify({ problem: problemOf(error) }, null, 2)])
    else if (error instanceof CommandProblem) complain(error.message)
  } else throw error
}
