import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { backupRoutes } from '@parcurs/contract'
import type { Command } from 'commander'
import { connect } from './client.ts'
import { dataFolder, serverProgram } from './server-process.ts'
import { print } from './terminal-text.ts'

interface RestoreSettings {
  readonly home?: string
  readonly erasures?: string
  readonly withoutErasures?: boolean
}

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write both stores into a new folder; the server may run')
    .argument('<folder>', 'new or empty')
    .action(async (folder: string) => {
      const client = await connect(process.env)
      try {
        const written = await client.call(backupRoutes.backUp, {
          body: { folder: resolve(folder) },
        })
        print([`backed up into ${written.folder}`])
      } finally {
        await client.close()
      }
    })

  program
    .command('restore')
    .description('put a back-up into a data folder that is empty or does not exist')
    .argument('<folder>', 'what `parcurs backup` wrote')
    .option('--home <folder>', 'the data folder to make, instead of PARCURS_HOME or .parcurs')
    .option('--erasures <file>', 'the list of erased customers of the data folder it came from')
    .option('--without-erasures', 'restore although no list of erased customers is found')
    .action(async (folder: string, { home, erasures, withoutErasures }: RestoreSettings) => {
      const env = {
        ...process.env,
        PARCURS_HOME: home === undefined ? dataFolder(process.env) : resolve(home),
      }
      const told = [
        ...(erasures === undefined ? [] : ['--erasures', resolve(erasures)]),
        ...(withoutErasures === true ? ['--without-erasures'] : []),
      ]
      // It speaks for itself: there is no server to ask while the stores are being filled.
      const child = spawn(
        process.execPath,
        [...serverProgram(), 'restore', resolve(folder), ...told],
        {
          env,
          stdio: 'inherit',
        },
      )
      process.exitCode = await new Promise<number>((ended) => {
        child.once('exit', (code) => ended(code ?? 1))
      })
    })
}
