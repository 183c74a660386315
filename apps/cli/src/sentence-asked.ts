import {
  readSentence,
  SENTENCE_LANGUAGES,
  type SegmentRule,
  type SentenceLanguage,
  type SentenceNames,
} from '@parcurs/domain'
import { CommandProblem } from './command-problem.ts'
import { widthOf } from './table.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The language that sentences are said in: the one asked for, else the terminal's where we speak it, else English.
 * @param env a shell's own: LC_ALL goes before LC_MESSAGES and LANG
 */
export function languageAsked(asked: string | undefined, env: Environment): SentenceLanguage {
  const spoken = (tag: string) => SENTENCE_LANGUAGES.find((language) => language === tag)
  if (asked === undefined) {
    const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
    return spoken(locale.split(/[_.@-]/)[0]?.toLowerCase() ?? '') ?? 'en'
  }
  const found = spoken(asked)
  if (found !== undefined) return found
  throw new CommandProblem(`--lang is '${asked}': expected one of ${SENTENCE_LANGUAGES.join(', ')}`)
}

/** @throws CommandProblem that shows the place in the sentence and what could stand there */
export function ruleAsked(
  sentence: string,
  language: SentenceLanguage,
  names: SentenceNames,
): SegmentRule {
  const read = readSentence(sentence, language, names)
  if (read.ok) return read.rule
  const { before, after } = around(sentence, read.at)
  const expected = read.expected.map((one) =>
    one.kind === 'words' ? `“${one.text.trim()}”` : EXPECTED[one.kind],
  )
  throw new CommandProblem(
    [
      `--where is no sentence that is understood (${language}), from character ${read.at + 1} on:`,
      `  ${before}${after}`,
      `  ${' '.repeat(widthOf(before))}^ expected ${[...new Set(expected)].slice(0, MOST_EXPECTED).join(', ')}`,
    ].join('\n'),
  )
}

const MOST_EXPECTED = 6
/** As much of a long sentence as a line holds. */
const MOST_BEFORE = 50
const MOST_AFTER = 24

/** The sentence in one line, cut at the place. */
function around(sentence: string, at: number): { readonly before: string; readonly after: string } {
  const line = (text: string) => Array.from(text.replaceAll(/\s/gu, ' '))
  const before = line(sentence.slice(0, at))
  const after = line(sentence.slice(at))
  return {
    before:
      before.length > MOST_BEFORE ? `…${before.slice(-MOST_BEFORE).join('')}` : before.join(''),
    after: after.length > MOST_AFTER ? `${after.slice(0, MOST_AFTER).join('')}…` : after.join(''),
  }
}

type Wrong = Extract<ReturnType<typeof readSentence>, { readonly ok: false }>
type ExpectedKind = Exclude<Wrong['expected'][number]['kind'], 'words'>

const EXPECTED: Readonly<Record<ExpectedKind, string>> = {
  'quoted-text': 'a text in quotes',
  'end-of-quote': 'a closing quote',
  name: 'a name',
  number: 'a number',
  date: 'a date such as 2026-01-31',
  'known-touchpoint': 'a touchpoint of this workspace',
  'known-map': 'a map of this workspace',
  'known-step': 'a step of that map',
  'known-segment': 'a saved segment',
  'known-list': 'a list of customers',
  'fewer-brackets': 'fewer brackets',
  end: 'the end',
}
