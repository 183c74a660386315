import { accessRoutes, logRoutes } from '@parcurs/contract'
import { type Command, InvalidArgumentError } from 'commander'
import { print } from './terminal-text.ts'
import { askedWorkspace } from './asked-workspace.ts'
import { type Client, connect } from './client.ts'
import { statusLines } from './status-text.ts'
import { terminalWidth } from './table.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('how far the log, its readers and the fold of journeys are')
    .option('--workspace <slug>', 'only this one')
    .option('--json', 'print JSON')
    .action(async (settings: { readonly workspace?: string; readonly json?: true }) => {
      await connected(async (client) => {
        const { workspaces } = await client.call(accessRoutes.me)
        const slugs =
          settings.workspace === undefined
            ? workspaces.map(({ slug }) => slug)
            : [await askedWorkspace(client, settings.workspace)]
        const held: Record<string, unknown> = {}
        for (const workspace of slugs) {
          const status = await client.call(logRoutes.logStatus, { params: { workspace } })
          held[workspace] = status
          if (settings.json === true) continue
          print(statusLines(workspace, status, Date.now(), terminalWidth()))
        }
        if (settings.json === true) print([JSON.stringify(held, null, 2)])
      })
    })

  program
    .command('read-again')
    .description('let a reader of the log read again what it has read')
    .argument('<reader>', 'its name, as `parcurs status` tells it')
    .option('--since <instant>', 'only what was received from then on', instant)
    .option('--workspace <slug>', 'where several are')
    .action(
      async (
        reader: string,
        settings: { readonly since?: number; readonly workspace?: string },
      ) => {
        await connected(async (client) => {
          const workspace = await askedWorkspace(client, settings.workspace)
          const status = await client.call(logRoutes.setReaderBack, {
            params: { workspace, reader },
            body: { sinceMs: settings.since ?? null },
          })
          print(statusLines(workspace, status, Date.now(), terminalWidth()))
        })
      },
    )
}

async function connected(work: (client: Client) => Promise<void>): Promise<void> {
  const client = await connect(process.env)
  try {
    await work(client)
  } finally {
    await client.close()
  }
}

function instant(text: string): number {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) {
    throw new InvalidArgumentError(`expected an instant like 2026-11-27T06:00:00Z`)
  }
  return ms
}
