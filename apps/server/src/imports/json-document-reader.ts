import { JsonRow } from './json-row.ts'
import { cutText, ROW_LIMIT_BYTES, type RowReader, type RowSink } from './row-sink.ts'

const LF = 10
const SPACE = 32
const QUOTE = 34
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const [LIST, LIST_END, OBJECT, OBJECT_END] = [91, 93, 123, 125]

/** As deep as a writer may mean it; deeper is made to exhaust a reader. */
const DEPTH_LIMIT = 1000
const KEY_LIMIT_BYTES = 1000

/** A list or object outside of rows. */
interface Container {
  readonly list: boolean
  /** So many keys of the path lead here; null: it is beside the path. */
  readonly at: number | null
}

/**
 * Reads JSON that is not cut into lines: a list of objects, objects over several lines, or a list that stands
 * in an object under the keys of `path`. Only the row at hand is held, however large the file.
 */
export class JsonDocumentReader implements RowReader {
  readonly #sink: RowSink
  readonly #path: readonly string[]
  readonly #row: JsonRow
  readonly #outside: Container[] = []
  #line = 1
  #string = false
  #escaped = false
  /** The last string outside of rows; a colon makes it a key. */
  #word: number[] = []
  #key = ''
  #broken = false
  /** The object at the top has its list. */
  #met = false

  #inRow = false
  #depth = 0
  #rowLine = 1
  #kept: Buffer[] = []
  #keptBytes = 0
  #tooLong = false

  constructor(sink: RowSink, path: readonly string[]) {
    this.#sink = sink
    this.#path = path
    this.#row = new JsonRow(sink)
  }

  push(piece: Buffer): void {
    let from = 0
    for (let at = 0; at < piece.length && !this.#broken; at++) {
      const byte = piece[at] ?? 0
      if (byte === LF) this.#line++
      if (this.#string) {
        this.#inString(byte)
        continue
      }
      if (this.#inRow) {
        const ends = this.#endsRow(byte)
        if (ends === 'no') continue
        // A bare value ends before what follows it, which counts outside.
        this.#keep(piece.subarray(from, ends === 'after' ? at + 1 : at))
        this.#giveRow()
        if (ends === 'after') continue
      }
      if (this.#beginsRow(byte)) {
        from = at
        this.#inRow = true
        this.#met = true
        this.#rowLine = this.#line
        this.#string = byte === QUOTE
        this.#depth = byte === OBJECT || byte === LIST ? 1 : 0
      } else this.#take(byte, piece, at)
    }
    if (this.#inRow && !this.#broken) this.#keep(piece.subarray(from))
  }

  end(cut: boolean): void {
    if (cut || this.#broken || this.#tooLong) return
    if (this.#inRow && this.#depth === 0 && !this.#string) this.#giveRow()
    const open = this.#inRow || this.#string || this.#outside.length > 0
    if (!open) return
    const detail = 'the file ends before this is closed'
    const line = this.#inRow ? this.#rowLine : this.#line
    this.#sink.reject(line, 'not-json', detail, cutText(Buffer.concat(this.#kept)))
  }

  #inString(byte: number): void {
    if (this.#escaped) this.#escaped = false
    else if (byte === BACKSLASH) this.#escaped = true
    else if (byte === QUOTE) {
      this.#string = false
      return
    }
    if (!this.#inRow && this.#word.length < KEY_LIMIT_BYTES) this.#word.push(byte)
  }

  #endsRow(byte: number): 'no' | 'before' | 'after' {
    if (byte === QUOTE) this.#string = true
    else if (byte === OBJECT || byte === LIST) this.#depth++
    else if (byte === OBJECT_END || byte === LIST_END) {
      if (this.#depth === 0) return 'before'
      if (--this.#depth === 0) return 'after'
    } else if (this.#depth === 0 && (byte === COMMA || byte <= SPACE)) return 'before'
    return 'no'
  }

  /** Where the value that begins now stands: so many keys of the path lead there; null: beside it. */
  #place(): number | null {
    const around = this.#outside.at(-1)
    if (around === undefined) return 0
    if (around.at === null || around.list) return null
    return this.#path[around.at] === this.#key ? around.at + 1 : null
  }

  #beginsRow(byte: number): boolean {
    if (byte <= SPACE || byte === COMMA || byte === OBJECT_END || byte === LIST_END) return false
    const around = this.#outside.at(-1)
    if (around?.list === true) return around.at !== null
    return byte !== LIST && this.#place() === this.#path.length
      ? byte === OBJECT || around === undefined
      : false
  }

  /** What stands around rows and beside them. */
  #take(byte: number, piece: Buffer, at: number): void {
    if (byte === QUOTE) {
      this.#string = true
      this.#word = []
    } else if (byte === COLON) {
      this.#key = keyOf(this.#word)
    } else if (byte === OBJECT || byte === LIST) {
      if (this.#outside.length >= DEPTH_LIMIT) return this.#break('nested too deeply', piece, at)
      const list = byte === LIST
      const place = this.#place()
      const ofRows = list && place === this.#path.length
      const leads = !list && place !== null && place < this.#path.length
      if (ofRows) this.#met = true
      this.#outside.push({ list, at: ofRows || leads ? place : null })
      this.#key = ''
    } else if (byte === OBJECT_END || byte === LIST_END) {
      const closed = this.#outside.pop()
      if (closed?.list !== (byte === LIST_END)) {
        return this.#break('closes what was not opened', piece, at)
      }
      if (this.#outside.length > 0) return
      if (!this.#met) {
        const detail = `expected a list at ${this.#path.join('.') || 'the top'}`
        this.#sink.reject(this.#line, 'not-an-object', detail, '')
      }
      this.#met = false
    }
  }

  /** What follows cannot be told apart any more: that is said once. */
  #break(why: string, piece: Buffer, at: number): void {
    this.#broken = true
    const detail = `${why}; what follows is not read`
    this.#sink.reject(this.#line, 'not-json', detail, cutText(piece.subarray(at)))
  }

  #keep(bytes: Buffer): void {
    if (this.#tooLong || bytes.length === 0) return
    this.#kept.push(bytes)
    this.#keptBytes += bytes.length
    if (this.#keptBytes <= ROW_LIMIT_BYTES) return
    this.#row.refuseLong(this.#rowLine, Buffer.concat(this.#kept))
    this.#tooLong = true
    this.#kept = []
  }

  #giveRow(): void {
    if (!this.#tooLong) {
      const [only] = this.#kept
      const whole = this.#kept.length === 1 && only !== undefined ? only : Buffer.concat(this.#kept)
      this.#row.take(this.#rowLine, whole)
    }
    this.#inRow = false
    this.#tooLong = false
    this.#kept = []
    this.#keptBytes = 0
  }
}

function keyOf(word: readonly number[]): string {
  const text = Buffer.from(word).toString('utf8')
  if (!text.includes('\\')) return text
  try {
    return String(JSON.parse(`"${text}"`))
  } catch {
    return text
  }
}
