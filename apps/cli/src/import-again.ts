import { createInterface } from 'node:readline/promises'
import { CommandProblem } from './command-problem.ts'
import type { Look } from './import-text.ts'
import { countOf, countText } from './number-text.ts'

type Again = NonNullable<Look['again']>

/** What is to become of rows that are here already. */
export type AgainChoice =
  | { readonly kind: 'skip' }
  /** Everything that the imports brought is taken away first. */
  | { readonly kind: 'replace'; readonly importIds: readonly string[] }
  /** What is here stays; what is not, comes; rows known by other ids come beside it. */
  | { readonly kind: 'keep' }

export interface AgainSaid {
  readonly replace?: boolean
  readonly keep?: boolean
  /** Null: nobody is there to be asked. */
  readonly ask: ((question: string) => Promise<string>) | null
}

/** By what was said on the command line, else by the person there, else what loses and doubles nothing. */
export async function choiceOf(again: Again | null, said: AgainSaid): Promise<AgainChoice> {
  if (again === null) return { kind: 'keep' }
  const replace: AgainChoice = {
    kind: 'replace',
    importIds: again.imports.map(({ importId }) => importId),
  }
  const replaceable = replace.importIds.length > 0
  if (said.replace === true) {
    if (replaceable) return replace
    throw new CommandProblem(
      'no import that is listed brought these rows, so none can be replaced: --keep',
    )
  }
  if (said.keep === true) return { kind: 'keep' }
  if (said.ask === null) {
    if (!again.double) return { kind: 'keep' }
    throw new CommandProblem(
      'the same rows would count twice: --replace takes away what is here first, --keep stores these beside it',
    )
  }
  const offered = replaceable ? '[r]eplace, [k]eep both, [s]kip' : '[k]eep both, [s]kip'
  for (;;) {
    const answer = (await said.ask(`  ${offered}? `)).trim().toLowerCase()
    if (answer === '') continue
    if (replaceable && 'replace'.startsWith(answer)) return replace
    if ('keep both'.startsWith(answer)) return { kind: 'keep' }
    if ('skip'.startsWith(answer)) return { kind: 'skip' }
  }
}

/** What is here already, and what each choice would do. */
export function againLines({ rows, here, double, imports }: Again): readonly string[] {
  const first =
    rows === 1 ? 'the first row is' : `${countText(here)} of the first ${countOf(rows, 'row')} are`
  const known = imports.map(
    ({ name, createdMs, importId, stored }) =>
      `  import of ${name} of ${new Date(createdMs).toISOString().slice(0, 16).replace('T', ' ')}: ${countOf(stored, 'event')} (${importId})`,
  )
  return [
    `${first} here already${imports.length === 0 ? ', not by an import that is listed' : ':'}`,
    ...known,
    double
      ? 'they are known by other ids there: kept, both count'
      : 'kept, what is here is passed over and the rest is stored',
    ...(imports.length === 0
      ? []
      : ['replaced, everything that import brought is taken away first, then this is stored']),
  ]
}

/** The person at the terminal; null: there is none. */
export function asker(): AgainSaid['ask'] {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  return async (question) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    const gone = new AbortController()
    // Ctrl-C and Ctrl-D: whoever does not answer changes nothing.
    lines.once('close', () => gone.abort())
    try {
      return await lines.question(question, { signal: gone.signal })
    } catch (error) {
      if (gone.signal.aborted) return 'skip'
      throw error
    } finally {
      lines.close()
    }
  }
}
