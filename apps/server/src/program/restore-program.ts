import { join, resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { assertDiskSpace } from './disk-space.ts'
import { lockFolder } from './folder-lock.ts'
import type { Progress } from '../terminal/progress.ts'
import { openStores } from '../stores/stores.ts'
import { restore, type RestoreOptions, type RestoreOutcome } from '../backups/backup.ts'
import { ERASURES_FILE } from '../backups/erasure-list.ts'
import { openEventStore } from '../log/event-store.ts'
import { wholeAgain } from '../postgres/half-restore.ts'
import { eraseRestored } from '../removals/erase-again.ts'
import { finishRemovals } from '../removals/remove.ts'
import { finishSteps } from './finish-steps.ts'

export interface RestoreNeeds {
  readonly config: Config
  readonly folder: string
  readonly options: RestoreOptions
  readonly clock: () => number
  readonly log: (line: string) => void
  readonly progress: Progress
}

/** Restores while no server runs: `node main.js restore FOLDER`. */
export async function restoreProgram(needs: RestoreNeeds): Promise<RestoreOutcome> {
  const { config, log, progress, clock } = needs
  const list = join(config.home, ERASURES_FILE)
  if (config.databaseUrl === null || config.clickhouseUrl === null) assertDiskSpace(config.home)
  const lock = await lockFolder(config.home, log)
  try {
    const stores = await openStores({ ...config, migrate: false, log })
    try {
      return await progress.during('Restoring', async () => {
        const options = { ...needs.options, erasures: [list, ...needs.options.erasures] }
        const restored = await restore(stores, resolve(needs.folder), options)
        if (!restored.ok) return restored
        const ending = new AbortController()
        const store = openEventStore(stores, { alone: true, signal: ending.signal })
        try {
          await finishRemovals(store)
          await finishSteps(store, clock)
          await eraseRestored(store, restored.erasures, list, clock())
        } finally {
          ending.abort()
        }
        await wholeAgain(stores.database)
        return restored
      })
    } finally {
      await stores.close()
    }
  } finally {
    lock.release()
  }
}
