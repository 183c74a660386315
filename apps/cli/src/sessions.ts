import type { Answer, Question } from '@parcurs/analytics'
import { type Command, Option } from 'commander'
import pc from 'picocolors'
import { askAndPrint } from './asked-answer.ts'
import { countText, durationText, shareText } from './number-text.ts'
import { periodLine } from './period-line.ts'
import { addAskOptions, type AskSettings, periodAsked, spanAsked } from './question-options.ts'
import { type Column, tableLines, terminalWidth } from './table.ts'

const BOUNCES = [
  'engaged',
  'one-page',
  'one-page-no-interaction',
  'ten-seconds',
  'one-event',
] as const

interface SessionsSettings extends AskSettings {
  readonly gap?: string
  readonly splitMidnight?: boolean
  readonly bounce: (typeof BOUNCES)[number]
}

export function addSessions(program: Command): void {
  const command = program
    .command('sessions')
    .description('how many visits, how long, how many bounce')
    .option('--gap <time>', 'a longer pause begins a new session (default 30m)')
    .option('--split-midnight', "also cut at midnight of the workspace's zone")
    .addOption(new Option('--bounce <rule>').choices(BOUNCES).default('engaged'))
  addAskOptions(command).action(async (settings: SessionsSettings) => {
    const question = questionOf(settings)
    await askAndPrint(settings, () => question, sessionsLines)
  })
}

function questionOf(settings: SessionsSettings): Question {
  return {
    kind: 'sessions',
    period: periodAsked(settings, Date.now()),
    bounce: settings.bounce,
    splitMidnight: settings.splitMidnight === true ? 'workspace' : 'no',
    ...(settings.gap === undefined ? {} : { gapMs: spanAsked('--gap', settings.gap) }),
  }
}

function sessionsLines(answer: Answer): readonly string[] {
  if (answer.kind !== 'sessions') return []
  const rule = String(answer.definition.parameters['bounce'])
  const rows: readonly (readonly [string, string])[] = [
    ['sessions', countText(answer.sessions)],
    ['visitors', countText(answer.visitors)],
    ['sessions per visitor', answer.sessionsPerVisitor?.toFixed(2) ?? '—'],
    ['events', countText(answer.events)],
    ['page views', countText(answer.pageViews)],
    ['mean duration', durationText(answer.meanDurationMs)],
    ['median duration', durationText(answer.medianDurationMs)],
    ['p90 duration', durationText(answer.p90DurationMs)],
    [`bounce rate (${rule})`, shareText(answer.bounceShare)],
    ['sessions of one event', countText(answer.singleEvent)],
  ]
  const columns: Column<readonly [string, string]>[] = [
    { head: '', cell: ([name]) => name, align: 'left' },
    { head: '', cell: ([, value]) => value, align: 'right' },
  ]
  const [, ...lines] = tableLines(rows, columns, terminalWidth())
  return [`${pc.bold('Sessions')}  ${periodLine(answer.definition)}`, '', ...lines]
}
