import { accessRoutes } from '@parcurs/contract'
import { type Command, Option } from 'commander'
import { print } from './terminal-text.ts'
import { connect, workspaceOf } from './client.ts'
import { type KeyKind, snippetLines } from './key-snippet.ts'

interface Settings {
  readonly kind: KeyKind
  readonly name: string
  readonly workspace?: string
  readonly json?: boolean
}

export function addKey(program: Command): void {
  program
    .command('key')
    .description('make a write key, and show what to paste where')
    .addOption(
      new Option('--kind <kind>', 'browser: stands in pages; server: is kept by one')
        .choices(['browser', 'server'])
        .default('browser'),
    )
    .option('--name <name>', 'how it is listed', 'made at the terminal')
    .option('--workspace <slug>', 'where several are')
    .option('--json', 'print the key as JSON')
    .action(async (settings: Settings) => {
      const client = await connect(process.env, 'writes')
      try {
        const workspace = await workspaceOf(client, settings.workspace)
        const { name, kind } = settings
        const made = await client.call(accessRoutes.createWriteKey, {
          params: { workspace },
          body: { name, kind },
        })
        print(
          settings.json === true
            ? [JSON.stringify({ ...made, workspace, address: client.address }, null, 2)]
            : [
                `A ${kind} key of workspace '${workspace}', shown once:`,
                '',
                `  ${made.key}`,
                '',
                ...snippetLines(kind, { key: made.key, address: client.address }),
              ],
        )
      } finally {
        await client.close()
      }
    })
}
