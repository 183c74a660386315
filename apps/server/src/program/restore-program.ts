import { resolve } from 'node:path'
import type { Config } from '../config/config.ts'
import { assertDiskSpace } from './disk-space.ts'
import { lockFolder } from './folder-lock.ts'
import type { Progress } from '../terminal/progress.ts'
import { openStores } from '../stores/stores.ts'
import { type BackupOutcome, restore } from '../backups/backup.ts'

export interface RestoreNeeds {
  readonly config: Config
  readonly folder: string
  readonly log: (line: string) => void
  readonly progress: Progress
}

/** Restores while no server runs: `node main.js restore FOLDER`. */
export async function restoreProgram(needs: RestoreNeeds): Promise<BackupOutcome> {
  const { config, log, progress } = needs
  if (config.databaseUrl === null || config.clickhouseUrl === null) assertDiskSpace(config.home)
  const lock = await lockFolder(config.home, log)
  try {
    const stores = await openStores({ ...config, migrate: false, log })
    try {
      return await progress.during('Restoring', () => restore(stores, resolve(needs.folder)))
    } finally {
      await stores.close()
    }
  } finally {
    lock.release()
  }
}
