import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those that it stands in, as far as they are missing.
 *
 * TRICKY: not by Node's `recursive`, which never comes back where a folder cannot be made for good (`/proc/x`).
 *
 * @returns those that were made, the outermost first
 * @throws what the file system says
 */
export function makeFolder(folder: string, mode = 0o700): readonly string[] {
  const missing: string[] = []
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at)
  for (const one of missing) {
    try {
      mkdirSync(one, { mode })
    } catch (error) {
      // Another program was faster; else something that is no folder stands there.
      if (!existsSync(one)) throw error
    }
  }
  return missing
}
