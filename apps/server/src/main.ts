import { steadied } from '@parcurs/domain'
import { restoreProgram } from './program/restore-program.ts'
import { readConfig } from './config/config.ts'
import { progress } from './terminal/progress.ts'
import { type Program, startProgram } from './program/start.ts'
import { startupProblem } from './config/startup-problem.ts'

/** `--without-erasures` and `--erasures FILE`, as the command line hands them on. */
function restoreOptions(words: readonly string[]) {
  const at = words.indexOf('--erasures')
  const file = at < 0 ? undefined : words[at + 1]
  return {
    erasures: file === undefined ? [] : [file],
    withoutErasures: words.includes('--without-erasures'),
  }
}

/** After this long an orderly end has failed; the stores recover from a hard one as well. */
const STOP_MS = 4_800

/** The link opens everything, once: it goes to a terminal, and to a log only where that is asked for. */
function readyLine({ url, link }: Program, printLink: boolean): string {
  if (url === null || link === null) return 'Parcurs is ready'
  return printLink
    ? `Parcurs is ready: ${link}`
    : `Parcurs is ready on ${url}: \`npx parcurs link\` makes a link to sign in with`
}

const print = (line: string) => process.stdout.write(`${steadied(line)}\n`)
const complain = (line: string) => process.stderr.write(`parcurs: ${steadied(line)}\n`)

await main()

async function main(): Promise<void> {
  let stop: (() => Promise<void>) | null = null
  let stopping = false
  const end = (code: number) => {
    if (stopping) return process.exit(1)
    stopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    Promise.resolve(stop?.()).then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', () => end(0))
  process.on('SIGINT', () => end(0))
  process.on('uncaughtException', (error) => {
    complain(error.stack ?? error.message)
    end(1)
  })
  let home = ''
  try {
    const config = readConfig(process.env)
    home = config.home
    const [command, folder, ...rest] = process.argv.slice(2)
    const told = { config, log: complain, notice: print, progress: progress(print) }
    if (command === 'restore' && folder !== undefined) {
      const outcome = await restoreProgram({
        ...told,
        folder,
        options: restoreOptions(rest),
        clock: Date.now,
      })
      if (outcome.ok) print(`restored ${outcome.folder} into ${home}`)
      else complain(outcome.detail)
      process.exitCode = outcome.ok ? 0 : 1
      return
    }
    const program = await startProgram({ ...told, clock: Date.now })
    stop = () => program.stop()
    print(readyLine(program, config.printLink ?? process.stdout.isTTY))
  } catch (error) {
    const problem = startupProblem(error, home)
    complain(
      problem?.message ?? (error instanceof Error ? (error.stack ?? error.message) : String(error)),
    )
    process.exit(1)
  }
}
