import { mapRoutes, type Refusal } from '@parcurs/contract'
import {
  type JourneyMap,
  journeyOf,
  mapDifference,
  mapFaults,
  type NumberedEdit,
  REFERENCE_REFUSALS,
  type ReferenceRefusal,
} from '@parcurs/domain'
import type { Kysely, Transaction } from 'kysely'
import { personOf, type Viewer } from '../http/gate.ts'
import type { Handle } from '../http/serve.ts'
import type { Database } from '../postgres/tables.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { journeyRefusal, libraryOf } from './map-library.ts'
import { commitEdits, type EditCheck, editsAfter, readDocument, readDocumentAt } from './map-log.ts'
import { mapUnknown } from './map-routes.ts'
import { signed } from './signed-edit.ts'

const MOST_EDITS = 1000

interface EditNeeds {
  readonly database: Kysely<Database>
  readonly clock: () => number
}

/** Maps as rows, and the log of their changes. */
export function serveMapEdits(handle: Handle, { database, clock }: EditNeeds): void {
  handle(mapRoutes.mapDocument, ({ workspace, params: { mapId }, query: { version } }) => {
    return inWorkspace(database, workspace.id, async (tx) => {
      if (version === undefined) return (await readDocument(tx, mapId)) ?? mapUnknown(mapId)
      const document = await readDocumentAt(tx, mapId, version)
      return document === null ? mapUnknown(mapId, version) : { version, document }
    })
  })
  handle(mapRoutes.mapEdits, ({ workspace, params: { mapId }, query: { after }, viewer }) => {
    return inWorkspace(database, workspace.id, async (tx) => {
      // The edits first: what is made between the two is told by the version, and asked for next.
      const edits = await editsAfter(tx, mapId, after, MOST_EDITS)
      const row = await tx
        .selectFrom('maps')
        .select('document_version')
        .where('id', '=', mapId)
        .executeTakeFirst()
      if (row === undefined) return mapUnknown(mapId)
      const own = clientOf(viewer, '')
      return {
        version: row.document_version,
        edits: edits.map(({ client, ...edit }) => ({ ...edit, client: unprefixed(client, own) })),
      }
    })
  })
  handle(mapRoutes.editMap, ({ workspace, params: { mapId }, body, viewer }) => {
    return inWorkspace(database, workspace.id, async (tx) => {
      const edits = await signed(tx, mapId, body.edits, { by: personOf(viewer), atMs: clock() })
      const sent = { client: clientOf(viewer, body.client), by: personOf(viewer), edits }
      const committed = await commitEdits(tx, mapId, sent, newFaults(tx, mapId))
      if (committed === null) return mapUnknown(mapId)
      return { version: committed.version, answers: committed.answers }
    })
  })
  handle(mapRoutes.restoreMap, ({ workspace, params: { mapId }, body, viewer }) => {
    return inWorkspace(
      database,
      workspace.id,
      async (tx): Promise<{ version: number } | Refusal> => {
        const now = await readDocument(tx, mapId)
        const then = await readDocumentAt(tx, mapId, body.version)
        if (now === null || then === null) return mapUnknown(mapId, body.version)
        const library = await libraryOf(tx, mapId)
        const wrong = journeyRefusal(journeyOf(then, mapId, 0), library)
        if (wrong !== null) return wrong
        const changes = mapDifference(now.document, then)
        const edits: readonly NumberedEdit[] = [{ seq: 1, changes, careful: false }]
        const sent = { client: crypto.randomUUID(), by: personOf(viewer), edits }
        const committed = await commitEdits(tx, mapId, sent, newFaults(tx, mapId))
        return committed === null ? mapUnknown(mapId) : { version: committed.version }
      },
    )
  })
}

/** Of one person: another who takes their client's name has edits of their own. */
function clientOf(viewer: Viewer, client: string): string {
  switch (viewer.kind) {
    case 'person':
      return `u${viewer.userId} ${client}`
    case 'token':
      return `t${viewer.tokenId} ${client}`
    case 'machine':
      return `m ${client}`
  }
}

/** Their own clients are told by the name they gave them; nobody else's can be taken for one. */
function unprefixed(client: string, own: string): string {
  return client.startsWith(own) ? client.slice(own.length) : client
}

/** What an edit names and is not there. What was wrong before is not held against it. */
function newFaults(tx: Transaction<Database>, mapId: string): EditCheck<ReferenceRefusal> {
  let library: ReturnType<typeof libraryOf> | null = null
  return async (before: JourneyMap, after: JourneyMap) => {
    library ??= libraryOf(tx, mapId)
    const { touchpointIds, ...linked } = await library
    const known = new Set(mapFaults(before, touchpointIds, linked).map(({ value }) => value))
    const fault = mapFaults(after, touchpointIds, linked).find(({ value }) => !known.has(value))
    return REFERENCE_REFUSALS.find((code) => code === fault?.code) ?? null
  }
}
