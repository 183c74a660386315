import { segmentRoutes } from '@parcurs/contract'
import type { SegmentRule } from '@parcurs/domain'
import type { Client } from './client.ts'
import { CommandProblem } from './command-problem.ts'

/** A saved segment by its name or id. */
export async function savedSegmentAsked(client: Client, workspace: string, asked: string) {
  const all = await client.call(segmentRoutes.segments, { params: { workspace } })
  const found = all.find(({ id, name }) => id === asked || name === asked)
  if (found !== undefined) return found
  const names = all.map(({ name }) => `'${name}'`).join(', ')
  throw new CommandProblem(`no segment '${asked}': there are ${names || 'none'}`)
}

/** Whom a question is about; null: everybody. */
export async function segmentOfQuestion(
  client: Client,
  workspace: string,
  asked: string | undefined,
): Promise<SegmentRule | null> {
  if (asked === undefined) return null
  const { id } = await savedSegmentAsked(client, workspace, asked)
  return { kind: 'in', of: 'segment', id }
}
