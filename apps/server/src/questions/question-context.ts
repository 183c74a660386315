import { listedCustomers, mapsOfSegment, type QuestionContext } from '@parcurs/analytics'
import { detailMapsOf, type JourneyMap, type SegmentRule, UTC, zoneNamed } from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Workspace } from '../http/gate.ts'
import type { Readings } from '../journeys/readings.ts'
import type { EventKinds } from '../log/event-kinds.ts'
import { findMap } from '../maps/maps.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { savedSegments } from '../segments/saved-segments.ts'
import type { Stores } from '../stores/stores.ts'
import { listTouchpoints } from '../touchpoints/touchpoints.ts'

export interface ContextNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly readings: Readings
  readonly kinds: Pick<EventKinds, 'all'>
  readonly clock: () => number
}

/**
 * What a question may know of the workspace before it reads: also the maps that those asked about link to. Maps that
 * are not there are left out.
 *
 * @param threads how many may count at once
 */
export async function questionContext(
  { stores, readings, kinds, clock }: ContextNeeds,
  workspace: Workspace,
  asked: { readonly maps: readonly string[]; readonly segment: SegmentRule | null },
  threads: number,
): Promise<QuestionContext> {
  const nowMs = clock()
  const [drawn, happened] = await Promise.all([
    inWorkspace(stores.database, workspace.id, async (tx) => {
      const segment = await savedSegments(tx, asked.segment)
      const maps = await mapsNamed(tx, [...asked.maps, ...mapsOfSegment(asked.segment, segment)])
      const links = maps.filter(({ id }) => asked.maps.includes(id)).flatMap(detailMapsOf)
      const details = await mapsNamed(tx, links)
      return { segment, maps: [...maps, ...details], touchpoints: await listTouchpoints(tx) }
    }),
    (async () => {
      // The kinds are read after the log's end is known: no event in it may be of a kind that is not.
      const reading = await readings.of(workspace.id)
      return { reading, kinds: await kinds.all(workspace.id) }
    })(),
  ])
  return {
    ...happened,
    workspace,
    zone: zoneNamed(workspace.timeZone) ?? UTC,
    nowMs,
    touchpoints: new Map(drawn.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint])),
    maps: new Map(drawn.maps.map((map) => [map.id, map])),
    segment: drawn.segment,
    listed: (list) => listedCustomers(happened.reading, list),
    threads,
  }
}

async function mapsNamed(
  tx: Transaction<Database>,
  ids: readonly string[],
): Promise<readonly JourneyMap[]> {
  const maps: JourneyMap[] = []
  for (const id of new Set(ids)) {
    const map = await findMap(tx, id)
    if (map !== null) maps.push(map)
  }
  return maps
}
