import { type MapCoding, mapCoding, type Reading } from '@parcurs/analytics'
import type { EventKind, JourneyMap, Touchpoint } from '@parcurs/domain'
import type { EventKinds } from '../log/event-kinds.ts'
import { readingOf } from '../journeys/reading.ts'
import { findMap } from '../maps/maps.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { Stores } from '../stores/stores.ts'
import { listTouchpoints } from '../touchpoints/touchpoints.ts'

/** One map, ready to be measured. */
export interface MapAtHand {
  readonly map: JourneyMap
  readonly touchpoints: ReadonlyMap<string, Touchpoint>
  readonly kinds: readonly EventKind[]
  readonly coding: MapCoding
  readonly reading: Reading
}

export interface MapAtHandNeeds {
  readonly stores: Pick<Stores, 'clickhouse' | 'database'>
  readonly kinds: Pick<EventKinds, 'all'>
}

/** @returns null when there is no such map */
export async function mapAtHand(
  { stores, kinds }: MapAtHandNeeds,
  workspace: number,
  mapId: string,
): Promise<MapAtHand | null> {
  const [drawn, { reading, known }] = await Promise.all([
    inWorkspace(stores.database, workspace, async (tx) => ({
      map: await findMap(tx, mapId),
      touchpoints: await listTouchpoints(tx),
    })),
    happened({ stores, kinds }, workspace),
  ])
  if (drawn.map === null) return null
  const touchpoints = new Map(drawn.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]))
  return {
    map: drawn.map,
    touchpoints,
    kinds: known,
    coding: mapCoding(drawn.map, touchpoints, known),
    reading,
  }
}

async function happened({ stores, kinds }: MapAtHandNeeds, workspace: number) {
  // The kinds are read after the log's end is known: no event in it may be of a kind that is not.
  const reading = await readingOf(stores, workspace)
  return { reading, known: await kinds.all(workspace) }
}
