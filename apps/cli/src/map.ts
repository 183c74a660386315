import type { Answer } from '@parcurs/analytics'
import { mapRoutes, questionRoutes } from '@parcurs/contract'
import type { JourneyMap, MapProposal } from '@parcurs/domain'
import type { Command } from 'commander'
import pc from 'picocolors'
import { print } from './terminal-text.ts'
import { askedWorkspace } from './asked-workspace.ts'
import { type Client, connect } from './client.ts'
import { CommandProblem } from './command-problem.ts'
import { mapLines, proposalLines } from './map-text.ts'
import { eventSpan, lacksFirstDay, mapPeriod } from './event-span.ts'
import { addAskOptions, type AskSettings, numberAsked, periodAsked } from './question-options.ts'
import { segmentOfQuestion } from './segment-asked.ts'

interface MapSettings extends AskSettings {
  readonly fromData?: boolean
  readonly map?: string
  readonly windowDays?: string
  readonly update?: boolean
  readonly new?: boolean
}

export function addMap(program: Command): void {
  const command = program
    .command('map')
    .description('the living map: where customers are, where they are lost, what it costs')
    .option('--from-data', 'make a map from the events and keep it')
    .option('--update', 'with --from-data: take the place of the map of that name')
    .option('--new', 'with --from-data: keep it beside the map of that name')
    .option('--map <name>', 'which map, by name or id, where there are several')
    .option('--window-days <n>', "days to move on before somebody has left (default: the map's)")
  addAskOptions(command).action(async (settings: MapSettings) => {
    const client = await connect(process.env)
    try {
      const workspace = await askedWorkspace(client, settings.workspace)
      await (settings.fromData === true
        ? mapFromData(client, workspace, settings)
        : showMap(client, workspace, settings))
    } finally {
      await client.close()
    }
  })
}

async function mapFromData(
  client: Client,
  workspace: string,
  settings: MapSettings,
): Promise<void> {
  const params = { workspace }
  const proposal: MapProposal = await client.call(mapRoutes.proposeMap, { params })
  const maps = await client.call(mapRoutes.maps, { params })
  const there = maps.findLast(({ name }) => name === proposal.name)
  const asks = there !== undefined && settings.update !== true && settings.new !== true
  const { mapId } = asks
    ? { mapId: null }
    : await client.call(mapRoutes.acceptMap, {
        params,
        body: {
          proposal,
          ...(there === undefined || settings.new === true
            ? {}
            : { replaces: { mapId: there.id, version: there.version } }),
        },
      })
  if (settings.json === true) return print([JSON.stringify({ mapId, proposal }, null, 2)])
  print([
    ...proposalLines(proposal),
    '',
    ...(mapId === null
      ? [
          `A map ${pc.bold(proposal.name)} is there already, and was left as it is.`,
          '  to update it: parcurs map --from-data --update',
          '  to keep both: parcurs map --from-data --new',
        ]
      : [`Kept as ${pc.bold(proposal.name)}. See it with: parcurs map --map ${mapId}`]),
  ])
}

async function showMap(client: Client, workspace: string, settings: MapSettings): Promise<void> {
  const map = await mapAsked(client, workspace, settings.map)
  const said = periodAsked(settings, Date.now())
  const span = said === null || lacksFirstDay(settings) ? await eventSpan(client, workspace) : null
  const { period, called } = mapPeriod(settings, Date.now(), span)
  const whom = await segmentOfQuestion(client, workspace, settings)
  const answer: Answer = await client.call(questionRoutes.ask, {
    params: { workspace },
    body: {
      question: {
        version: 1,
        kind: 'living-map',
        mapId: map.id,
        period,
        segment: whom?.rule ?? null,
        compareTo: null,
        windowDays:
          settings.windowDays === undefined
            ? null
            : numberAsked('--window-days', settings.windowDays, 1, 366),
      },
    },
  })
  if (answer.kind !== 'living-map') throw new Error(`asked for a map, answered ${answer.kind}`)
  print(
    settings.json === true
      ? [JSON.stringify(answer, null, 2)]
      : [...(whom?.lines ?? []), ...mapLines(map, answer, called)],
  )
}

/** The one asked for by name or id, else the only one, else the newest. */
async function mapAsked(
  client: Client,
  workspace: string,
  asked: string | undefined,
): Promise<JourneyMap> {
  const maps = await client.call(mapRoutes.maps, { params: { workspace } })
  const found =
    asked === undefined ? maps.at(-1) : maps.find(({ id, name }) => id === asked || name === asked)
  if (found === undefined) {
    throw new CommandProblem(
      asked === undefined
        ? 'there is no map yet: parcurs map --from-data makes one from your events'
        : `--map is '${asked}': there are ${maps.map(({ name }) => `'${name}'`).join(', ') || 'none'}`,
    )
  }
  return await client.call(mapRoutes.map, { params: { workspace, mapId: found.id } })
}
