import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { dataFolder } from './server-process.ts'

/**
 * Where the refused rows of an import are written: in the folder or the file asked for, else beside the data folder.
 * What is there already is an older import's, and is written over.
 */
export function rejectsPath(
  asked: string | undefined,
  { name, rejectsFormat }: { readonly name: string; readonly rejectsFormat: string },
): string {
  const file = `${name.replaceAll(/\s*[/\\:*?"<>|›]\s*/g, '-')}.rejects.${rejectsFormat}`
  if (asked === undefined) {
    const beside = dirname(dataFolder(process.env))
    return existsSync(beside) ? relative('', join(beside, file)) : file
  }
  const isFolder = existsSync(asked) ? statSync(asked).isDirectory() : !/\.(csv|jsonl)$/.test(asked)
  if (!isFolder) return asked
  makeFolder(asked)
  return join(asked, file)
}

/** TRICKY: not by Node's `recursive`, which never comes back where a folder cannot be made for good (`/proc/x`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder)
}
