import { importRoutes, removalRoutes } from '@parcurs/contract'
import type { Command } from 'commander'

import { askedWorkspace } from './asked-workspace.ts'
import { type Client, connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { stoppedLines, type View } from './import-text.ts'
import { countOf, countText } from './number-text.ts'
import { tableLines } from './table.ts'
import { print } from './terminal-text.ts'

interface Settings {
  readonly workspace?: string
  readonly json?: boolean
  readonly yes?: boolean
}

/** `parcurs imports`: what was imported, and stopping or taking it away. */
export function addImports(program: Command): void {
  const command = shared(program.command('imports'))
    .description('list imports; stop one, or take away what it brought')
    .action((settings: Settings) =>
      within(settings, async (client, workspace) => {
        const views = await client.call(importRoutes.imports, { params: { workspace } })
        print(settings.json === true ? [JSON.stringify(views, null, 2)] : listLines(views))
      }),
    )
  shared(command.command('stop').argument('<import>', 'its id, or the name of its file'))
    .description('stop an import that runs; what it stored stays')
    .action((asked: string, settings: Settings) =>
      within(settings, async (client, workspace) => {
        const { importId, name, state } = await found(client, workspace, asked)
        if (state !== 'running') throw new CommandProblem(`the import of ${name} does not run`)
        const params = { workspace, importId }
        await client.call(importRoutes.cancel, { params })
        print(stoppedLines(await client.call(importRoutes.import, { params })))
      }),
    )
  shared(command.command('delete').argument('<import>', 'its id, or the name of its file'))
    .description('take away everything an import brought, and forget it')
    .option('--yes', 'do it; without this it is only said what would go')
    .action((asked: string, settings: Settings) =>
      within(settings, async (client, workspace) => {
        const { importId, name } = await found(client, workspace, asked)
        const params = { workspace, importId }
        const what = (gone: Gone) =>
          `${countOf(gone.events, 'event')} of ${countOf(gone.customers, 'customer')}, ${countOf(gone.answers, 'answer')}, ${countOf(gone.orders, 'order')}`
        if (settings.yes !== true) {
          const gone = await client.call(removalRoutes.importEvents, { params })
          throw new CommandProblem(
            `this would take away what ${name} brought: ${what(gone)}; say --yes to do it`,
          )
        }
        const gone = await client.call(removalRoutes.removeImportEvents, { params })
        await client.call(importRoutes.cancel, { params })
        print([`taken away what ${name} brought: ${what(gone)}; it can be imported again`])
      }),
    )
}

interface Gone {
  readonly events: number
  readonly customers: number
  readonly answers: number
  readonly orders: number
}

function shared(command: Command): Command {
  return command
    .option('--workspace <slug>', 'where several are')
    .option('--json', 'print the answer itself')
}

async function within(
  settings: Settings,
  work: (client: Client, workspace: string) => Promise<void>,
): Promise<void> {
  const client = await connect(process.env)
  try {
    await work(client, await askedWorkspace(client, settings.workspace))
  } finally {
    await client.close()
  }
}

/** By its id, or by the name of its file where one import has it. */
async function found(client: Client, workspace: string, asked: string): Promise<View> {
  const views = await client.call(importRoutes.imports, { params: { workspace } })
  const fits = views.filter(({ importId, name }) => importId === asked || name === asked)
  const [only, ...others] = fits
  if (only === undefined)
    throw new CommandProblem(`no import '${asked}': parcurs imports lists them`)
  if (others.length === 0) return only
  const ids = fits.map(({ importId }) => importId).join(', ')
  throw new CommandProblem(`${fits.length} imports are of ${asked}: name one by its id: ${ids}`)
}

function listLines(views: readonly View[]): readonly string[] {
  if (views.length === 0) return ['nothing was imported yet: parcurs import FILE']
  return tableLines(
    views,
    [
      { head: 'import', align: 'left', cell: ({ importId }) => importId },
      { head: 'file', align: 'left', cell: ({ name }) => name },
      { head: 'state', align: 'left', cell: ({ state }) => state },
      { head: 'stored', align: 'right', cell: ({ progress }) => countText(progress.stored) },
      { head: 'refused', align: 'right', cell: ({ progress }) => countText(progress.rejected) },
      {
        head: 'begun',
        align: 'left',
        cell: ({ createdMs }) => new Date(createdMs).toISOString().slice(0, 16).replace('T', ' '),
      },
    ],
    process.stdout.columns ?? 120,
  )
}
