import { mapRoutes, type Refusal, refuse } from '@parcurs/contract'
import { mapFaults } from '@parcurs/domain'
import type { Kysely } from 'kysely'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { faultsRefusal } from '../touchpoints/touchpoint-routes.ts'
import { listTouchpoints, touchpointsOf } from '../touchpoints/touchpoints.ts'
import { changeMap, deleteMap, insertMap, type MapDraft, mapOf, mapsOf } from './maps.ts'

/** Maps as they are drawn. */
export function serveMaps(
  handle: Handle,
  { database }: { readonly database: Kysely<Database> },
): void {
  handle(mapRoutes.maps, ({ workspace }) => mapsOf(database, workspace.id))
  handle(mapRoutes.map, async ({ workspace, params }) => {
    return (await mapOf(database, workspace.id, params.mapId)) ?? notFound(params.mapId)
  })
  handle(mapRoutes.createMap, async ({ workspace, body }) => {
    return await inWorkspace(database, workspace.id, async (tx) => {
      const known = new Set((await listTouchpoints(tx)).map(({ id }) => id))
      const wrong = draftRefusal(body, known)
      return wrong ?? (await insertMap(tx, workspace.id, `map_${crypto.randomUUID()}`, body))
    })
  })
  handle(mapRoutes.changeMap, async ({ workspace, params, body }) => {
    const { version, ...draft } = body
    const known = new Set((await touchpointsOf(database, workspace.id)).map(({ id }) => id))
    const wrong = draftRefusal(draft, known)
    if (wrong !== null) return wrong
    const changed = await changeMap(database, workspace.id, params.mapId, version, draft)
    if (changed.ok) return changed.value
    return changed.code === 'changed-meanwhile'
      ? refuse(
          'changed-meanwhile',
          `the map stands at version ${changed.version} by now: read it again and repeat the change`,
        )
      : notFound(params.mapId)
  })
  handle(mapRoutes.deleteMap, async ({ workspace, params }) => {
    const gone = await deleteMap(database, workspace.id, params.mapId)
    return gone ? undefined : notFound(params.mapId)
  })
}

function draftRefusal(draft: MapDraft, known: ReadonlySet<string>): Refusal | null {
  const faults = mapFaults(draft, known)
  return faultsRefusal(
    faults.map((fault) => ({ ...fault, place: fault.place.replace(/^map\./, '') })),
  )
}

function notFound(id: string): Refusal {
  return refuse('not-found', `no map '${id}' in this workspace`)
}
