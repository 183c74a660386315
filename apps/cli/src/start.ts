import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'commander'
import { CommandProblem } from './command-problem.ts'
import { answers, dataFolder, serverProgram, writtenAddress } from './server-process.ts'
import { print } from './terminal-text.ts'

const STOP_MS = 10_000

export function addStart(program: Command): void {
  program
    .command('start')
    .description('run the server on the data folder until Ctrl-C')
    .option('--port <port>', 'instead of PORT or 4400')
    .option('--no-demo', 'without the simulated shop on the first start')
    .action(async ({ port, demo }: { readonly port?: string; readonly demo: boolean }) => {
      const env = {
        ...process.env,
        ...(port === undefined ? {} : { PORT: port }),
        ...(demo ? {} : { PARCURS_DEMO: 'off' }),
      }
      const child = spawn(process.execPath, serverProgram(), { env, stdio: 'inherit' })
      // Ctrl-C reaches the server by itself; we only wait for it.
      process.on('SIGINT', () => {})
      process.on('SIGTERM', () => child.kill('SIGTERM'))
      process.exitCode = await new Promise<number>((resolve) => {
        child.once('exit', (code) => resolve(code ?? 1))
      })
    })

  program
    .command('stop')
    .description('end the server that runs on the data folder')
    .action(async () => {
      const home = dataFolder(process.env)
      const written = writtenAddress(home)
      if (written === null || !(await answers(written))) {
        throw new CommandProblem(`no server runs on ${home}`)
      }
      process.kill(written.pid, 'SIGTERM')
      const until = Date.now() + STOP_MS
      while (isRunning(written.pid)) {
        if (Date.now() > until) {
          throw new CommandProblem(
            `process ${written.pid} has not ended within ${STOP_MS / 1000} s`,
          )
        }
        await delay(50)
      }
      print(['stopped'])
    })
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
