import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { importOptions, importRoutes, passedOverText } from '@parcurs/contract'
import { READ_AS } from '@parcurs/domain'
import { type Command, Option } from 'commander'
import type { z } from 'zod'
import { type Client, connect, workspaceOf } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { rejectsPath } from './rejects-path.ts'
import { type Source, sourcesOf } from './import-sources.ts'
import { complain, note, overwrite, print } from './terminal-text.ts'
import { againLines, type AgainChoice, asker, choiceOf } from './import-again.ts'
import {
  type Look,
  lookLines,
  outcomeLines,
  progressLine,
  size,
  stoppedLines,
  type View,
} from './import-text.ts'

const POLL_MS = 150
/** Where nobody watches a moving line, one is printed this often. */
const TOLD_MS = 2000

interface Settings extends Readonly<Record<string, unknown>> {
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly rejects?: string
  readonly replace?: boolean
  readonly keep?: boolean
  readonly workspace?: string
}

export function addImport(program: Command): void {
  program
    .command('import')
    .description(
      'turn files into events: CSV, TSV, .xlsx, JSON, Parquet, XES, each also .gz, or .zip',
    )
    .argument('<file...>', 'files, folders (every file in them), or - for standard input')
    .addOption(
      new Option(
        '--as <kind>',
        'the export that it is; table: none; else told by its shape',
      ).choices(READ_AS),
    )
    .option('--customer <column>', 'who: a user id')
    .option('--anonymous <column>', 'the device or browser beside it: both are joined')
    .option('--time <column>', 'when')
    .option('--clock <column>', 'the time of day, where --time is a date only')
    .option('--event <column>', 'what: the name of the event')
    .option('--event-name <name>', 'every row is this event')
    .option('--value <column>', "money; also a product: 'Quantity*UnitPrice'; '' for none")
    .option('--id <column>', "the event's own id: the same id is the same event for ever")
    .option('--channel <column>', 'through which channel')
    .option('--url <column>', 'on which page')
    .option('--currency <column>', 'of the money; or the code of all rows: EUR')
    .option('--order <column>', 'order id: its money counts once')
    .option('--any-id', 'words such as null and guest are ids like any other')
    .option(
      '--source <name>',
      'one of several shops: its ids and orders are apart from those of the others',
    )
    .option('--tz <zone>', 'zone of times that do not say theirs, e.g. Europe/Bucharest')
    .option(
      '--time-format <format>',
      'iso, compact, epoch-s, day-month-year, month-name, excel-serial, …',
    )
    .addOption(
      new Option('--decimal <mark>', 'of money: 1,234.50 or 1.234,50').choices(['point', 'comma']),
    )
    .option(
      '--encoding <name>',
      'of the text: utf-8, windows-1251, gbk, …; otherwise told by content',
    )
    .addOption(
      new Option(
        '--lifecycle <which>',
        'of XES: a start and its completion are one event, or all are events',
      ).choices(['complete', 'all']),
    )
    .option('--skip <lines>', 'so many lines stand before the header')
    .addOption(new Option('--format <format>').choices(['csv', 'tsv', 'jsonl', 'parquet', 'xes']))
    .option(
      '--rejects <path>',
      'a folder, or a file, for refused rows; else beside the data folder',
    )
    .addOption(
      new Option(
        '--replace',
        'rows that are here already: take away what the import brought, then import',
      ).conflicts('keep'),
    )
    .option('--keep', 'rows that are here already stay, and only the others come')
    .option('--dry-run', 'read everything, store nothing')
    .option('--workspace <slug>', 'where several are')
    .option('--json', 'print what became of each file as JSON')
    .action(async (files: readonly string[], settings: Settings) => {
      const options = optionsOf(settings)
      const sources = await sourcesOf(files)
      const client = await connect(process.env, 'writes')
      try {
        const workspace = await workspaceOf(client, settings.workspace)
        const outcomes: Outcome[] = []
        const asked = { client, workspace, options, settings }
        // The other files are not to suffer for one.
        const failed = (name: string) => (error: unknown) => {
          if (!(error instanceof CommandProblem)) throw error
          complain(`${name}: ${error.message}`)
          outcomes.push({ name, problem: error.message })
        }
        for (const source of sources) {
          if (outcomes.some(isStopped)) break
          await uploaded(asked, source).then(async (files) => {
            for (const file of files) {
              if (outcomes.some(isStopped)) return
              await importFile(asked, file).then((view) => outcomes.push(view), failed(file.name))
            }
          }, failed(source.name))
        }
        if (settings.json === true) print([JSON.stringify(outcomes, null, 2)])
        if (outcomes.some(isStopped)) process.exitCode = 130
        else if (outcomes.some(hasFailed)) process.exitCode = 1
      } finally {
        await client.close()
      }
    })
}

function isStopped(one: Outcome): boolean {
  return 'state' in one && one.state === 'cancelled'
}

