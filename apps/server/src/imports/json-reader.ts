import { isUtf8 } from 'node:buffer'
import { storedText } from '../log/stored-text.ts'
import { COLUMN_LIMIT, cutText, ROW_LIMIT_BYTES, type RowReader, type RowSink } from './row-sink.ts'

const LF = 10
const DEPTH_LIMIT = 20

/** Reads one JSON object a line. Objects are flattened with dots, lists stay JSON text, null is a missing value. */
export class JsonReader implements RowReader {
  readonly #sink: RowSink
  readonly #fields: FieldScratch
  #rest: Buffer = Buffer.alloc(0)
  #line = 0
  #skipping = false

  constructor(sink: RowSink) {
    this.#sink = sink
    this.#fields = new FieldScratch(sink)
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
      if (!this.#skipping) this.#refuseLong(this.#line + 1, this.#rest)
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
    if (this.#skipping) {
      this.#skipping = false
      return
    }
    if (bytes.length > ROW_LIMIT_BYTES) return this.#refuseLong(this.#line, bytes)
    const refuse = (code: 'not-utf8' | 'not-json' | 'not-an-object', detail: string) =>
      this.#sink.reject(this.#line, code, detail, cutText(bytes))
    if (!isUtf8(bytes)) return refuse('not-utf8', 'expected UTF-8 text')
    const text = bytes.toString('utf8').trim()
    if (text === '') return
    let values: readonly unknown[]
    try {
      values = valuesOf(keepLongNumbers(text))
    } catch (error) {
      return refuse('not-json', error instanceof Error ? error.message : 'expected JSON')
    }
    for (const value of values) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        refuse('not-an-object', `expected an object, got ${text.slice(0, 40)}`)
        continue
      }
      this.#fields.clear()
      try {
        flatten(value, '', 0, this.#fields)
      } catch (error) {
        // The stack is the only thing that can run out here.
        if (!(error instanceof RangeError)) throw error
        refuse('not-json', 'nested too deeply')
        continue
      }
      this.#fields.give(this.#line, text)
    }
  }

  #refuseLong(line: number, bytes: Buffer): void {
    const detail = `more than ${ROW_LIMIT_BYTES} bytes`
    this.#sink.reject(line, 'row-too-long', detail, cutText(bytes))
  }
}

/** The values of a line: one; or several where a writer lost the line ends between them (Sparkify's did). */
function valuesOf(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (error) {
    const parts = objectsOf(text)
    if (parts.length < 2) throw error
    return parts.map((part): unknown => JSON.parse(part))
  }
}

/** Cuts `{…}{…}` into its objects. */
function objectsOf(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth++
    else if (token === '}' && --depth === 0) {
      parts.push(text.slice(from, index + 1))
      from = index + 1
    }
  }
  if (text.slice(from).trim() !== '') parts.push(text.slice(from))
  return parts
}

// TRICKY: JSON.parse rounds integers beyond 2^53, so two 19-digit ids would become one customer.
// Numbers of 16 and more digits are put in quotes first, in the few lines that have any.
const LONG_NUMBER = /[:[,]\s*-?\d{16}/
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?:\.\d+)?(?:[eE][+-]?\d+)?/g

function keepLongNumbers(text: string): string {
  if (!LONG_NUMBER.test(text)) return text
  return text.replace(STRING_OR_LONG_NUMBER, (found) => (found[0] === '"' ? found : `"${found}"`))
}

function flatten(object: object, prefix: string, depth: number, fields: FieldScratch): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (value === null || value === undefined) continue
    if (typeof value === 'object' && !Array.isArray(value) && depth < DEPTH_LIMIT) {
      flatten(value, name, depth + 1, fields)
    } else {
      fields.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
    }
  }
}

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
