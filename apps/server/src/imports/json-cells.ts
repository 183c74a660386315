import { storedText } from '../log/stored-text.ts'
import { flatTexts, parsedJson } from './json-row.ts'
import { COLUMN_LIMIT, type RowCells, type RowSink } from './row-sink.ts'

const BRACE = 123
const BRACKET = 91

/**
 * Reads JSON in the cells of a table as JSON lines are read: an object becomes columns of its own behind those of the
 * file, with dots; a list stays one text. What is no JSON stays as it stands. Beside such a row its cells are handed
 * on as they are: by them a row is known.
 */
export class JsonCells implements RowSink {
  readonly #sink: RowSink
  #own: readonly string[] = []
  #ownNames: ReadonlySet<string> = new Set()
  #columns = new Map<string, number>()
  #announced = 0
  #bytes: Buffer = Buffer.alloc(65_536)
  #used = 0
  #starts = new Uint32Array(256)
  #ends = new Uint32Array(256)

  constructor(sink: RowSink) {
    this.#sink = sink
  }

  columns(names: readonly string[]): void {
    this.#own = names
    this.#ownNames = new Set(names)
    this.#columns = new Map()
    this.#announced = names.length
    this.#sink.columns(names)
  }

  row(bytes: Buffer, starts: Uint32Array, ends: Uint32Array, count: number, line: number): void {
    let found: Map<number, object> | null = null
    for (let i = 0; i < count; i++) {
      const from = starts[i] ?? 0
      const first = bytes[from]
      if (first !== BRACE && first !== BRACKET) continue
      const value = jsonOf(bytes, from, ends[i] ?? 0)
      if (value !== null) found = (found ?? new Map<number, object>()).set(i, value)
    }
    if (found === null) this.#sink.row(bytes, starts, ends, count, line)
    else this.#unfolded({ bytes, starts, ends, count }, found, line)
  }

  readonly reject: RowSink['reject'] = (...refused) => this.#sink.reject(...refused)

  #unfolded(cells: RowCells, found: ReadonlyMap<number, object>, line: number): void {
    const { bytes, starts, ends, count } = cells
    this.#used = 0
    this.#starts.fill(0)
    this.#ends.fill(0)
    const texts: [number, string][] = []
    for (let i = 0; i < count; i++) {
      const value = found.get(i)
      const unfolded = value === undefined ? null : this.#placed(i, value)
      if (unfolded === null) this.#copy(i, bytes.subarray(starts[i], ends[i]))
      else texts.push(...unfolded)
    }
    for (const [column, text] of texts) this.#copy(column, Buffer.from(text))
    const names = this.#own.length + this.#columns.size
    if (names > this.#announced) {
      this.#announced = names
      this.#sink.columns([...this.#own, ...this.#columns.keys()], this.#own.length)
    }
    this.#sink.row(this.#bytes, this.#starts, this.#ends, names, line, cells)
  }

  /** The texts of a value by their columns; null: there is no more room for columns, the cell stays as it is. */
  #placed(column: number, value: object): readonly [number, string][] | null {
    const texts = textsIn(value)
    if (texts === null) return null
    if (typeof texts === 'string') return [[column, storedText(texts)]]
    const fresh = texts.filter(([name]) => !this.#columns.has(this.#nameOf(column, name)))
    if (this.#own.length + this.#columns.size + fresh.length > COLUMN_LIMIT) return null
    return texts.map(([name, text]) => [
      this.#columnOf(this.#nameOf(column, name)),
      storedText(text),
    ])
  }

  #nameOf(column: number, name: string): string {
    const whole = storedText(`${this.#own[column] ?? ''}.${name}`)
    // A column of the file that is called so has the name.
    return this.#ownNames.has(whole) ? `${whole}_2` : whole
  }

  #columnOf(name: string): number {
    const known = this.#columns.get(name)
    if (known !== undefined) return known
    const column = this.#own.length + this.#columns.size
    this.#columns.set(name, column)
    return column
  }

  #copy(column: number, text: Uint8Array): void {
    if (column >= this.#starts.length) {
      const wider = (old: Uint32Array<ArrayBuffer>) => {
        const next = new Uint32Array(Math.max(old.length * 2, column + 1))
        next.set(old)
        return next
      }
      this.#starts = wider(this.#starts)
      this.#ends = wider(this.#ends)
    }
    if (this.#used + text.length > this.#bytes.length) {
      const larger = Buffer.alloc((this.#used + text.length) * 2)
      this.#bytes.copy(larger, 0, 0, this.#used)
      this.#bytes = larger
    }
    this.#starts[column] = this.#used
    this.#bytes.set(text, this.#used)
    this.#used += text.length
    this.#ends[column] = this.#used
  }
}

/** Of a list its text; null: it goes deeper than anything a table holds. */
function textsIn(value: object): string | readonly (readonly [string, string])[] | null {
  try {
    return Array.isArray(value) ? JSON.stringify(value) : [...flatTexts(value)]
  } catch (error) {
    // The stack is the only thing that can run out here.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The object or list that a cell holds; null: it is text. */
function jsonOf(bytes: Buffer, from: number, to: number): object | null {
  const text = bytes.toString('utf8', from, to).trimEnd()
  if (!text.endsWith('}') && !text.endsWith(']')) return null
  const value = parsedJson(text)
  return typeof value === 'object' ? value : null
}
