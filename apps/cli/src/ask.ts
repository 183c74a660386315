import { readFileSync } from 'node:fs'
import type { Question } from '@parcurs/analytics'
import { faultsOf, faultText, question } from '@parcurs/contract'
import type { Command } from 'commander'
import { askAndPrint } from './asked-answer.ts'
import { CommandProblem } from './command-problem.ts'

export function addAsk(program: Command): void {
  program
    .command('ask')
    .description('ask a question written as JSON, print the answer as JSON')
    .argument('<file>', "the question; '-' reads it from standard input")
    .option('--workspace <slug>', 'where several are')
    .action(async (file: string, settings: { readonly workspace?: string }) => {
      const asked = questionIn(file)
      await askAndPrint(
        { ...settings, json: true },
        () => asked,
        () => [],
      )
    })
}

/** Checked here too: what is wrong is said before anything is started. */
function questionIn(file: string): Question {
  const place = file === '-' ? 'standard input' : file
  let text: string
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandProblem(`${place} cannot be read: ${reason}`)
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandProblem(`${place} is not JSON: ${reason}`)
  }
  const checked = question.safeParse(json)
  if (checked.success) return checked.data
  const faults = faultsOf('question', checked.error.issues, json)
  throw new CommandProblem(`${place}: ${faults.map(faultText).join('; ')}`)
}
