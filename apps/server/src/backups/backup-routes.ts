import { backupRoutes, refuse } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import type { Stores } from '../stores/stores.ts'
import { backUp } from './backup.ts'
import type { ErasureList } from './erasure-list.ts'

export function serveBackups(
  handle: Handle,
  {
    stores,
    list,
    clock,
  }: { readonly stores: Stores; readonly list: ErasureList; readonly clock: () => number },
): void {
  handle(backupRoutes.backUp, async ({ body }) => {
    const outcome = await backUp(stores, list, body.folder, clock())
    return outcome.ok ? { folder: outcome.folder } : refuse('already-there', outcome.detail)
  })
}
