import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { assertDiskSpace } from '../program/disk-space.ts'
import { lockFolder } from '../program/folder-lock.ts'
import type { Progress } from '../program/progress.ts'
import { openStores } from '../program/stores.ts'
import { type BackupOutcome, restore } from './backup.ts'

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
