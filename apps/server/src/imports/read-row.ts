/** The row that is being read: fields as bytes, made into texts and numbers where somebody must know them. */
export class ReadRow {
  bytes: Buffer = Buffer.alloc(0)
  starts: Uint32Array = new Uint32Array(0)
  ends: Uint32Array = new Uint32Array(0)
  /** Fields of the row; columns from here on are missing. */
  count = 0
  readonly #last: (LastText | undefined)[] = []

  /** The trimmed text of a column; '' where the row or the file (-1) has none. */
  text(column: number): string {
    if (column === -1 || column >= this.count) return ''
    const start = this.starts[column] ?? 0
    const end = this.ends[column] ?? 0
    const length = end - start
    if (length === 0) return ''
    if (length > KEPT_BYTES) return trimmed(this.bytes.toString('utf8', start, end))
    const last = (this.#last[column] ??= { bytes: new Uint8Array(KEPT_BYTES), length: 0, text: '' })
    // Neighbours often share their customer, time and event, and a new string costs ten comparisons.
    if (last.length === length && this.#holds(start, length, last.bytes)) return last.text
    for (let i = 0; i < length; i++) last.bytes[i] = this.bytes[start + i] ?? 0
    last.length = length
    last.text = trimmed(this.bytes.toString('utf8', start, end))
    return last.text
  }

  /**
   * A column that is written as digits with or without a point; NaN: it is written in another way.
   * @param pointed whether a point is one of decimals; else there may be none
   */
  plainNumber(column: number, pointed: boolean): number {
    const { bytes } = this
    const end = column >= this.count ? 0 : (this.ends[column] ?? 0)
    let at = this.starts[column] ?? 0
    const negative = bytes[at] === MINUS
    if (negative) at++
    // Fifteen digits are exact, and so is the power of ten: one division rounds as reading the text does.
    if (end - at > 15 || end <= at) return Number.NaN
    const first = at
    let whole = 0
    let point = -1
    for (; at < end; at++) {
      const digit = (bytes[at] ?? 0) - ZERO
      if (digit >= 0 && digit <= 9) whole = whole * 10 + digit
      else if (digit === POINT - ZERO && point === -1 && pointed) point = at
      else return Number.NaN
    }
    // `.5` and `5.` are for whoever reads texts.
    if (point === first || point === end - 1) return Number.NaN
    const value = point === -1 ? whole : whole / 10 ** (end - point - 1)
    return negative && value !== 0 ? -value : value
  }

  /** The row as it would stand in a CSV file, cut short. */
  get shown(): string {
    const { bytes, starts, ends, count } = this
    if (count === 0) return ''
    const first = starts[0] ?? 0
    const last = ends[count - 1] ?? 0
    if (this.#isBare()) return bytes.toString('utf8', first, Math.min(last, first + SHOWN_LIMIT))
    const fields = Array.from({ length: count }, (_, i) =>
      bytes.toString('utf8', starts[i], ends[i]),
    )
    const quoted = fields.map((field) =>
      /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
    )
    return quoted.join(',').slice(0, SHOWN_LIMIT)
  }

  /** The fields lie as CSV has them, commas between and no quotes: the bytes can be shown as they are. */
  #isBare(): boolean {
    const { bytes, starts, ends, count } = this
    for (let i = 1; i < count; i++) {
      const end = ends[i - 1] ?? 0
      if (starts[i] !== end + 1 || bytes[end] !== COMMA) return false
    }
    const from = starts[0] ?? 0
    const to = ends[count - 1] ?? 0
    for (let at = from; at < to; at++) {
      const byte = bytes[at]
      if (byte === QUOTE || byte === NEWLINE) return false
    }
    return true
  }

  #holds(start: number, length: number, other: Uint8Array): boolean {
    const { bytes } = this
    for (let i = 0; i < length; i++) if (bytes[start + i] !== other[i]) return false
    return true
  }
}

interface LastText {
  readonly bytes: Uint8Array
  length: number
  text: string
}

const KEPT_BYTES = 64
/** What is shown of a row is cut here. */
export const SHOWN_LIMIT = 10_000
const ZERO = 48
const MINUS = 45
const POINT = 46
const COMMA = 44
const QUOTE = 34
const NEWLINE = 10

function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  const plain = first <= 32 || last <= 32 ? text.trim() : text
  // A spreadsheet's way to keep the zeros of `00123`: ="00123".
  return plain.startsWith('="') && plain.endsWith('"') ? plain.slice(2, -1) : plain
}
