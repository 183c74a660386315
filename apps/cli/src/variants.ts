import type {
  Answer,
  Question,
  Variant,
  VariantsAnswer,
  VariantsQuestion,
} from '@parcurs/analytics'
import { customerRoutes } from '@parcurs/contract'
import type { Command } from 'commander'
import pc from 'picocolors'
import { askAndPrint, begun } from './asked-answer.ts'
import { askedWorkspace } from './asked-workspace.ts'
import { connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { countOf, countText, dayText, durationText, shareText } from './number-text.ts'
import { periodLine } from './period-line.ts'
import {
  addAskOptions,
  type AskSettings,
  listAsked,
  numberAsked,
  periodAsked,
  spanAsked,
} from './question-options.ts'
import { segmentOfQuestion } from './segment-asked.ts'
import { type Column, tableLines, terminalWidth } from './table.ts'
import { print } from './terminal-text.ts'

interface VariantsSettings extends AskSettings {
  readonly sessions?: boolean
  readonly gap?: string
  readonly collapse?: boolean
  readonly exclude?: string
  readonly group?: string
  readonly top: string
  readonly customers?: string
}

export function addVariants(program: Command): void {
  const command = program
    .command('variants')
    .description('which ways through there are, how common each is, and who went it')
    .option('--sessions', 'of each session in place of all that a customer did')
    .option('--gap <time>', 'with --sessions: a longer pause begins a new one (default 30m)')
    .option('--collapse', 'an item that follows itself stands once')
    .option('--exclude <items>', 'items that are not there, by commas')
    .option(
      '--group <patterns>',
      "patterns that stand for what they match, by commas: '/product/*'",
    )
    .option('--top <n>', 'variants listed', '10')
    .option('--customers <id>', 'customers behind one variant, by its id')
  addAskOptions(command).action(async (settings: VariantsSettings) => {
    const question = questionOf(settings)
    if (settings.customers !== undefined) {
      return await showCustomers(settings, question, settings.customers)
    }
    await askAndPrint(settings, (): Question => question, variantsLines)
  })
}

function questionOf(settings: VariantsSettings): VariantsQuestion {
  const { sessions, gap, collapse, exclude, group } = settings
  if (gap !== undefined && sessions !== true) {
    throw new CommandProblem('--gap goes with --sessions')
  }
  return {
    kind: 'variants',
    period: periodAsked(settings, Date.now()),
    per: sessions === true ? 'sessions' : 'customers',
    runs: collapse === true ? 'collapse' : 'keep',
    limit: numberAsked('--top', settings.top, 1, 200),
    ...(exclude === undefined ? {} : { exclude: [...listAsked(exclude)] }),
    ...(group === undefined ? {} : { group: [...listAsked(group)] }),
    ...(gap === undefined ? {} : { gapMs: spanAsked('--gap', gap) }),
  }
}

export function variantsLines(answer: Answer): readonly string[] {
  if (answer.kind !== 'variants') return []
  const { journeys, customers, variants, once, listed, rest, definition } = answer
  const of = definition.parameters['per'] === 'sessions' ? 'session' : 'journey'
  const head = `${pc.bold('Variants')}  ${countOf(variants, 'variant')} of ${countOf(journeys, of)} of ${countOf(customers, 'customer')}, ${periodLine(definition)}`
  return [
    head,
    ...listed.flatMap((variant) => ['', ...variantLines(variant)]),
    ...restLines({ rest, once }, of),
  ]
}

function variantLines(variant: Variant): readonly string[] {
  const { items, length, share, count, medianMs, id, examples } = variant
  const numbers = [
    `${pc.bold(shareText(share))}  ${countText(count)}`,
    `median ${durationText(medianMs)}`,
    `id ${id}`,
  ]
  const more = length > items.length ? [`… and ${countText(length - items.length)} more`] : []
  const named = examples.map(({ customer, label }) => (label === '' ? customer : label))
  return [
    numbers.join(' · '),
    ...wrapped([...items, ...more], ' → ', terminalWidth()),
    ...(named.length === 0 ? [] : [pc.dim(`  e.g. ${named.join(', ')}`)]),
  ]
}

function restLines(
  { rest, once }: Pick<VariantsAnswer, 'rest' | 'once'>,
  of: string,
): readonly string[] {
  if (rest.variants === 0) return []
  const single = once === 0 ? '' : `; ${countText(once)} of all were gone once only`
  return [
    '',
    pc.dim(
      `… and ${countOf(rest.variants, 'variant')} of ${countOf(rest.count, of)}, ${shareText(rest.share)} (--top, --json)${single}`,
    ),
  ]
}

/** The words on as many lines as they take, broken between them. */
function wrapped(words: readonly string[], between: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const next = line === '' ? `  ${word}` : `${line}${between}${word}`
    if (line !== '' && next.length > width) {
      lines.push(line + between.trimEnd())
      line = `    ${word}`
    } else line = next
  }
  return line === '' ? lines : [...lines, line]
}

async function showCustomers(
  settings: VariantsSettings,
  question: VariantsQuestion,
  variant: string,
): Promise<void> {
  if (!/^\d{1,20}$/.test(variant)) {
    throw new CommandProblem(
      `--customers is '${variant}': expected the id of a variant, as parcurs variants lists it`,
    )
  }
  const client = await connect(process.env)
  try {
    const workspace = await askedWorkspace(client, settings.workspace)
    const asked = await begun(client, workspace, settings, question)
    const whom = await segmentOfQuestion(client, workspace, settings)
    const found = await client.call(customerRoutes.variantCustomers, {
      params: { workspace },
      body: {
        question: whom === null ? asked : { ...asked, segment: whom.rule },
        variant,
        limit: 100,
      },
    })
    if (settings.json === true) return print([JSON.stringify(found, null, 2)])
    const { total, customers } = found
    const columns: Column<(typeof customers)[number]>[] = [
      { head: 'customer', cell: ({ label, customer }) => label || customer, align: 'left' },
      { head: 'key', cell: ({ customer }) => customer, align: 'left' },
      {
        head: 'last (UTC)',
        cell: ({ atMs }) => (atMs === null ? '' : dayText(atMs, 'UTC')),
        align: 'left',
      },
    ]
    print([
      `${pc.bold('Variant')} ${variant}  ${countOf(total, 'customer')}`,
      '',
      ...tableLines(customers, columns, terminalWidth()),
      ...(total > customers.length
        ? [pc.dim(`… and ${countText(total - customers.length)} more`)]
        : []),
    ])
  } finally {
    await client.close()
  }
}
