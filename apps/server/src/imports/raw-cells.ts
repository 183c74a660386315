import { ByteWriter, encodedText } from '../log/byte-writer.ts'
import type { ReadRow } from './read-row.ts'

/**
 * A row as it stands in its file: its cells under their columns' names, in the order of the names. The same
 * whatever the columns are taken for, in whatever order they stand, and in whatever format the file is.
 */
export class RawCells {
  readonly writer = new ByteWriter(65_536)
  #names: readonly Buffer[] = []
  #order: readonly number[] = []

  columns(names: readonly string[]): void {
    this.#names = names.map(encodedText)
    this.#order = [...names.keys()].toSorted((a, b) => Buffer.compare(this.#name(a), this.#name(b)))
  }

  /** Writes a row over the last one. */
  write({ bytes, starts, ends, count }: ReadRow): void {
    const out = this.writer
    out.at = 0
    for (const column of this.#order) {
      if (column >= count) continue
      const from = starts[column] ?? 0
      const to = ends[column] ?? 0
      if (from === to) continue
      const name = this.#name(column)
      out.reserve(name.length + to - from + 10)
      out.copy(name, 0, name.length)
      out.text(bytes, from, to)
    }
  }

  #name(column: number): Buffer {
    return this.#names[column] ?? NOTHING
  }
}

const NOTHING = Buffer.alloc(0)
