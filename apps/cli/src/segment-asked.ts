import { segmentRoutes } from '@parcurs/contract'
import { plainSentence, sentenceWriter, type SegmentRule } from '@parcurs/domain'
import pc from 'picocolors'
import type { Client } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import type { AskSettings } from './question-options.ts'
import { sentenceLine } from './segment-text.ts'
import { languageAsked } from './sentence-asked.ts'
import { sentenceNames } from './sentence-names.ts'

/** A saved segment by its name or id. */
export async function savedSegmentAsked(client: Client, workspace: string, asked: string) {
  const all = await client.call(segmentRoutes.segments, { params: { workspace } })
  const found = all.find(({ id, name }) => id === asked || name === asked)
  if (found !== undefined) return found
  const names = all.map(({ name }) => `'${name}'`).join(', ')
  throw new CommandProblem(`no segment '${asked}': there are ${names || 'none'}`)
}

/** Whom a question is about, and how that is said. */
export interface WhomAsked {
  readonly rule: SegmentRule
  readonly lines: readonly string[]
}

/** @returns null: everybody */
export async function segmentOfQuestion(
  client: Client,
  workspace: string,
  { segment, lang }: Pick<AskSettings, 'segment' | 'lang'>,
): Promise<WhomAsked | null> {
  if (segment === undefined) return null
  const found = await savedSegmentAsked(client, workspace, segment)
  const say = await ruleSayings(client, workspace, [found.rule], lang)
  return {
    rule: { kind: 'in', of: 'segment', id: found.id },
    lines: [`only ${pc.bold(found.name)}`, sentenceLine(say(found.rule))],
  }
}

/** Says rules in the language asked for, with the names of the workspace. */
export async function ruleSayings(
  client: Client,
  workspace: string,
  rules: readonly SegmentRule[],
  lang: string | undefined,
): Promise<(rule: SegmentRule) => string> {
  const language = languageAsked(lang, process.env)
  const writer = sentenceWriter(language, await sentenceNames(client, workspace, rules))
  return (rule) => plainSentence(writer.rule(rule))
}
