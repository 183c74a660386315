import type { GraphEdge, PathEdge, PathNode } from '@parcurs/analytics'
import type { Answer, Question } from '@parcurs/analytics'
import type { Command } from 'commander'
import pc from 'picocolors'
import { askAndPrint } from './asked-answer.ts'
import { countOf, countText, durationText, shareText } from './number-text.ts'
import { periodLine } from './period-line.ts'
import {
  addAskOptions,
  type AskSettings,
  listAsked,
  numberAsked,
  periodAsked,
  spanAsked,
} from './question-options.ts'
import { type Column, tableLines, terminalWidth } from './table.ts'

interface PathsSettings extends AskSettings {
  readonly graph?: boolean
  readonly start?: string
  readonly end?: string
  readonly through?: string
  readonly exclude?: string
  readonly group?: string
  readonly steps: string
  readonly gap?: string
  readonly top: string
}

export function addPaths(program: Command): void {
  const command = program
    .command('paths')
    .description('where customers go, step by step; --graph for what follows what')
    .option('--graph', 'the directly-follows graph of whole journeys')
    .option('--start <item>', 'paths from here')
    .option('--end <item>', 'paths to here')
    .option('--through <item>', 'paths that pass here')
    .option('--exclude <items>', 'items that are not there, by commas')
    .option(
      '--group <patterns>',
      "patterns that stand for what they match, by commas: '/product/*'",
    )
    .option('--steps <n>', 'columns', '5')
    .option('--gap <time>', 'a pause of this length begins a new path (default: over 30 min)')
    .option('--top <n>', 'edges shown in the table', '40')
  addAskOptions(command).action(async (settings: PathsSettings) => {
    const top = numberAsked('--top', settings.top, 1, 10_000)
    const question = questionOf(settings)
    await askAndPrint(
      settings,
      () => question,
      (answer) => pathsLines(answer, top),
    )
  })
}

function questionOf(settings: PathsSettings): Question {
  const { start, end, through, exclude, group, gap } = settings
  return {
    kind: 'paths',
    view: settings.graph === true ? 'graph' : 'columns',
    period: periodAsked(settings, Date.now()),
    steps: numberAsked('--steps', settings.steps, 2, 20),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(through === undefined ? {} : { through }),
    ...(exclude === undefined ? {} : { exclude: [...listAsked(exclude)] }),
    ...(group === undefined ? {} : { group: [...listAsked(group)] }),
    ...(gap === undefined ? {} : { gapMs: spanAsked('--gap', gap) }),
  }
}

function pathsLines(answer: Answer, top: number): readonly string[] {
  if (answer.kind !== 'paths') return []
  const width = terminalWidth()
  const when = periodLine(answer.definition)
  if (answer.view === 'graph') {
    const columns: Column<GraphEdge>[] = [
      { head: 'from', cell: ({ from }) => from, align: 'left' },
      { head: 'to', cell: ({ to }) => to, align: 'left' },
      { head: 'times', cell: ({ count }) => countText(count), align: 'right' },
      { head: 'customers', cell: ({ customers }) => countText(customers), align: 'right' },
      { head: 'median', cell: ({ medianMs }) => durationText(medianMs), align: 'right' },
    ]
    return [
      `${pc.bold('Journey graph')}  ${countOf(answer.customers, 'customer')}, ${when}`,
      '',
      ...tableLines(answer.edges.slice(0, top), columns, width),
      ...more(answer.edges.length, top),
    ]
  }
  const reached = new Map(answer.nodes.map((node) => [node.key, node.reached]))
  const columns: Column<PathEdge>[] = [
    { head: 'from', cell: ({ from }) => named(from), align: 'left' },
    { head: 'to', cell: ({ to }) => named(to), align: 'left' },
    { head: 'paths', cell: ({ count }) => countText(count), align: 'right' },
    {
      head: 'of from',
      cell: ({ from, count }) => {
        const whole = reached.get(from)
        return shareText(whole ? count / whole : null)
      },
      align: 'right',
    },
    { head: 'mean', cell: ({ meanMs }) => durationText(meanMs), align: 'right' },
  ]
  const left = answer.nodes
    .filter((node) => node.left > 0)
    .sort((a, b) => b.left - a.left)
    .slice(0, 5)
  return [
    `${pc.bold('Paths')}  ${countOf(answer.paths, 'path')} of ${countOf(answer.customers, 'customer')}, ${when}`,
    '',
    ...tableLines(answer.edges.slice(0, top), columns, width),
    ...more(answer.edges.length, top),
    ...(left.length === 0 ? [] : ['', ...tableLines(left, ENDS, width)]),
  ]
}

const ENDS: readonly Column<PathNode>[] = [
  { head: 'most paths end at', cell: ({ key }) => named(key), align: 'left' },
  { head: 'paths', cell: ({ left }) => countText(left), align: 'right' },
  { head: 'of all there', cell: ({ left, reached }) => shareText(left / reached), align: 'right' },
]

/** `2_/cart` as a person reads it. */
function named(key: string): string {
  const [column = '', ...item] = key.split('_')
  return `${column}  ${item.join('_')}`
}

function more(all: number, top: number): readonly string[] {
  return all > top ? [pc.dim(`… and ${countText(all - top)} more (--top, --json)`)] : []
}
