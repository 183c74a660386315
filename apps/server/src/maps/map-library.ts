import type { Refusal } from '@parcurs/contract'
import { type JourneyMap, type LinkedMaps, mapFaults } from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Database } from '../postgres/tables.ts'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'
import { listTouchpoints } from '../touchpoints/touchpoints.ts'
import { detailsOfMaps } from './maps.ts'

/** What a map may stand on and link to. */
export interface MapLibrary extends LinkedMaps {
  readonly touchpointIds: ReadonlySet<string>
}

/** @param ownId the map itself; null: it is new */
export async function libraryOf(
  tx: Transaction<Database>,
  ownId: string | null,
): Promise<MapLibrary> {
  const touchpointIds = new Set((await listTouchpoints(tx)).map(({ id }) => id))
  return { touchpointIds, ownId, detailsOf: await detailsOfMaps(tx) }
}

/**
 * Why a journey cannot be drawn; null: it can.
 *
 * @param within what stands before each place, such as `proposal.`
 */
export function journeyRefusal(
  journey: Pick<JourneyMap, 'stages' | 'goal'>,
  { touchpointIds, ...linked }: MapLibrary,
  within = '',
): Refusal | null {
  const faults = mapFaults(journey, touchpointIds, linked)
  return faultsRefusal(
    faults.map((fault) => ({ ...fault, place: fault.place.replace(/^map\./, within) })),
  )
}
