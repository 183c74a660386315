import { storedText } from '../log/stored-text.ts'
import { COLUMN_LIMIT, type RowSink } from './row-sink.ts'

/** Rows of named texts, for the formats whose rows name their fields: written as bytes for the sink. */
export class FieldScratch {
  readonly #sink: RowSink
  readonly #columns = new Map<string, number>()
  #announced = 0
  #bytes: Buffer = Buffer.alloc(65_536)
  #used = 0
  #starts = new Uint32Array(64)
  #ends = new Uint32Array(64)

  constructor(sink: RowSink) {
    this.#sink = sink
  }

  clear(): void {
    this.#used = 0
    this.#starts.fill(0)
    this.#ends.fill(0)
  }

  set(saidName: string, said: string): void {
    const name = storedText(saidName)
    const text = storedText(said)
    let column = this.#columns.get(name)
    if (column === undefined) {
      column = this.#columns.size
      if (column >= COLUMN_LIMIT) return
      this.#columns.set(name, column)
      if (column >= this.#starts.length) {
        const wider = (old: Uint32Array) => {
          const next = new Uint32Array(old.length * 2)
          next.set(old)
          return next
        }
        this.#starts = wider(this.#starts)
        this.#ends = wider(this.#ends)
      }
    }
    if (this.#used + text.length * 3 > this.#bytes.length) {
      const larger = Buffer.alloc((this.#used + text.length * 3) * 2)
      this.#bytes.copy(larger, 0, 0, this.#used)
      this.#bytes = larger
    }
    this.#starts[column] = this.#used
    this.#used += this.#bytes.write(text, this.#used, 'utf8')
    this.#ends[column] = this.#used
  }

  /** Hands the row to the sink. @param text the row as it stands in the file, for a refusal */
  give(line: number, text: string): void {
    if (this.#columns.size >= COLUMN_LIMIT) {
      const detail = `the file has more than ${COLUMN_LIMIT} different fields`
      this.#sink.reject(line, 'too-many-columns', detail, text.slice(0, 10_000))
      return
    }
    if (this.#columns.size > this.#announced) {
      this.#announced = this.#columns.size
      this.#sink.columns([...this.#columns.keys()])
    }
    this.#sink.row(this.#bytes, this.#starts, this.#ends, this.#columns.size, line)
  }
}
