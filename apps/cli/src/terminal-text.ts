import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { steadied } from '@parcurs/domain'

// Whatever the command line shows goes through here, so that data never steers the terminal.

export function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.map(steadied).join('\n')}\n`)
}

/** What went wrong goes to the error output. */
export function complain(line: string): void {
  note(`parcurs: ${line}`)
}

/** What is no answer goes to the error output. */
export function note(line: string): void {
  process.stderr.write(`${steadied(line)}\n`)
}

/** A line in the place of the one before, of a terminal. */
export function overwrite(line: string): void {
  process.stderr.write(`\r\u001b[K${steadied(line)}`)
}

/** Rows as they are, for a file or the next program; a terminal is shown them steadied. */
export async function printRows(rows: Readable): Promise<void> {
  if (!process.stdout.isTTY) return await pipeline(rows, process.stdout, { end: false })
  rows.setEncoding('utf8')
  for await (const text of rows) {
    if (!process.stdout.write(steadied(String(text)))) await once(process.stdout, 'drain')
  }
}