function hasFailed(one: Outcome): boolean {
  if (!('state' in one)) return !('skipped' in one)
  const { state, progress } = one
  const nothing = progress.stored === 0 && progress.repeated === 0 && progress.rejected > 0
  return state !== 'done' || nothing
}

const OPTION_NAMES = Object.keys(importOptions.shape)

function optionsOf(settings: Settings): z.output<typeof importOptions> {
  const given = Object.entries(settings).filter(([name]) => OPTION_NAMES.includes(name))
  const checked = importOptions.safeParse(Object.fromEntries(given))
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  const name = String(issue?.path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new CommandProblem(`--${name}: ${issue?.message}`)
}

type Outcome = View | Skipped | { readonly name: string; readonly problem: string }

/** Its rows are here already, and stay as they are. */
interface Skipped {
  readonly name: string
  readonly skipped: true
}

interface Asked {
  readonly client: Client
  readonly workspace: string
  readonly options: z.output<typeof importOptions>
  readonly settings: Settings
}

type Upload = z.output<NonNullable<(typeof importRoutes.upload)['answer']>>
type UploadedFile = Upload['files'][number]

/** Sends a file; of an archive, its files are imports of their own. */
async function uploaded(
  { client, workspace }: Asked,
  { name, file }: Source,
): Promise<readonly UploadedFile[]> {
  const { files, passedOver } = await client.call(importRoutes.upload, {
    params: { workspace },
    query: { name },
    file,
  })
  for (const one of passedOver) {
    complain(`${one.name} ${passedOverText(one.why)}`)
  }
  return files
}

async function importFile(
  { client, workspace, options, settings }: Asked,
  { importId, name, sizeBytes }: UploadedFile,
): Promise<View | Skipped> {
  const say = (lines: readonly string[]) => {
    if (settings.json !== true) print(lines)
  }
  const params = { workspace, importId }
  const look = await client.call(importRoutes.look, { params, body: options })
  say([`${name}  ${size(sizeBytes)}`, ...lookLines(look).map((line) => `  ${line}`)])
  if (look.problems.length > 0) {
    await client.call(importRoutes.cancel, { params })
    throw new CommandProblem(look.problems.map(({ detail }) => detail).join('\n  '))
  }
  const dryRun = settings.dryRun === true
  if (look.again !== null) say(againLines(look.again).map((line) => `  ${line}`))
  const choice = dryRun
    ? KEPT
    : await chosen(look.again, settings, async () => {
        await client.call(importRoutes.cancel, { params })
      })
  if (choice.kind === 'skip') {
    await client.call(importRoutes.cancel, { params })
    return { name, skipped: true }
  }
  const body = {
    options,
    dryRun,
    ...(choice.kind === 'replace' ? { replace: [...choice.importIds] } : {}),
    // Only what was asked about is kept twice: whatever came meanwhile is asked about again.
    ...(look.again !== null && choice.kind === 'keep' ? { keep: true } : {}),
  }
  await client.call(importRoutes.run, { params, body })
  const view = await followed(client, params, settings)
  say(outcomeLines(view).map((line) => `  ${line}`))
  if (view.state === 'cancelled') say(stoppedLines(view).map((line) => `  ${line}`))
  if (view.progress.rejected > 0 && !dryRun) {
    const path = rejectsPath(settings.rejects, view)
    await pipeline(await client.bytes(importRoutes.rejects, { params }), createWriteStream(path))
    say([`  all refused rows: ${path} (mend them there and import that file)`])
  }
  if (dryRun) await client.call(importRoutes.cancel, { params })
  return view
}

const KEPT = { kind: 'keep' } as const

/** @param forget called before it is refused */
async function chosen(
  again: Look['again'],
  settings: Settings,
  forget: () => Promise<void>,
): Promise<AgainChoice> {
  try {
    return await choiceOf(again, { ...settings, ask: settings.json === true ? null : asker() })
  } catch (error) {
    await forget()
    throw error
  }
}

/** Shows how far it is until it is over. */
async function followed(
  client: Client,
  params: { readonly workspace: string; readonly importId: string },
  settings: Settings,
): Promise<View> {
  const moving = process.stderr.isTTY && settings.json !== true
  let told = Date.now()
  let asked = 0
  const interrupted = () => {
    // Whoever asks twice does not want to wait.
    if (++asked > 1) process.exit(130)
  }
  process.on('SIGINT', interrupted)
  try {
    return await over()
  } finally {
    process.removeListener('SIGINT', interrupted)
  }

  async function over(): Promise<View> {
    let stopped = false
    for (;;) {
      const view = await client.call(importRoutes.import, { params })
      if (view.state !== 'running') {
        if (moving) overwrite('')
        return view
      }
      if (asked > 0 && !stopped) {
        stopped = true
        await client.call(importRoutes.cancel, { params })
        continue
      }
      if (moving) overwrite(`  ${progressLine(view)}`)
      else if (Date.now() - told > TOLD_MS) {
        told = Date.now()
        note(`  ${progressLine(view)}`)
      }
      await delay(POLL_MS)
    }
  }
}
