import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { CommandProblem } from './command-problem.ts'

/** One file to import. */
export interface Source {
  readonly name: string
  readonly file: () => Readable
}

/** What an argument that is `-` is called. */
export const STANDARD_INPUT = 'standard input'

/**
 * The files that the arguments mean: a folder is every file in it and in the folders inside, in the order of their
 * names; `-` is standard input. What systems hide is not read.
 */
export async function sourcesOf(args: readonly string[]): Promise<readonly Source[]> {
  if (args.filter((arg) => arg === '-').length > 1) {
    throw new CommandProblem('- stands for standard input, which can be read once')
  }
  const sources: Source[] = []
  for (const arg of args) {
    if (arg === '-') {
      sources.push({ name: STANDARD_INPUT, file: () => process.stdin })
      continue
    }
    const found = await stat(arg).catch(() => null)
    if (found === null) throw new CommandProblem(`no file ${arg}`)
    if (found.isDirectory()) sources.push(...(await filesIn(arg, '')))
    else sources.push({ name: basename(arg), file: () => createReadStream(arg) })
  }
  return sources
}

async function filesIn(folder: string, under: string): Promise<readonly Source[]> {
  const entries = await readdir(join(folder, under), { withFileTypes: true })
  const seen = entries
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const sources: Source[] = []
  for (const entry of seen) {
    const name = join(under, entry.name)
    if (entry.isDirectory()) sources.push(...(await filesIn(folder, name)))
    else if (entry.isFile()) {
      sources.push({ name, file: () => createReadStream(join(folder, name)) })
    }
  }
  if (under === '' && sources.length === 0) throw new CommandProblem(`no files in ${folder}`)
  return sources
}
