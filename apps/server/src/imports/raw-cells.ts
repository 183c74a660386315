import xxhash from 'xxhash-wasm'
import { ByteWriter } from '../log/byte-writer.ts'
import type { RowCells } from './row-sink.ts'
import { isPaired } from './trace-events.ts'

const { h32 } = await xxhash()

/**
 * A row as it stands in its file: its cells under their columns' names, in an order of the names. The same
 * whatever the columns are taken for, in whatever order they stand, and in whatever format the file is.
 */
export class RawCells {
  readonly writer = new ByteWriter(65_536)
  /** A number that stands for each name: of a narrow row, the names would be half. */
  #names = new Uint32Array(0)
  #order = new Uint32Array(0)
  /** Behind the cells of one of several shops: the same row of another is another. */
  readonly #apart: Buffer

  /** @param source '': there is one */
  constructor(source = '') {
    this.#apart = Buffer.from(source)
  }

  columns(names: readonly string[]): void {
    this.#names = Uint32Array.from(names, (name) => h32(name))
    const own = [...names.keys()].filter((i) => !isPaired(names[i] ?? ''))
    this.#order = Uint32Array.from(
      own.toSorted((a, b) => (this.#names[a] ?? 0) - (this.#names[b] ?? 0)),
    )
  }

  /** Writes a row over the last one. */
  write({ bytes, starts, ends, count }: RowCells): void {
    const out = this.writer
    const order = this.#order
    out.at = 0
    let size = this.#apart.length
    for (let i = 0; i < count; i++) size += (ends[i] ?? 0) - (starts[i] ?? 0) + 9
    out.reserve(size)
    for (let i = 0; i < order.length; i++) {
      const column = order[i] ?? 0
      if (column >= count) continue
      const from = starts[column] ?? 0
      const to = ends[column] ?? 0
      if (from === to) continue
      out.uint32(this.#names[column] ?? 0)
      out.text(bytes, from, to)
    }
    if (this.#apart.length > 0) out.copy(this.#apart, 0, this.#apart.length)
  }
}
