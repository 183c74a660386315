import { accessRoutes } from '@parcurs/contract'
import type { Command } from 'commander'
import { connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { answers, dataFolder, writtenAddress } from './server-process.ts'
import { note, print } from './terminal-text.ts'

export function addLink(program: Command): void {
  program
    .command('link')
    .description('print a one-time link that signs a person in')
    .argument('[email]', 'who; without it, the owner who was made at the first start')
    .action(async (email: string | undefined) => {
      const home = dataFolder(process.env)
      const written = writtenAddress(home)
      // A link leads to a server: one that ended with this command would leave it leading nowhere.
      if (written === null || !(await answers(written))) {
        throw new CommandProblem(
          `no server runs on ${home}: parcurs start prints a link while the owner has no password`,
        )
      }
      const { PARCURS_URL: given } = process.env
      const client = await connect({ PARCURS_HOME: home })
      const { link, expiresMs } = await client.call(accessRoutes.makeLink, {
        body: email === undefined ? {} : { email },
      })
      await client.close()
      const base = given === undefined || given === '' ? written.url : given.replace(/\/+$/, '')
      print([`${base}${link}`])
      note(`Works once, until ${new Date(expiresMs).toISOString()}.`)
    })
}
