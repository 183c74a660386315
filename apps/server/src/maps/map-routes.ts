import { mapRoutes, type Refusal, refuse } from '@parcurs/contract'
import { ruleFaults } from '@parcurs/domain'
import { personOf } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import type { CountingNeeds } from '../touchpoints/count-touchpoints.ts'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'
import type { Changed } from '../touchpoints/touchpoints.ts'
import { acceptProposal } from './accept-map.ts'
import { proposeFromData } from './propose-map.ts'
import { journeyRefusal, libraryOf } from './map-library.ts'
import { changeMap, deleteMap, drawnMap, insertMap, mapsOf } from './maps.ts'

/** Maps as they are drawn. */
export function serveMaps(handle: Handle, needs: CountingNeeds): void {
  const { database } = needs.stores
  handle(mapRoutes.maps, ({ workspace }) => mapsOf(database, workspace.id))
  handle(mapRoutes.map, async ({ workspace, params }) => {
    const map = await inWorkspace(database, workspace.id, (tx) => drawnMap(tx, params.mapId))
    return map ?? mapUnknown(params.mapId)
  })
  handle(mapRoutes.createMap, async ({ workspace, body }) => {
    return await inWorkspace(database, workspace.id, async (tx) => {
      const wrong = journeyRefusal(body, await libraryOf(tx, null))
      return wrong ?? (await insertMap(tx, workspace.id, `map_${crypto.randomUUID()}`, body))
    })
  })
  handle(mapRoutes.changeMap, async ({ workspace, params, body, viewer }) => {
    const { version, ...draft } = body
    return await inWorkspace(database, workspace.id, async (tx) => {
      const wrong = journeyRefusal(draft, await libraryOf(tx, params.mapId))
      if (wrong !== null) return wrong
      const changed = await changeMap(tx, params.mapId, version, draft, personOf(viewer))
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
  handle(mapRoutes.acceptMap, async ({ workspace, body, viewer }) => {
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
      ) ?? journeyRefusal(proposal, { ...library, touchpointIds }, 'proposal.')
    if (wrong !== null) return wrong
    const kept = await acceptProposal(database, workspace.id, proposal, replaces, personOf(viewer))
    return kept.ok ? { mapId: kept.value.id } : unchanged(kept, replaces?.mapId ?? '')
  })
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
    : mapUnknown(id)
}

/** @param version the edit up to which it was asked for; left out: it was asked for as it is */
export function mapUnknown(id: string, version?: number): Refusal {
  return version === undefined
    ? refuse('not-found', `no map '${id}' in this workspace`)
    : refuse('not-found', `the map '${id}' is not there, or was not edited ${version} times yet`)
}
