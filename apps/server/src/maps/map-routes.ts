import { mapRoutes, type Refusal, refuse } from '@parcurs/contract'
import { type LinkedMaps, mapFaults, ruleFaults } from '@parcurs/domain'
import type { Transaction } from 'kysely'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { CountingNeeds } from '../touchpoints/count-touchpoints.ts'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'
import { type Changed, listTouchpoints } from '../touchpoints/touchpoints.ts'
import { acceptProposal } from './accept-map.ts'
import { proposeFromData } from './propose-map.ts'
import {
  changeMap,
  deleteMap,
  detailsOfMaps,
  insertMap,
  type MapDraft,
  mapOf,
  mapsOf,
} from './maps.ts'

/** Maps as they are drawn. */
export function serveMaps(handle: Handle, needs: CountingNeeds): void {
  const { database } = needs.stores
  handle(mapRoutes.maps, ({ workspace }) => mapsOf(database, workspace.id))
  handle(mapRoutes.map, async ({ workspace, params }) => {
    return (await mapOf(database, workspace.id, params.mapId)) ?? notFound(params.mapId)
  })
  handle(mapRoutes.createMap, async ({ workspace, body }) => {
    return await inWorkspace(database, workspace.id, async (tx) => {
      const wrong = draftRefusal(body, await libraryOf(tx, null))
      return wrong ?? (await insertMap(tx, workspace.id, `map_${crypto.randomUUID()}`, body))
    })
  })
  handle(mapRoutes.changeMap, async ({ workspace, params, body }) => {
    const { version, ...draft } = body
    return await inWorkspace(database, workspace.id, async (tx) => {
      const wrong = draftRefusal(draft, await libraryOf(tx, params.mapId))
      if (wrong !== null) return wrong
      const changed = await changeMap(tx, params.mapId, version, draft)
      return changed.ok ? changed.value : unchanged(changed, params.mapId)
    })
  })
  handle(mapRoutes.deleteMap, async ({ workspace, params }) => {
    const gone = await deleteMap(database, workspace.id, params.mapId)
    return gone.ok ? undefined : unchanged(gone, params.mapId)
  })
  handle(mapRoutes.proposeMap, async ({ workspace, signal }) => {
    const proposal = await proposeFromData(needs, workspace, signal)
    return (
      proposal ??
      refuse(
        'no-events',
        'no event was collected or imported yet: there is nothing to make a map of',
      )
    )
  })
  handle(mapRoutes.acceptMap, async ({ workspace, body }) => {
    const { proposal, replaces = null } = body
    const library = await inWorkspace(database, workspace.id, (tx) =>
      libraryOf(tx, replaces?.mapId ?? null),
    )
    const touchpointIds = new Set(library.touchpointIds)
    for (const { id } of proposal.touchpoints) touchpointIds.add(id)
    const wrong =
      faultsRefusal(
        proposal.touchpoints.flatMap(({ rule }, i) =>
          ruleFaults(rule).map((fault) => ({
            ...fault,
            place: `proposal.touchpoints[${i}].${fault.place}`,
          })),
        ),
      ) ?? draftRefusal(proposal, { ...library, touchpointIds }, 'proposal.')
    if (wrong !== null) return wrong
    const kept = await acceptProposal(database, workspace.id, proposal, replaces)
    return kept.ok ? { mapId: kept.value.id } : unchanged(kept, replaces?.mapId ?? '')
  })
}

/** What a map may stand on and link to. */
interface MapLibrary extends LinkedMaps {
  readonly touchpointIds: ReadonlySet<string>
}

async function libraryOf(tx: Transaction<Database>, ownId: string | null): Promise<MapLibrary> {
  const touchpointIds = new Set((await listTouchpoints(tx)).map(({ id }) => id))
  return { touchpointIds, ownId, detailsOf: await detailsOfMaps(tx) }
}

function draftRefusal(
  draft: Pick<MapDraft, 'stages' | 'goal'>,
  { touchpointIds, ...linked }: MapLibrary,
  within = '',
): Refusal | null {
  const faults = mapFaults(draft, touchpointIds, linked)
  return faultsRefusal(
    faults.map((fault) => ({ ...fault, place: fault.place.replace(/^map\./, within) })),
  )
}

function unchanged(why: Exclude<Changed<never>, { readonly ok: true }>, id: string): Refusal {
  if (why.code === 'in-use') {
    const maps = why.maps.map((map) => `'${map}'`).join(', ')
    return refuse('in-use', `steps of ${maps} link to the map: take the links off there first`)
  }
  return why.code === 'changed-meanwhile'
    ? refuse(
        'changed-meanwhile',
        `the map stands at version ${why.version} by now: read it again and repeat the change`,
      )
    : notFound(id)
}

function notFound(id: string): Refusal {
  return refuse('not-found', `no map '${id}' in this workspace`)
}
