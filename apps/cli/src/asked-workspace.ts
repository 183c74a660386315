import { accessRoutes, vocabularyRoutes } from '@parcurs/contract'
import type { Client } from './client.ts'
import { CommandProblem } from './command-problem.ts'

/**
 * The workspace a question is about: the one asked for, else the only one, else the only one with events,
 * which is said on the error output.
 *
 * @returns its slug
 */
export async function askedWorkspace(client: Client, asked: string | undefined): Promise<string> {
  const { workspaces } = await client.call(accessRoutes.me)
  const slugs = workspaces.map(({ slug }) => slug)
  const slug = await chosenWorkspace(slugs, asked, async (workspace) => {
    const { events } = await client.call(vocabularyRoutes.vocabulary, { params: { workspace } })
    return events.length > 0
  })
  if (asked === undefined && slugs.length > 1) {
    const others = slugs.filter((other) => other !== slug)
    process.stderr.write(
      `parcurs: workspace '${slug}', the only one with events (--workspace ${others.join(' or ')} for another)\n`,
    )
  }
  return slug
}

export async function chosenWorkspace(
  slugs: readonly string[],
  asked: string | undefined,
  hasEvents: (slug: string) => Promise<boolean>,
): Promise<string> {
  if (asked !== undefined) {
    if (slugs.includes(asked)) return asked
    throw new CommandProblem(`no workspace '${asked}'; there are ${slugs.join(', ')}`)
  }
  const [first, ...rest] = slugs
  if (first === undefined) throw new CommandProblem('there is no workspace yet')
  if (rest.length === 0) return first
  const filled: string[] = []
  for (const slug of slugs) if (await hasEvents(slug)) filled.push(slug)
  const [only, ...others] = filled
  if (only !== undefined && others.length === 0) return only
  throw new CommandProblem(
    only === undefined
      ? `no workspace has events yet; say which with --workspace: ${slugs.join(', ')}`
      : `several workspaces have events; say which with --workspace: ${filled.join(', ')}`,
  )
}
