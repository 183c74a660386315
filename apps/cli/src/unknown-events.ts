import { complain } from './terminal-text.ts'
import type { Question } from '@parcurs/analytics'
import { vocabularyRoutes } from '@parcurs/contract'
import { nearestNames } from '@parcurs/domain'
import type { Client } from './client.ts'

/**
 * Lines about names of events in a question that no event has yet: allowed, since it may still come, but a zero
 * should not be taken for an answer.
 *
 * @param known names of all events of the workspace
 */
export function unknownEventLines(question: Question, known: readonly string[]): readonly string[] {
  const there = new Set(known)
  return [...new Set(eventNames(question))]
    .filter((name) => !there.has(name))
    .map((name) => {
      const near = nearestNames(name, known)
      return `no event is called '${name}' yet${near.length === 0 ? '' : `; nearest: ${near.map((one) => `'${one}'`).join(', ')}`}`
    })
}

/** Tells them on the error output. */
export async function tellUnknownEvents(
  client: Client,
  workspace: string,
  question: Question,
): Promise<void> {
  if (eventNames(question).length === 0) return
  const { events } = await client.call(vocabularyRoutes.vocabulary, { params: { workspace } })
  for (const line of unknownEventLines(
    question,
    events.map(({ name }) => name),
  )) {
    complain(line)
  }
}

/** Every event that a question calls by its name. */
function eventNames(question: Question): readonly string[] {
  switch (question.kind) {
    case 'funnel':
      return [...question.steps, ...(question.exclusions ?? [])].flatMap(namesOf)
    case 'retention':
      return [question.target, question.returns].flatMap(namesOf)
    case 'metrics':
      return [question.goal, question.purchase, question.addToCart].flatMap(namesOf)
    case 'sessions':
      return [question.startEvent, question.endEvent, ...(question.keyEvents ?? [])].flatMap(
        namesOf,
      )
    default:
      return []
  }
}

type Named = string | null | undefined | { readonly event?: string | readonly string[] | null }

function namesOf(asked: Named): readonly string[] {
  const event = typeof asked === 'object' && asked !== null ? asked.event : asked
  if (event === null || event === undefined) return []
  return typeof event === 'string' ? [event] : event
}
