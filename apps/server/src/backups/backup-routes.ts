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
    if (outcome.ok) return { folder: outcome.folder }
    switch (outcome.code) {
      case 'folder-not-empty':
        return refuse('already-there', outcome.detail)
      case 'disk-full':
        return refuse('disk-full', outcome.detail)
      case 'folder-unusable': {
        const expected = 'a folder that can be made and written to on the machine of the server'
        const value = JSON.stringify(body.folder).slice(0, 80)
        const faults = [{ place: 'body.folder', value, expected }]
        return refuse('value-invalid', outcome.detail, { faults })
      }
    }
  })
}
