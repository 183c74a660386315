import { createReadStream, createWriteStream, readFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { customerRoutes, segment, segmentRoutes } from '@parcurs/contract'
import type { Command } from 'commander'
import type { z } from 'zod'
import { print, printRows } from './terminal-text.ts'
import { askedWorkspace } from './asked-workspace.ts'
import { type Client, connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { countOf, shareText } from './number-text.ts'
import { instantAsked } from './question-options.ts'
import { ruleSayings, savedSegmentAsked } from './segment-asked.ts'
import { explanationLines, segmentLines, sentenceLine } from './segment-text.ts'
import { languageAsked, ruleAsked } from './sentence-asked.ts'
import { sentenceNames } from './sentence-names.ts'

interface Settings {
  readonly workspace?: string
  readonly json?: boolean
  readonly at?: string
  readonly lines?: boolean
  readonly to?: string
  readonly name?: string
  readonly rule?: string
  readonly where?: string
  readonly lang?: string
}

export function addSegments(program: Command): void {
  const command = program
    .command('segments')
    .description('saved segments: who is meant, how many they are, and why somebody is one of them')
  shared(command.command('list', { isDefault: true }).description('every segment with its size'))
    .option('--at <instant>', 'as of then: 2026-01-31, 2026-01-31T12:00:00Z')
    .action((settings: Settings) => within(settings, list))
  shared(command.command('count').argument('<segment>', 'name or id'))
    .description('how many are in a segment')
    .option('--at <instant>', 'as of then: 2026-01-31, 2026-01-31T12:00:00Z')
    .action((asked: string, settings: Settings) =>
      within(settings, (client, workspace) => count(client, workspace, asked, settings)),
    )
  shared(
    command
      .command('explain')
      .argument('<segment>', 'name or id')
      .argument('<customer>', 'a user id, an anonymous id or a key'),
  )
    .description('whether a customer is in a segment, and which conditions hold')
    .option('--at <instant>', 'as of then: 2026-01-31, 2026-01-31T12:00:00Z')
    .action((asked: string, customer: string, settings: Settings) =>
      within(settings, (client, workspace) =>
        explain(client, workspace, asked, customer, settings),
      ),
    )
  shared(command.command('export').argument('<segment>', 'name or id'))
    .description('user ids and anonymous ids of everybody in a segment, as CSV')
    .option('--lines', 'one JSON a line and customer instead')
    .option('--to <file>', 'write to a file')
    .action((asked: string, settings: Settings) =>
      within(settings, (client, workspace) => exportIds(client, workspace, asked, settings)),
    )
  shared(command.command('create').argument('<name>'))
    .description('save a segment')
    .option('--where <sentence>', 'whom it means: \'Customers who did "purchase" ever\'')
    .option('--rule <file>', "its rule as JSON; '-' reads it from standard input")
    .action((name: string, settings: Settings) => {
      const { where } = settings
      if ((where === undefined) === (settings.rule === undefined)) {
        throw new CommandProblem('expected --where SENTENCE or --rule FILE, one of them')
      }
      const language = languageAsked(settings.lang, process.env)
      const rule = settings.rule === undefined ? null : ruleIn(settings.rule)
      return within(settings, async (client, workspace) => {
        const meant =
          rule ??
          segment.parse(
            ruleAsked(where ?? '', language, await sentenceNames(client, workspace, null)),
          )
        await create(client, workspace, { name, rule: meant }, settings)
      })
    })
  shared(command.command('import').argument('<file>', 'one id or e-mail a line'))
    .description('save a list of user ids, anonymous ids or e-mails')
    .requiredOption('--name <name>', 'of the segment')
    .action((file: string, settings: Settings) =>
      within(settings, (client, workspace) => importIds(client, workspace, file, settings)),
    )
}

function shared(command: Command): Command {
  return command
    .option('--workspace <slug>', 'where several are')
    .option('--lang <language>', "of sentences: en, ro, ru, el, zh (default: the terminal's)")
    .option('--json', 'print the answer itself')
}

async function within(
  settings: Settings,
  work: (client: Client, workspace: string, settings: Settings) => Promise<void>,
): Promise<void> {
  const client = await connect(process.env)
  try {
    await work(client, await askedWorkspace(client, settings.workspace), settings)
  } finally {
    await client.close()
  }
}

async function list(client: Client, workspace: string, settings: Settings): Promise<void> {
  const all = await client.call(segmentRoutes.segments, { params: { workspace } })
  const query = atQuery(settings)
  const rows = []
  // One after the other: each is a pass over the journeys.
  for (const one of all) {
    const params = { workspace, segmentId: one.id }
    rows.push({ ...one, size: await client.call(segmentRoutes.segmentSize, { params, query }) })
  }
  if (settings.json === true) return print([JSON.stringify(rows, null, 2)])
  const say = await ruleSayings(
    client,
    workspace,
    all.map(({ rule }) => rule),
    settings.lang,
  )
  print(
    rows.length === 0
      ? ['There is no segment yet: parcurs segments create NAME --where SENTENCE saves one.']
      : segmentLines(rows, ({ rule }) => say(rule)),
  )
}

async function count(
  client: Client,
  workspace: string,
  asked: string,
  settings: Settings,
): Promise<void> {
  const found = await savedSegmentAsked(client, workspace, asked)
  const size = await client.call(segmentRoutes.segmentSize, {
    params: { workspace, segmentId: found.id },
    query: atQuery(settings),
  })
  if (settings.json === true) return print([JSON.stringify(size, null, 2)])
  const say = await ruleSayings(client, workspace, [found.rule], settings.lang)
  print([
    `${countOf(size.customers, 'customer')}, ${shareText(size.share)} of everybody`,
    sentenceLine(say(found.rule)),
  ])
}

async function explain(
  client: Client,
  workspace: string,
  asked: string,
  customer: string,
  settings: Settings,
): Promise<void> {
  const found = await savedSegmentAsked(client, workspace, asked)
  const { customers } = await client.call(customerRoutes.customers, {
    params: { workspace },
    query: { search: customer },
  })
  const [one, ...others] = customers
  const exact = customers.find((row) => row.userId === customer || row.customer === customer)
  const key = exact?.customer ?? (others.length === 0 ? one?.customer : undefined)
  if (key === undefined && !/^\d{1,20}$/.test(customer)) {
    throw new CommandProblem(
      one === undefined
        ? `no customer '${customer}' in this workspace`
        : `'${customer}' is found in ${countOf(customers.length, 'customer')}: expected a whole id`,
    )
  }
  const explained = await client.call(segmentRoutes.explainSegment, {
    params: { workspace, segmentId: found.id, customer: key ?? customer },
    query: atQuery(settings),
  })
  if (settings.json === true) return print([JSON.stringify(explained, null, 2)])
  const say = await ruleSayings(client, workspace, [found.rule], settings.lang)
  print([...explanationLines(found.name, explained), '', sentenceLine(say(found.rule))])
}

async function exportIds(
  client: Client,
  workspace: string,
  asked: string,
  settings: Settings,
): Promise<void> {
  const { id } = await savedSegmentAsked(client, workspace, asked)
  const route =
    settings.lines === true ? segmentRoutes.exportSegmentLines : segmentRoutes.exportSegmentCsv
  const rows = await client.bytes(route, { params: { workspace, segmentId: id } })
  if (settings.to !== undefined) return await pipeline(rows, createWriteStream(settings.to))
  await printRows(rows)
}

async function create(
  client: Client,
  workspace: string,
  body: { readonly name: string; readonly rule: z.output<typeof segment> },
  settings: Settings,
): Promise<void> {
  const made = await client.call(segmentRoutes.createSegment, { params: { workspace }, body })
  if (settings.json === true) return print([JSON.stringify(made, null, 2)])
  await count(client, workspace, made.id, settings)
}

async function importIds(
  client: Client,
  workspace: string,
  file: string,
  settings: Settings,
): Promise<void> {
  const made = await client.call(segmentRoutes.importSegment, {
    params: { workspace },
    query: { name: settings.name ?? '' },
    file: () => createReadStream(file),
  })
  if (settings.json === true) return print([JSON.stringify(made, null, 2)])
  const { ids, customers, notFound } = made
  print([
    `${countOf(ids, 'id')}: ${countOf(customers, 'customer')}, ${countOf(notFound.ids, 'id')} not found`,
    ...notFound.examples.slice(0, 10).map((id) => `  ${id}`),
  ])
}

/** Checked here too: what is wrong is said before anything is started. */
function ruleIn(file: string): z.output<typeof segment> {
  const place = file === '-' ? 'standard input' : file
  try {
    const read = segment.safeParse(JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8')))
    if (read.success) return read.data
    const [issue] = read.error.issues
    throw new CommandProblem(
      `${place} is no rule of a segment: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    )
  } catch (error) {
    if (error instanceof CommandProblem) throw error
    throw new CommandProblem(`${place} cannot be read as JSON: ${String(error)}`)
  }
}

function atQuery({ at }: Settings): { readonly atMs?: string } {
  return at === undefined ? {} : { atMs: String(instantAsked('--at', at)) }
}
