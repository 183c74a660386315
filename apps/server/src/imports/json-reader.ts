import { JsonRow } from './json-row.ts'
import { ROW_LIMIT_BYTES, type RowReader, type RowSink } from './row-sink.ts'

const LF = 10

/** Reads one JSON object a line. */
export class JsonReader implements RowReader {
  readonly #row: JsonRow
  #rest: Buffer = Buffer.alloc(0)
  #line = 0
  #skipping = false

  constructor(sink: RowSink) {
    this.#row = new JsonRow(sink)
  }

  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    let from = 0
    for (;;) {
      const end = bytes.indexOf(LF, from)
      if (end === -1) break
      this.#take(bytes.subarray(from, end))
      from = end + 1
    }
    this.#rest = bytes.subarray(from)
    if (this.#rest.length > ROW_LIMIT_BYTES) {
      if (!this.#skipping) this.#row.refuseLong(this.#line + 1, this.#rest)
      this.#skipping = true
      this.#rest = Buffer.alloc(0)
    }
  }

  end(cut: boolean): void {
    if (!cut && (this.#rest.length > 0 || this.#skipping)) this.#take(this.#rest)
    this.#rest = Buffer.alloc(0)
  }

  #take(bytes: Buffer): void {
    this.#line++
    if (this.#skipping) this.#skipping = false
    else this.#row.take(this.#line, bytes)
  }
}
