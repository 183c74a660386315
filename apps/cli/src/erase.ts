import { customerRoutes, removalRoutes } from '@parcurs/contract'
import type { Command } from 'commander'
import { askedWorkspace } from './asked-workspace.ts'
import { connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { complain, print } from './terminal-text.ts'

interface EraseSettings {
  readonly workspace?: string
  readonly yes?: boolean
}

const SHOWN = 10

export function addErase(program: Command): void {
  program
    .command('erase')
    .description('erase a customer for ever, also from what back-ups bring back')
    .argument('<customer>', 'an id, an email or the key of one customer')
    .option('--workspace <slug>', 'where several are')
    .option('--yes', 'do it; without this it is only said who would be erased')
    .action(async (customer: string, settings: EraseSettings) => {
      const client = await connect(process.env)
      try {
        const workspace = await askedWorkspace(client, settings.workspace)
        const { total, customers } = await client.call(customerRoutes.customers, {
          params: { workspace },
          query: { search: customer, limit: String(SHOWN) },
        })
        const [found, ...others] = customers
        if (found === undefined) throw new CommandProblem(`nobody is known as '${customer}'`)
        if (others.length > 0) {
          const keys = customers.map(({ customer: key, label }) => `${key} (${label})`).join(', ')
          throw new CommandProblem(`${total} customers fit '${customer}': name one by key: ${keys}`)
        }
        const who = `'${found.label}' (key ${found.customer}, ${found.events} events)`
        if (settings.yes !== true) {
          throw new CommandProblem(`this would erase ${who} for ever: say --yes to do it`)
        }
        const gone = await client.call(removalRoutes.eraseCustomer, {
          params: { workspace, customer: found.customer },
        })
        print([
          `erased ${who}: ${gone.events} events, ${gone.answers} answers, ${gone.traits} values of traits, ${gone.orders} orders`,
        ])
        for (const folder of gone.untoldBackups) {
          complain(
            `the back-up in ${folder} could not be told: copy erasures.jsonl from the data folder into it`,
          )
        }
      } finally {
        await client.close()
      }
    })
}
