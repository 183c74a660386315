import { existsSync, mkdirSync, rmdirSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Makes a folder and those that it stands in, as far as they are missing.
 *
 * TRICKY: not by Node's `recursive`, which never comes back where a folder cannot be made for good (`/proc/x`).
 *
 * @returns those that were made, the outermost first
 * @throws what the file system says; then nothing is left of them
 */
export function makeFolder(folder: string, mode = 0o700): readonly string[] {
  const missing: string[] = []
  for (let at = folder; !existsSync(at); at = dirname(at)) missing.unshift(at)
  const made: string[] = []
  try {
    for (const one of missing) if (makeOne(one, mode)) made.push(one)
  } catch (error) {
    for (const one of made.toReversed()) rmdirSync(one)
    throw error
  }
  return made
}

/** @returns false: another program was faster */
function makeOne(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, { mode })
    return true
  } catch (error) {
    // Else something that is no folder stands there, or cannot.
    if (existsSync(folder)) return false
    throw error
  }
}
