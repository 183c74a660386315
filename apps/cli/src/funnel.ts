import type { FunnelCounts, FunnelStep } from '@parcurs/analytics'
import type { Answer, Question } from '@parcurs/analytics'
import { type Command, Option } from 'commander'
import pc from 'picocolors'
import { askAndPrint } from './asked-answer.ts'
import { CommandProblem } from './command-problem.ts'
import { countOf, countText, durationText, shareText } from './number-text.ts'
import { periodLine } from './period-line.ts'
import {
  addAskOptions,
  type AskSettings,
  listAsked,
  periodAsked,
  spanAsked,
} from './question-options.ts'
import { barredLines } from './bar.ts'
import { type Column, tableLines, terminalWidth } from './table.ts'

interface FunnelSettings extends AskSettings {
  readonly steps: string
  readonly window: string
  readonly order: 'ordered' | 'strict' | 'any' | 'all-first'
  readonly entry: 'any' | 'first'
  readonly count: 'customers' | 'sessions' | 'totals'
  readonly by?: string
  readonly byTrait?: string
  readonly hold?: string
  readonly times: boolean
}

export function addFunnel(program: Command): void {
  const command = program
    .command('funnel')
    .description('how far customers get through steps, and where they stop')
    .requiredOption('--steps <names>', 'event names in order: view_item,add_to_cart,purchase')
    .option('--window <time>', 'time from the entry to the last step: 24h, 14d', '14d')
    .addOption(
      new Option(
        '--order <order>',
        'any: as many steps as there are, in any order; all-first: all of the first ones, in any order',
      )
        .choices(['ordered', 'strict', 'any', 'all-first'])
        .default('ordered'),
    )
    .addOption(
      new Option('--entry <entry>', 'which first steps may open the window')
        .choices(['any', 'first'])
        .default('any'),
    )
    .addOption(
      new Option('--count <what>')
        .choices(['customers', 'sessions', 'totals'])
        .default('customers'),
    )
    .option('--by <property>', 'a funnel for each value of this event property')
    .option('--by-trait <trait>', 'a funnel for each value of this trait of customers')
    .option('--hold <properties>', 'properties that stay equal across the steps: cart_id')
    .option('--no-times', 'only the counts, which is faster')
  addAskOptions(command).action(async (settings: FunnelSettings) => {
    const question = questionOf(settings)
    await askAndPrint(settings, () => question, funnelLines)
  })
}

function questionOf(settings: FunnelSettings): Question {
  const steps = listAsked(settings.steps)
  if (steps.length < 2) {
    throw new CommandProblem(
      `--steps is '${settings.steps}': expected two names or more, by commas`,
    )
  }
  if (settings.by !== undefined && settings.byTrait !== undefined) {
    throw new CommandProblem('--by goes without --by-trait')
  }
  return {
    kind: 'funnel',
    steps: [...steps],
    period: periodAsked(settings, Date.now()),
    windowMs: spanAsked('--window', settings.window),
    order: settings.order,
    entry: settings.entry,
    count: settings.count,
    times: settings.times,
    ...(settings.hold === undefined ? {} : { hold: [...listAsked(settings.hold)] }),
    ...(settings.by === undefined ? {} : { breakdown: { property: settings.by } }),
    ...(settings.byTrait === undefined ? {} : { breakdown: { trait: settings.byTrait } }),
  }
}

const UNITS: Readonly<Record<Answer['definition']['sample']['unit'], string>> = {
  customers: 'customer',
  sessions: 'session',
  entries: 'entry',
  paths: 'path',
  values: 'value',
}

export function funnelLines(answer: Answer): readonly string[] {
  if (answer.kind !== 'funnel') return []
  const { total, groups, definition } = answer
  const { n, unit } = definition.sample
  const head = `${pc.bold('Funnel')}  ${countOf(n, UNITS[unit], unit)}, ${periodLine(definition)}`
  const lines = [head, '', ...stepLines(total), '', summaryLine(total)]
  if (groups === null) return lines
  const columns: Column<{ readonly value: string; readonly counts: FunnelCounts }>[] = [
    { head: 'value', cell: ({ value }) => value, align: 'left' },
    ...total.steps.map(({ label }, i) => ({
      head: label,
      cell: ({ counts }: { readonly counts: FunnelCounts }) =>
        countText(counts.steps[i]?.reached ?? 0),
      align: 'right' as const,
    })),
    { head: 'converted', cell: ({ counts }) => shareText(counts.conversionShare), align: 'right' },
  ]
  const rows = groups.map((counts) => ({ value: groupText(counts.value), counts }))
  return [...lines, '', ...tableLines(rows, columns, terminalWidth())]
}

function stepLines({ steps, entered }: FunnelCounts): readonly string[] {
  const timed = steps.some(({ fromPrevious }) => fromPrevious !== null)
  const columns: Column<FunnelStep>[] = [
    {
      head: 'step',
      cell: ({ label, optional }) => (optional ? `(${label})` : label),
      align: 'left',
    },
    { head: 'reached', cell: ({ reached }) => countText(reached), align: 'right' },
    { head: 'of all', cell: ({ share }) => shareText(share), align: 'right' },
    {
      head: 'of previous',
      cell: ({ shareOfPrevious }) => shareText(shareOfPrevious),
      align: 'right',
    },
  ]
  if (timed) {
    columns.push(
      {
        head: 'median',
        cell: (step) => durationText(step.fromPrevious?.medianMs ?? null),
        align: 'right',
      },
      {
        head: 'p90',
        cell: (step) => durationText(step.fromPrevious?.p90Ms ?? null),
        align: 'right',
      },
    )
  }
  const width = terminalWidth()
  const shares = steps.map(({ reached }) => (entered === 0 ? 0 : reached / entered))
  return barredLines(tableLines(steps, columns, width), shares, width)
}

function summaryLine(counts: FunnelCounts): string {
  const parts = [
    `${countText(counts.converted)} converted, ${shareText(counts.conversionShare)}`,
    `${countText(counts.inProgress)} in progress`,
  ]
  const { toConvert } = counts
  if (toConvert !== null && toConvert.n > 0) {
    parts.push(`median time to convert ${durationText(toConvert.medianMs)}`)
  }
  return parts.join(' · ')
}

function groupText(value: FunnelGroupValue): string {
  if (value === null) return 'other'
  const texts = typeof value === 'string' ? [value] : value
  return texts.map((text) => (text === '' ? '(none)' : text)).join(' · ')
}

type FunnelGroupValue = string | readonly string[] | null
