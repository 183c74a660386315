import type { Answer, Question } from '@parcurs/analytics'
import { questionRoutes } from '@parcurs/contract'
import { askedWorkspace } from './asked-workspace.ts'
import { type Client, connect } from './client.ts'
import { eventSpan, lacksFirstDay, sinceFirstEvent } from './event-span.ts'
import type { AskSettings } from './question-options.ts'
import { segmentOfQuestion } from './segment-asked.ts'
import { print } from './terminal-text.ts'
import { tellUnknownEvents } from './unknown-events.ts'

/** Connects, makes the question, asks it, prints the answer, and lets go. */
export async function askAndPrint(
  settings: Pick<AskSettings, 'workspace' | 'json' | 'segment' | 'lang' | 'from' | 'to'>,
  question: (client: Client, workspace: string) => Promise<Question> | Question,
  lines: (answer: Answer) => readonly string[],
): Promise<void> {
  const client = await connect(process.env)
  try {
    const workspace = await askedWorkspace(client, settings.workspace)
    const asked = await begun(client, workspace, settings, await question(client, workspace))
    const whom = await segmentOfQuestion(client, workspace, settings)
    const answer = await client.call(questionRoutes.ask, {
      params: { workspace },
      body: { question: whom === null ? asked : { ...asked, segment: whom.rule } },
    })
    await tellUnknownEvents(client, workspace, asked)
    print(
      settings.json === true
        ? [JSON.stringify(answer, null, 2)]
        : [...(whom?.lines ?? []), ...lines(answer)],
    )
  } finally {
    await client.close()
  }
}

/** A period of which only the last day was said begins with the first event. */
export async function begun<Asked extends Question>(
  client: Client,
  workspace: string,
  settings: Pick<AskSettings, 'from' | 'to'>,
  asked: Asked,
): Promise<Asked> {
  if (settings.to === undefined || !lacksFirstDay(settings)) return asked
  const span = await eventSpan(client, workspace)
  return { ...asked, period: sinceFirstEvent(settings.to, span) }
}
