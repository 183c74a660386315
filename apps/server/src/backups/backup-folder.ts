import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../config/make-folder.ts'

/** Why a folder cannot be backed up into. */
export interface FolderRefusal {
  readonly ok: false
  readonly code: 'folder-not-empty' | 'folder-unusable' | 'disk-full'
  readonly detail: string
}

const FULL = ['ENOSPC', 'EDQUOT', 'EFBIG']
const UNUSABLE: Readonly<Record<string, string>> = {
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'its disk can only be read',
  ENOENT: 'it cannot be made there, or was taken away meanwhile',
  ENOTDIR: 'a part of it is no folder',
  EEXIST: 'a part of it is no folder',
  EISDIR: 'something else stands in it',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EINVAL: 'its name cannot be used',
  EIO: 'its disk fails',
  ENXIO: 'its disk fails',
}

/**
 * Has the work done in a folder that is new or empty. What does not come to its end leaves nothing behind: neither
 * what was written nor folders that were made for it.
 */
export async function inNewFolder<T>(
  folder: string,
  work: () => Promise<T>,
): Promise<T | FolderRefusal> {
  let made: readonly string[] = []
  try {
    made = makeFolder(folder)
    if (readdirSync(folder).length > 0) {
      return {
        ok: false,
        code: 'folder-not-empty',
        detail: `the folder '${folder}' is not empty: expected a new or an empty one`,
      }
    }
  } catch (error) {
    return refusalOf(error, folder)
  }
  try {
    return await work()
  } catch (error) {
    empty(folder, made)
    return refusalOf(error, folder)
  }
}

/** @throws what the file system has not said */
function refusalOf(error: unknown, folder: string): FolderRefusal {
  const code = fileSystemCode(error)
  if (code !== null && FULL.includes(code)) {
    const detail = `no room for a back-up in '${folder}' (${code}): make room, or name a folder on another disk`
    return { ok: false, code: 'disk-full', detail }
  }
  const why = code === null ? undefined : UNUSABLE[code]
  if (why === undefined) throw error
  const detail = `the folder '${folder}' cannot be backed up into: ${why} (${code})`
  return { ok: false, code: 'folder-unusable', detail }
}

/** Stores are reached by a socket, which fails by the same codes. */
function fileSystemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  return 'syscall' in error && error.syscall !== 'connect' ? error.code : null
}

function empty(folder: string, made: readonly string[]): void {
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true })
    for (const one of made.toReversed()) rmdirSync(one)
  } catch {
    // What the disk does not give back is no back-up all the same: it lacks its list of parts.
  }
}
