import { backupRoutes, refuse } from '@parcurs/contract'
import type { Handle } from '../http/serve.ts'
import type { Stores } from '../stores/stores.ts'
import { backUp } from './backup.ts'

export function serveBackups(
  handle: Handle,
  { stores, clock }: { readonly stores: Stores; readonly clock: () => number },
): void {
  handle(backupRoutes.backUp, async ({ body }) => {
    const outcome = await backUp(stores, body.folder, clock())
    return outcome.ok ? { folder: outcome.folder } : refuse('already-there', outcome.detail)
  })
}
