import { accessRoutes, vocabularyRoutes } from '@parcurs/contract'
import type { Client } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { complain } from './terminal-text.ts'

/** A workspace as far as choosing goes. */
export interface Choice {
  readonly slug: string
  /** Filled by the simulated shop. */
  readonly simulated: boolean
}

/**
 * The workspace a question is about: the one asked for, else the only one, else the only one with events of
 * its own (what the shop simulates is looked at while nothing else is there); a choice is said on the error
 * output.
 *
 * @returns its slug
 */
export async function askedWorkspace(client: Client, asked: string | undefined): Promise<string> {
  const { workspaces } = await client.call(accessRoutes.me)
  const slug = await chosenWorkspace(workspaces, asked, async (workspace) => {
    const { events } = await client.call(vocabularyRoutes.vocabulary, { params: { workspace } })
    return events.length > 0
  })
  if (asked === undefined && workspaces.length > 1) {
    const others = workspaces.map((one) => one.slug).filter((other) => other !== slug)
    complain(`workspace '${slug}' (--workspace ${others.join(' or ')} for another)`)
  }
  return slug
}

export async function chosenWorkspace(
  workspaces: readonly Choice[],
  asked: string | undefined,
  hasEvents: (slug: string) => Promise<boolean>,
): Promise<string> {
  const slugs = workspaces.map(({ slug }) => slug)
  if (asked !== undefined) {
    if (slugs.includes(asked)) return asked
    throw new CommandProblem(`no workspace '${asked}'; there are ${slugs.join(', ')}`)
  }
  const [first, ...rest] = slugs
  if (first === undefined) throw new CommandProblem('there is no workspace yet')
  if (rest.length === 0) return first
  for (const simulated of [false, true]) {
    const filled: string[] = []
    for (const one of workspaces) {
      if (one.simulated === simulated && (await hasEvents(one.slug))) filled.push(one.slug)
    }
    const [only, ...others] = filled
    if (only !== undefined && others.length === 0) return only
    if (only !== undefined) {
      throw new CommandProblem(
        `several workspaces have events; say which with --workspace: ${filled.join(', ')}`,
      )
    }
  }
  throw new CommandProblem(
    `no workspace has events yet; say which with --workspace: ${slugs.join(', ')}`,
  )
}
