import { ownerOfQuery } from '@parcurs/analytics'
import { refuse, type Refusal, removalRoutes } from '@parcurs/contract'
import type { IdentityKey } from '@parcurs/domain'
import type { ErasureList } from '../backups/erasure-list.ts'
import type { Handle } from '../http/serve.ts'
import { readingOf } from '../journeys/reading.ts'
import type { EventStore } from '../log/event-store.ts'
import { inWorkspace } from '../postgres/workspace-scope.ts'
import { eraseCustomer } from './erase-customer.ts'
import { countSource, removeSource } from './remove-source.ts'

export interface RemovalNeeds {
  readonly events: EventStore
  readonly list: ErasureList
  readonly forget: (workspace: number, ids: readonly string[]) => Promise<void>
  readonly forgetKeys: (workspace: number, keys: readonly IdentityKey[]) => Promise<void>
  readonly clock: () => number
  /** Called when something was taken away: its bytes go with a fold. */
  readonly onRemoved: (workspaceId: number) => void
}

const MAX_KEY = (1n << 64n) - 1n

/** Taking away what an import or a key brought, and erasing a customer. */
export function serveRemovals(handle: Handle, needs: RemovalNeeds): void {
  const { events, onRemoved } = needs

  handle(removalRoutes.importEvents, async ({ workspace, params }) => {
    const source = await sourceOfImport(events, workspace.id, params.importId)
    return typeof source === 'number'
      ? await countSource(events, workspace.id, { source, sinceMs: null })
      : source
  })

  handle(removalRoutes.removeImportEvents, async ({ workspace, params }) => {
    const source = await sourceOfImport(events, workspace.id, params.importId)
    if (typeof source !== 'number') return source
    const importing = await importUnderWay(events, workspace.id)
    if (importing !== null) return importing
    const counted = await removeSource(events, workspace.id, { source, sinceMs: null })
    onRemoved(workspace.id)
    return counted
  })

  handle(removalRoutes.keyEvents, async ({ workspace, params, query }) => {
    const source = await sourceOfKey(events, workspace.id, params.writeKeyId)
    return typeof source === 'number'
      ? await countSource(events, workspace.id, { source, sinceMs: query.sinceMs ?? null })
      : source
  })

  handle(removalRoutes.removeKeyEvents, async ({ workspace, params, query }) => {
    const source = await sourceOfKey(events, workspace.id, params.writeKeyId)
    if (typeof source !== 'number') return source
    const importing = await importUnderWay(events, workspace.id)
    if (importing !== null) return importing
    const sinceMs = query.sinceMs ?? null
    const counted = await removeSource(events, workspace.id, { source, sinceMs })
    onRemoved(workspace.id)
    return counted
  })

  handle(removalRoutes.eraseCustomer, async ({ workspace, params }) => {
    const key = BigInt(params.customer)
    if (key > MAX_KEY) return nobody(params.customer)
    const reading = await readingOf(events.stores, workspace.id)
    const [owner] = await events.stores.clickhouse.rows<{ readonly customer: string }>(
      ownerOfQuery(reading, key),
    )
    const importing = await importUnderWay(events, workspace.id)
    if (importing !== null) return importing
    const customer = owner === undefined ? key : BigInt(owner.customer)
    const erased = await eraseCustomer(
      {
        store: events,
        list: needs.list,
        forget: needs.forget,
        forgetKeys: needs.forgetKeys,
        clock: needs.clock,
      },
      workspace.id,
      customer,
    )
    if (erased === null) return nobody(params.customer)
    onRemoved(workspace.id)
    return { ...erased, untoldBackups: [...erased.untoldBackups] }
  })
}

function nobody(customer: string): Refusal {
  return refuse('not-found', `no customer with the key ${customer} in this workspace`)
}

async function sourceOfImport(
  { stores }: EventStore,
  workspace: number,
  importId: string,
): Promise<number | Refusal> {
  const row = await inWorkspace(stores.database, workspace, (tx) =>
    tx.selectFrom('imports').select('source').where('id', '=', importId).executeTakeFirst(),
  )
  return row?.source ?? refuse('not-found', `no import '${importId}' here`)
}

/** Also of a key that is revoked. */
async function sourceOfKey(
  { stores }: EventStore,
  workspace: number,
  writeKeyId: number,
): Promise<number | Refusal> {
  const row = await inWorkspace(stores.database, workspace, (tx) =>
    tx.selectFrom('write_keys').select('source').where('id', '=', writeKeyId).executeTakeFirst(),
  )
  return row?.source ?? refuse('not-found', `no write key ${writeKeyId} here`)
}

/** What an import knows of stored messages must not change under it. */
async function importUnderWay({ stores }: EventStore, workspace: number): Promise<Refusal | null> {
  const row = await inWorkspace(stores.database, workspace, (tx) =>
    tx.selectFrom('imports').select('id').where('state', '=', 'running').executeTakeFirst(),
  )
  return row === undefined
    ? null
    : refuse('import-over', `the import ${row.id} is under way: wait for its end, or stop it`)
}
